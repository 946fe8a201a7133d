"""What waits for a coordinator: parties that are not yet a member; and around the power to sign."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from coalitions import mandate_asks, request_asks
from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition, Membership, MembershipState
from portal.hooks import Ask

WAITING = {
    MembershipState.INVITED: (
        "is uitgenodigd en nog geen lid",
        "zijn uitgenodigd en nog geen lid",
        "Bekijk wie is uitgenodigd",
        "Bekijk wie zijn uitgenodigd",
    ),
    MembershipState.IN_TALKS: (
        "is in gesprek. Wat is de volgende stap?",
        "zijn in gesprek. Wat is de volgende stap?",
        "Bekijk wie in gesprek is",
        "Bekijk wie in gesprek zijn",
    ),
}


def asks_of(person: Any) -> list[Ask]:
    """What is asked of `person` in every coalition that she coordinates."""
    waiting = _asks(coalition_ids_with(person, Permission.WORKPLACE_READ), names_coalition=True)
    return [
        *request_asks.asks_of(person),
        *mandate_asks.asks_of(person),
        *waiting,
    ]


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """What waits in this coalition, for who works on it."""
    if not can(person, Permission.WORKPLACE_READ, coalition):
        return []
    return [
        *request_asks.asks_in(coalition, person),
        *mandate_asks.asks_in(coalition, person),
        *_asks([coalition.pk], names_coalition=False),
    ]


def _asks(coalition_ids: list[int], *, names_coalition: bool) -> list[Ask]:
    if not coalition_ids:
        return []
    counts = (
        Membership.objects.filter(coalition__in=coalition_ids, state__in=WAITING)
        .order_by("coalition__sort_key", "state")
        .values_list("coalition__name", "coalition__slug", "state")
        .annotate(count=Count("pk"))
    )
    asks = []
    for name, slug, state, count in counts:
        one, several, look_at_one, look_at_several = WAITING[MembershipState(state)]
        members = reverse("coalitions:pipeline-list", args=[slug])
        asks.append(
            Ask(
                title=f"1 organisatie {one}" if count == 1 else f"{count} organisaties {several}",
                detail=name if names_coalition else "",
                url=f"{members}?stand={state}",
                action=look_at_one if count == 1 else look_at_several,
            )
        )
    return asks
