"""What a member did, in the life of its membership: actions, reports, meetings and money."""

from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from actions.models import Action, Attendance, Contribution, ProgressReport, StatusClaim
from coalitions.access import Permission, Scope, scopes_of
from coalitions.models import Membership
from portal.addresses import address_of
from portal.euros import euros
from portal.hooks import LifeLine

COLUMNS = ("on", "what", "name", "key", "detail")


def life_of(membership: Membership, person: Any) -> list[LifeLine]:
    """Money only for who may read the lines of the budget. One query."""
    parts = [*_work(membership), _attended(membership)]
    if Scope.ALL in scopes_of(person, Permission.CONTRIBUTIONS_READ, membership.coalition):
        parts.append(_gave(membership))
    first, *others = (part.values_list(*COLUMNS) for part in parts)
    slug = membership.coalition.slug
    return [_line(slug, row) for row in first.union(*others, all=True)]


def _line(slug: str, row: tuple[Any, ...]) -> LifeLine:
    on, what, name, key, detail = row
    match what:
        case "leads" | "part":
            title = "Actie begonnen als trekker" if what == "leads" else "Actie begonnen als deelnemer"
            return LifeLine(
                on=on, title=title, detail=name, url=address_of("actions:action-detail", slug, key)
            )
        case "report":
            claim = StatusClaim(detail).label if detail else ""
            words = f"{name}: {claim.lower()}" if claim else name
            url = address_of("actions:action-detail", slug, key)
            return LifeLine(on=on, title="Voortgang gemeld", detail=words, url=url)
        case "meeting":
            people = "1 persoon" if detail == "1" else f"{detail} mensen"
            url = address_of("actions:meeting-detail", slug, key)
            return LifeLine(on=on, title="Bij een bijeenkomst", detail=f"{name}, {people}", url=url)
        case _:
            url = address_of("actions:budget-detail", slug, key)
            return LifeLine(
                on=on, title="Bijdrage besloten", detail=f"{key}: {euros(Decimal(detail))}", url=url
            )


def _named(rows: QuerySet, what: str, **columns: Any) -> QuerySet:
    return rows.order_by().annotate(what=Value(what), **columns)


def _work(membership: Membership) -> list[QuerySet]:
    """The actions that began, and what was reported of them."""
    begun = Action.objects.filter(starts_on__lte=timezone.localdate())
    facts = {"on": F("starts_on"), "name": F("title"), "key": F("number"), "detail": Value("")}
    reports = ProgressReport.objects.filter(membership=membership, submitted_at__isnull=False)
    return [
        _named(begun.filter(lead=membership), "leads", **facts),
        _named(begun.filter(~Q(lead=membership), partners__membership=membership), "part", **facts),
        _named(
            reports,
            "report",
            on=TruncDate("submitted_at"),
            name=F("action__title"),
            key=F("action__number"),
            detail=F("claim"),
        ),
    ]


def _attended(membership: Membership) -> QuerySet:
    """Meetings of the coalition, with how many of its people were there."""
    rows = Attendance.objects.filter(
        organisation=membership.organisation_id, meeting__coalition=membership.coalition_id
    )
    return _named(
        rows.values("meeting"),
        "meeting",
        on=TruncDate("meeting__starts_at"),
        name=F("meeting__title"),
        key=Cast("meeting", IntegerField()),
        detail=Cast(Count("person"), CharField()),
    )


def _gave(membership: Membership) -> QuerySet:
    """Contributions that were decided."""
    rows = Contribution.objects.sure().filter(
        organisation=membership.organisation_id, budget_year__coalition=membership.coalition_id
    )
    return _named(
        rows,
        "money",
        on=F("decided_on"),
        name=Value(""),
        key=F("budget_year__year"),
        detail=Cast("amount", CharField()),
    )
