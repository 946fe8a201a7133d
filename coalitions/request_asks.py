"""What waits for who works on the list of a coalition: powers to sign to check, requests to join,
next steps that are late, and parties on their way. Counted for every coalition in one query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from coalitions import group_asks, mandate_asks
from coalitions.access import Permission, coalition_ids_with
from coalitions.group_asks import of_coalition
from coalitions.models import Coalition, JoinRequest, Membership, MembershipState, OutreachContact
from portal.hooks import Ask, AskKind

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
    """In every coalition that `person` works on."""
    return _asks(coalition_ids_with(person, Permission.WORKPLACE_READ), person, names_coalition=True)


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """The same in one coalition."""
    return _asks([coalition.pk], person, names_coalition=False)


def _asks(coalition_ids: list[int], person: Any, *, names_coalition: bool) -> list[Ask]:
    if not coalition_ids:
        return []
    requests, late = JoinRequest.objects.open(), OutreachContact.objects.overdue()
    rows = (
        Coalition.objects.filter(pk__in=coalition_ids)
        .annotate(
            requests=of_coalition(requests, Count("pk")),
            answer_first=of_coalition(requests, Min("answer_by")),
            late=of_coalition(late, Count("pk")),
            late_first=of_coalition(late, Min("due")),
            mandates=mandate_asks.waiting_in_coalition(person),
            **({} if names_coalition else group_asks.waiting_in_coalition(person)),
            **{
                str(state.value): of_coalition(Membership.objects.filter(state=state), Count("pk"))
                for state in WAITING
            },
        )
        .order_by("sort_key", "pk")
    )
    decides = set(coalition_ids_with(person, Permission.JOIN_DECIDE))
    checks = set(coalition_ids_with(person, Permission.MANDATE_CHECK))
    asks: list[Ask] = []
    for row in rows:
        detail = row.name if names_coalition else ""
        if row.mandates and row.pk in checks:
            asks.append(mandate_asks.in_coalition(row.slug, row.mandates, detail))
        asks += _of_one(row, detail, decides=row.pk in decides)
        if not names_coalition:
            # On her own page each of these stands by itself.
            asks += group_asks.in_coalition(row, coordinates=row.pk in decides)
    return asks


def _of_one(row: Any, detail: str, *, decides: bool) -> Iterable[Ask]:
    slug = [row.slug]
    if row.requests and decides:
        is_one = row.requests == 1
        yield Ask(
            kind=AskKind.MEMBERS,
            title="1 organisatie wil meedoen" if is_one else f"{row.requests} organisaties willen meedoen",
            detail=detail,
            url=reverse("coalitions:join-request-list", args=slug),
            action="Lees de aanmelding" if is_one else "Lees de aanmeldingen",
            due=row.answer_first,
        )
    if row.late:
        is_one = row.late == 1
        yield Ask(
            kind=AskKind.MEMBERS,
            title="1 stap is te laat" if is_one else f"{row.late} stappen zijn te laat",
            detail=detail,
            url=f"{reverse('coalitions:contact-list', args=slug)}?stap=te-laat&sorteer=uiterlijk",
            action="Bekijk de stap" if is_one else "Bekijk de stappen",
            due=row.late_first,
        )
    for state in (MembershipState.IN_TALKS, MembershipState.INVITED):
        if count := getattr(row, state.value):
            one, several, look_at_one, look_at_several = WAITING[state]
            yield Ask(
                kind=AskKind.MEMBERS,
                title=f"1 organisatie {one}" if count == 1 else f"{count} organisaties {several}",
                detail=detail,
                url=f"{reverse('coalitions:pipeline-list', args=slug)}?stand={state}",
                action=look_at_one if count == 1 else look_at_several,
            )
