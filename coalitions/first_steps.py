"""The first steps of a coalition, done or not as the facts say; nothing is ticked by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from coalitions.models import Coalition, MembershipState, Phase
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Domain

# Past these phases the first steps are history.
FIRST_PHASES = frozenset({Phase.EXPLORING, Phase.BUILDING, Phase.FOUNDED})
BEYOND_WISHING = frozenset(MembershipState) - {MembershipState.PROSPECT}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: what there is to do, and what there is now."""

    title: str
    is_done: bool
    now: str
    url: str = ""


def _counted(count: int, one: str, several: str) -> str:
    if count == 0:
        return f"nog geen {one}"
    return f"1 {one}" if count == 1 else f"{count} {several}"


def first_steps(
    coalition: Coalition,
    *,
    municipalities: int,
    states: Mapping[str, int],
    domains: int,
    has_commissioner: bool,
) -> list[Step]:
    """From mapping the parties to a coalition that stands."""
    members = reverse("coalitions:member-list", args=[coalition.slug])
    listed = sum(states.values())
    talked_to = sum(count for state, count in states.items() if state in BEYOND_WISHING)
    joined = sum(count for state, count in states.items() if state in MEMBER_STATES)
    return [
        Step(
            title="Bepaal het gebied",
            is_done=municipalities > 0,
            now=_counted(municipalities, "gemeente", "gemeenten"),
            url=coalition.get_absolute_url(),
        ),
        Step(
            title="Zoek een opdrachtgever",
            is_done=has_commissioner,
            now="is bekend" if has_commissioner else "nog niet bekend",
        ),
        Step(
            title="Schrijf op waar de coalitie voor gaat",
            is_done=bool(coalition.mission),
            now="staat op het profiel" if coalition.mission else "nog niet beschreven",
            url=coalition.get_absolute_url(),
        ),
        Step(
            title="Zet partijen op de lijst",
            is_done=listed > 0,
            now=_counted(listed, "organisatie", "organisaties"),
            url=members,
        ),
        Step(
            title="Voer gesprekken",
            is_done=talked_to > 0,
            now=_counted(talked_to, "organisatie gesproken", "organisaties gesproken"),
            url=f"{members}?stand={MembershipState.IN_TALKS}",
        ),
        Step(
            title="Verwelkom de eerste leden",
            is_done=joined > 0,
            now=_counted(joined, "lid", "leden"),
            url=f"{members}?stand={MembershipState.MEMBER}",
        ),
        Step(
            title="Breng alle vier de domeinen samen",
            is_done=domains == len(Domain),
            now=f"{domains} van de {len(Domain)}: {', '.join(Domain.labels)}",
            url=coalition.get_absolute_url(),
        ),
    ]
