"""The way from the workplace to every page on which a coordinator works."""

from typing import Any

from coalitions.access import Permission, can
from coalitions.models import Coalition
from portal.addresses import address_of

Page = tuple[str, str, str, Permission]

GROUPS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    (
        "Leden",
        (
            (
                "Ledenbeheer",
                "iedereen op de lijst, als tabel of bord",
                "pipeline-list",
                Permission.PROSPECTS_READ,
            ),
            ("Uitnodigen", "veel organisaties tegelijk", "bulk-invite", Permission.MEMBERSHIP_CHANGE),
            ("Inlezen", "leden en mensen uit een tabel", "member-import", Permission.MEMBERS_IMPORT),
            (
                "Contactmomenten",
                "gesprekken en volgende stappen",
                "contact-list",
                Permission.CONTACT_MOMENT_WRITE,
            ),
            ("Aanmeldingen", "wie zelf wil meedoen", "join-request-list", Permission.JOIN_DECIDE),
            ("Wie missen we?", "per gemeente, niveau en domein", "gap-list", Permission.GAPS_READ),
        ),
    ),
    (
        "Organisaties en mensen",
        (
            (
                "Organisaties",
                "iedereen die je kent, met gegevens",
                "organisation-list",
                Permission.MEMBERS_READ,
            ),
            ("Dubbele organisaties", "zijn twee er één?", "duplicate-list", Permission.ORGANISATION_MERGE),
            ("Schakelfuncties", "wie is het aanspreekpunt?", "linking-role-list", Permission.MEMBERS_READ),
            ("Tekenbevoegdheden", "wie mag tekenen", "mandate-list", Permission.MANDATE_CHECK),
            ("Rollen", "wie doet wat, en tot wanneer", "role-list", Permission.ROLES_ASSIGN),
            ("Werkgroepen", "wie werkt waaraan", "working-group-list", Permission.MEMBERS_READ),
        ),
    ),
    (
        "Hoe de coalitie ervoor staat",
        (
            (
                "Randvoorwaarden",
                "één keer per jaar gemeten",
                "condition-list",
                Permission.CONDITION_SCORE,
            ),
            (
                "Samenwerkingsafspraken",
                "wie doet wat voor wie",
                "agreement-list",
                Permission.MEMBERS_READ,
            ),
            (
                "Jaargesprekken",
                "inzet en resultaat per partner",
                "partner-review-list",
                Permission.CONDITION_SCORE,
            ),
            (
                "GALA en IZA",
                "wat het land van elke gemeente vraagt",
                "requirement-list",
                Permission.CONDITION_SCORE,
            ),
            ("Logboek", "wie deed wat, en wanneer", "log", Permission.LOG_READ),
        ),
    ),
    (
        "Geld, berichten en instellingen",
        (
            (
                "Begroting",
                "wie legt wat in, en waar gaat het heen",
                "actions:budget-list",
                Permission.BUDGET_READ,
            ),
            (
                "Parels",
                "wat werkt, en wie het overneemt",
                "actions:coalition-practice-list",
                Permission.PROGRAMME_READ,
            ),
            (
                "Berichten",
                "een mail aan een deel van de coalitie",
                "actions:announcement-list",
                Permission.ANNOUNCEMENT_SEND,
            ),
            ("Documenten", "opdracht, plannen, verslagen", "document-list", Permission.MEMBERS_READ),
            ("Instellingen", "profiel, aanmelden en fase", "settings", Permission.SETTINGS_EDIT),
            ("Alles downloaden", "alle gegevens in één bestand", "data-export", Permission.SETTINGS_EDIT),
        ),
    ),
)
# Pages that are of no one coalition.
ACROSS = frozenset({"organisation-list", "linking-role-list"})


def links(coalition: Coalition, person: Any) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """By subject: label, explanation and address of the pages that `person` may open."""
    groups = [
        (
            subject,
            [
                (label, words, _address(name, coalition))
                for label, words, name, permission in pages
                if can(person, permission, coalition)
            ],
        )
        for subject, pages in GROUPS
    ]
    return [(subject, pages) for subject, pages in groups if pages]


def _address(name: str, coalition: Coalition) -> str:
    whole = name if ":" in name else f"coalitions:{name}"
    return address_of(whole) if name in ACROSS else address_of(whole, coalition.slug)
