"""The money of one year on a page: what is promised, sure, received, given and spent, each by itself."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from actions import contributions
from actions.models import Allocation, BudgetYear, Contribution, ContributionState, Expense, PurchaseShare
from actions.models.contributions import STANDING_STATES, SURE_STATES
from coalitions.access import Permission, can, municipalities_within
from partners.models import Person

NOTHING = Decimal(0)
PROMISED = Sum("amount", filter=Q(state__in=STANDING_STATES), default=NOTHING)
DECIDED = Sum("amount", filter=Q(state__in=SURE_STATES), default=NOTHING)
RECEIVED = Sum("amount", filter=Q(state=ContributionState.RECEIVED), default=NOTHING)


@dataclass(frozen=True, kw_only=True)
class BudgetTotals:
    """Five amounts that are never added up: what is decided was promised as well, and so on."""

    promised: Decimal
    decided: Decimal
    received: Decimal
    allocated: Decimal
    spent: Decimal
    hours: int

    @property
    def over(self) -> Decimal:
        """How much more was given than is decided."""
        return max(self.allocated - self.decided, NOTHING)


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """One municipality: its part by the key, what it gave, and what it buys."""

    name: str
    is_own: bool
    share: Decimal | None = None
    promised: Decimal = NOTHING
    decided: Decimal = NOTHING
    received: Decimal = NOTHING
    places: int = 0
    cost: Decimal = NOTHING


def totals_of(budget: BudgetYear) -> BudgetTotals:
    """The five amounts of a year."""
    given = budget.contributions.aggregate(
        promised=PROMISED,
        decided=DECIDED,
        received=RECEIVED,
        hours=Sum("hours", filter=Q(state__in=STANDING_STATES), default=0),
    )
    return BudgetTotals(
        **given,
        allocated=budget.allocations.aggregate(total=Sum("amount", default=NOTHING))["total"],
        spent=Expense.objects.filter(allocation__budget_year=budget).aggregate(
            total=Sum("amount", default=NOTHING)
        )["total"],
    )


def places_of(budget: BudgetYear, person: Person) -> list[PlaceRow]:
    """Every municipality of the coalition, in order; her own is marked for who governs it."""
    coalition = budget.coalition
    own = set(
        municipalities_within(person, Permission.CONTRIBUTION_CONFIRM, coalition).values_list("pk", flat=True)
    )
    rows = {area.pk: PlaceRow(name=area.name, is_own=area.pk in own) for area in coalition.municipalities()}
    for share in budget.shares.select_related("municipality"):
        row = rows.get(share.municipality_id) or PlaceRow(name=share.municipality.name, is_own=False)
        rows[share.municipality_id] = replace(row, share=share.amount)
    if can(person, Permission.CONTRIBUTIONS_READ, coalition):
        given = contributions.readable_by(person, coalition).filter(
            budget_year=budget, organisation__type__code="gemeente"
        )
        for found in (
            given.order_by()
            .values(place=F("organisation__municipality"))
            .annotate(promised=PROMISED, decided=DECIDED, received=RECEIVED)
        ):
            place = found.pop("place")
            if place in rows:
                rows[place] = replace(rows[place], **found)
    bought = PurchaseShare.objects.filter(purchase__budget_year=budget).order_by()
    for place, places, cost in (
        bought.values("municipality")
        .annotate(taken=Sum("places"), cost=Sum(F("places") * F("purchase__unit_price")))
        .values_list("municipality", "taken", "cost")
    ):
        if place in rows:
            rows[place] = replace(rows[place], places=places, cost=cost)
    return list(rows.values())


def lines_of(budget: BudgetYear, person: Person) -> QuerySet[Contribution]:
    """The contributions that `person` may see one by one."""
    found = contributions.readable_by(person, budget.coalition).filter(budget_year=budget)
    return found.select_related("organisation", "source")


def allocations_of(budget: BudgetYear) -> QuerySet[Allocation]:
    """What the money goes to, with `spent`."""
    return budget.allocations.select_related("action", "purchase", "decision__meeting").annotate(
        spent=Sum("expenses__amount", default=NOTHING)
    )


def page_of(budget: BudgetYear, person: Person) -> dict[str, Any]:
    """Everything on the page of one year."""
    coalition = budget.coalition
    confirmable = contributions.confirmable_by(person, coalition).filter(budget_year=budget)
    sees_lines = can(person, Permission.CONTRIBUTIONS_READ, coalition)
    return {
        "coalition": coalition,
        "budget": budget,
        "totals": totals_of(budget),
        "places": places_of(budget, person),
        "sees_lines": sees_lines,
        "lines": lines_of(budget, person) if sees_lines else (),
        "confirmable": set(confirmable.values_list("pk", flat=True)),
        "allocations": allocations_of(budget),
        "purchases": budget.purchases.annotate(
            places=Sum("shares__places"), cost=Sum(F("shares__places") * F("unit_price"))
        ),
        "may_edit": can(person, Permission.BUDGET_EDIT, coalition),
        "years": coalition.budget_years.values_list("year", flat=True),
    }
