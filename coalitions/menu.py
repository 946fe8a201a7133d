"""The menu inside a coalition, and the words for what somebody is there."""

from typing import Any

from coalitions.access import ActingRole, Permission, can, reach_of, roles_in
from coalitions.models import Coalition
from portal.addresses import address_of
from portal.enumeration import listed

Entry = tuple[str, str, bool]

PROGRAMME_PARTS = ("acties", "knelpunten", "rapportageronden", "wie-doet-wat")

ROLE_WORDS = {
    ActingRole.COORDINATOR: "coördinator",
    ActingRole.TEAM: "lid van het kernteam",
    ActingRole.SIGNER: "partner met tekenbevoegdheid",
    ActingRole.PARTNER: "partner",
    ActingRole.GROUP_LEAD: "trekker van een werkgroep",
    ActingRole.COMMISSIONER: "opdrachtgever",
    ActingRole.ALDERMAN: "bestuurder",
    ActingRole.ANALYST: "analist",
    ActingRole.READER: "meelezer",
}


def entries(coalition: Coalition, person: Any, *, path: str) -> list[Entry]:
    """Label, address and whether it is the page at `path`, of what `person` may see."""
    workplace = address_of("coalitions:workplace", coalition.slug)
    members = address_of("coalitions:member-list", coalition.slug)
    covenant = address_of("covenants:covenant-detail", coalition.slug)
    board = address_of("monitoring:board", coalition.slug)
    region = address_of("monitoring:region", coalition.slug)
    figures = address_of("monitoring:indicator-list")
    found = [("Overzicht", coalition.get_absolute_url(), path == coalition.get_absolute_url())]
    if can(person, Permission.MEMBERS_READ, coalition):
        # The menu has room for eight; the groups hang under the members.
        groups = address_of("coalitions:working-group-list", coalition.slug)
        found.append(("Leden", members, path.startswith((members, groups))))
    if coalition.is_public or can(person, Permission.COVENANT_READ, coalition):
        found.append(("Convenant", covenant, path.startswith(covenant)))
    if can(person, Permission.PROGRAMME_READ, coalition):
        programme = address_of("actions:programme-detail", coalition.slug)
        # Actions, bottlenecks and rounds have short addresses of their own.
        parts = tuple(f"{coalition.get_absolute_url()}{word}/" for word in PROGRAMME_PARTS)
        found.append(("Actieprogramma", programme, path.startswith((programme, *parts))))
    if can(person, Permission.MEETING_READ, coalition):
        meetings = address_of("actions:meeting-list", coalition.slug)
        found.append(("Bijeenkomsten", meetings, path.startswith(meetings)))
    if can(person, Permission.BUDGET_READ, coalition):
        money = address_of("actions:budget-list", coalition.slug)
        found.append(("Geld", money, path.startswith(money)))
    found.append(("Cijfers", region, path == figures or path.startswith(region)))
    if can(person, Permission.BOARD_READ, coalition):
        found.append(("Voor bestuurders", board, path.startswith(board)))
    if can(person, Permission.WORKPLACE_READ, coalition):
        # The pages to which the workplace leads belong to it.
        is_nowhere_else = not any(is_current for *_, is_current in found)
        inside = path.startswith(coalition.get_absolute_url())
        found.append(("Beheer", workplace, inside and is_nowhere_else))
    return found


def role_words(person: Any, coalition: Coalition) -> str:
    """What `person` is in `coalition`, such as "coördinator en partner"; empty for an outsider."""
    roles = roles_in(person, coalition)
    if ActingRole.SIGNER in roles:
        roles -= {ActingRole.PARTNER}
    if ActingRole.COMMISSIONER in roles:
        roles -= {ActingRole.ALDERMAN}
    return listed([word for role, word in ROLE_WORDS.items() if role in roles])


def role_line(person: Any, coalition: Coalition) -> str:
    """A sentence on what `person` is here; empty for an outsider."""
    words = role_words(person, coalition)
    if not words:
        return ""
    return f"U bent hier {words}." if is_formal(person) else f"Je bent hier {words}."


def is_formal(person: Any) -> bool:
    """Whether somebody governs, and is therefore addressed as "u"."""
    return any(ActingRole.ALDERMAN in roles for roles in reach_of(person).values())
