"""The way from the workplace to every page on which a coordinator works."""

from typing import Any

from coalitions.access import Permission, can
from coalitions.models import Coalition
from portal.addresses import address_of

PAGES = (
    ("Ledenbeheer", "iedereen op de lijst, als tabel of bord", "pipeline-list", Permission.PROSPECTS_READ),
    ("Uitnodigen", "veel organisaties tegelijk", "bulk-invite", Permission.MEMBERSHIP_CHANGE),
    ("Inlezen", "leden en mensen uit een tabel", "member-import", Permission.MEMBERS_IMPORT),
    ("Contactmomenten", "gesprekken en volgende stappen", "contact-list", Permission.CONTACT_MOMENT_WRITE),
    ("Aanmeldingen", "wie zelf wil meedoen", "join-request-list", Permission.JOIN_DECIDE),
    ("Wie missen we?", "per gemeente, niveau en domein", "gap-list", Permission.GAPS_READ),
    ("Tekenbevoegdheden", "wie mag tekenen", "mandate-list", Permission.MANDATE_CHECK),
    ("Rollen", "wie doet wat, en tot wanneer", "role-list", Permission.ROLES_ASSIGN),
    ("Begroting", "wie legt wat in, en waar gaat het heen", "actions:budget-list", Permission.BUDGET_READ),
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
)


def links(coalition: Coalition, person: Any) -> list[tuple[str, str, str]]:
    """Label, explanation and address of the pages that `person` may open."""
    return [
        (label, words, address_of(name if ":" in name else f"coalitions:{name}", coalition.slug))
        for label, words, name, permission in PAGES
        if can(person, permission, coalition)
    ]
