"""The way from the page of a coalition to what is there for everybody who takes part in it."""

from typing import Any

from coalitions.access import Permission, can
from coalitions.models import Coalition, ListKind
from portal.addresses import address_of

# Label, explanation, address with what stands in it behind the coalition, and the right. What has an entry in
# the menu does not stand here.
PAGES: tuple[tuple[str, str, str, tuple[str, ...], Permission], ...] = (
    (
        "Berichten",
        "van de coördinator en de werkgroepen",
        "actions:announcement-list",
        (),
        Permission.MEETING_READ,
    ),
    (
        "Documenten",
        "plannen, verslagen en andere stukken",
        "coalitions:document-list",
        (),
        Permission.MEMBERS_READ,
    ),
    (
        "Werkgroepen",
        "wie werkt waaraan, en hoe doe je mee?",
        "coalitions:working-group-list",
        (),
        Permission.MEMBERS_READ,
    ),
    (
        "Samenwerkingsafspraken",
        "wie doet wat voor wie",
        "coalitions:agreement-list",
        (),
        Permission.MEMBERS_READ,
    ),
    (
        "Parels",
        "wat werkt, en wie het overneemt",
        "actions:coalition-practice-list",
        (),
        Permission.PROGRAMME_READ,
    ),
    (
        "Vragen om informatie",
        "wat we nog niet weten",
        "coalitions:list-entry-list",
        (ListKind.INFORMATION_NEED.value,),
        Permission.MEMBERS_READ,
    ),
    (
        "Initiatieven",
        "waar we op aansluiten",
        "coalitions:list-entry-list",
        (ListKind.INITIATIVE.value,),
        Permission.MEMBERS_READ,
    ),
    (
        "Wie missen we?",
        "per gemeente, niveau en domein",
        "coalitions:gap-list",
        (),
        Permission.GAPS_READ,
    ),
    (
        "Logboek",
        "wat er bij de eigen organisatie veranderde",
        "coalitions:log",
        (),
        Permission.LOG_READ,
    ),
)


def links(coalition: Coalition, person: Any) -> list[tuple[str, str, str]]:
    """Label, explanation and address of the pages that `person` may open; who has a workplace finds them
    there."""
    if can(person, Permission.WORKPLACE_READ, coalition):
        return []
    return [
        (label, words, address_of(name, coalition.slug, *more))
        for label, words, name, more, permission in PAGES
        if can(person, permission, coalition)
    ]
