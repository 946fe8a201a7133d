"""The money of one year on a page: what is promised, sure, received, given and spent, each by itself."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from actions import contributions
from actions.models import (
    Allocation,
    BudgetYear,
    Contribution,
    ContributionState,
    Expense,
    JointPurchase,
    PurchaseShare,
)
from actions.models.contributions import STANDING_STATES, SURE_STATES
from coalitions.access import Permission, can, municipalities_within
from partners.models import Area, Person
from portal.subqueries import sum_of

NOTHING = Decimal(0)
# Each counts those before it as well, so that no two are ever added up.
STATES = {
    "promised": STANDING_STATES,
    "decided": SURE_STATES,
    "received": (ContributionState.RECEIVED,),
}


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


def totals_of(budget: BudgetYear) -> BudgetTotals:
    """The five amounts of a year. One query."""
    given = Contribution.objects.filter(budget_year=OuterRef("pk"))
    allocated = Allocation.objects.filter(budget_year=OuterRef("pk"))
    spent = Expense.objects.filter(allocation__budget_year=OuterRef("pk"))
    found: Any = (
        BudgetYear.objects.filter(pk=budget.pk)
        .order_by()
        .values(
            **_by_state(given),
            hours=sum_of(given.filter(state__in=STANDING_STATES), "hours"),
            allocated=sum_of(allocated, "amount", nothing=NOTHING),
            spent=sum_of(spent, "amount", nothing=NOTHING),
        )
    )
    return BudgetTotals(**found.get())


def places_of(budget: BudgetYear, person: Person) -> QuerySet[Area]:
    """Every municipality of the coalition, and who has a part in this year without being one any more:
    its `share` by the key, what it gave, the `places` it buys and their `cost`. One query.

    Her own is marked for who governs it; what a municipality gave only for who may read it.
    """
    coalition = budget.coalition
    own = municipalities_within(person, Permission.CONTRIBUTION_CONFIRM, coalition)
    given = contributions.readable_by(person, coalition).filter(
        budget_year=budget,
        organisation__type__code="gemeente",
        organisation__municipality=OuterRef("pk"),
    )
    bought = PurchaseShare.objects.filter(purchase__budget_year=budget, municipality=OuterRef("pk"))
    share = budget.shares.filter(municipality=OuterRef("pk"))
    takes_part = Q(pk__in=coalition.municipalities().order_by().values("pk"))
    return (
        Area.objects.filter(takes_part | Q(pk__in=budget.shares.order_by().values("municipality")))
        .annotate(
            is_own=Exists(own.filter(pk=OuterRef("pk"))),
            share=Subquery(share.values("amount")),
            **_by_state(given),
            places=sum_of(bought, "places"),
            cost=sum_of(bought, F("places") * F("purchase__unit_price"), nothing=NOTHING),
        )
        .order_by("sort_key", "pk")
    )


def _by_state(given: QuerySet[Contribution]) -> dict[str, Any]:
    return {
        name: sum_of(given.filter(state__in=states), "amount", nothing=NOTHING)
        for name, states in STATES.items()
    }


def lines_of(budget: BudgetYear, person: Person) -> QuerySet[Contribution]:
    """The contributions that `person` may see one by one, with `is_confirmable` for her own promises."""
    found = contributions.readable_by(person, budget.coalition).filter(budget_year=budget)
    confirmable = contributions.confirmable_by(person, budget.coalition).filter(pk=OuterRef("pk"))
    return found.select_related("organisation", "source").annotate(is_confirmable=Exists(confirmable))


def allocations_of(budget: BudgetYear) -> QuerySet[Allocation]:
    """What the money goes to, with `spent`."""
    return budget.allocations.select_related("action", "purchase", "decision__meeting").annotate(
        spent=sum_of(Expense.objects.filter(allocation=OuterRef("pk")), "amount", nothing=NOTHING)
    )


def _purchases_of(budget: BudgetYear) -> QuerySet[JointPurchase]:
    """What is bought together, with its `places` and what they `cost`."""
    places = sum_of(PurchaseShare.objects.filter(purchase=OuterRef("pk")), "places")
    return budget.purchases.annotate(places=places).annotate(cost=F("places") * F("unit_price"))


def page_of(budget: BudgetYear, person: Person) -> dict[str, Any]:
    """Everything on the page of one year."""
    coalition = budget.coalition
    sees_lines = can(person, Permission.CONTRIBUTIONS_READ, coalition)
    return {
        "coalition": coalition,
        "budget": budget,
        "totals": totals_of(budget),
        "places": places_of(budget, person),
        "sees_lines": sees_lines,
        "lines": lines_of(budget, person) if sees_lines else (),
        "allocations": allocations_of(budget),
        "purchases": _purchases_of(budget),
        "may_edit": can(person, Permission.BUDGET_EDIT, coalition),
        "years": coalition.budget_years.values_list("year", flat=True),
    }
