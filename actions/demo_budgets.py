"""Three years of money of the demo; every amount is made up and round."""

import datetime
from decimal import Decimal

from django.utils import timezone

from actions import allocations, budgets, contributions
from actions.models import Action, BudgetYear, FundingSource, ShareKey, SourceKind
from coalitions.models import Coalition
from partners.models import Area, Organisation, Person

SOURCES = (
    ("Impulsgelden Kansrijke Start", SourceKind.IMPULSE, "Alleen voor de lokale coalitie.", 2021, 2022),
    ("Brede SPUK", SourceKind.SPUK_GALA, "Voor onderdelen uit het GALA.", 2023, 2027),
    ("Eigen middelen", SourceKind.OWN, "", None, None),
)
PURCHASE = "Training voor professionals (demo)"


def write(coalition: Coalition) -> None:
    """Write the three years, unless there is one already."""
    if coalition.budget_years.exists():
        return
    by = Person.objects.get(email="coordinator@demo.example")
    sources = {
        name: budgets.add_source(
            coalition=coalition,
            name=name,
            kind=kind,
            conditions=conditions,
            first_year=first,
            last_year=last,
            by=by,
        )
        for name, kind, conditions, first, last in SOURCES
    }
    this_year = timezone.localdate().year
    for year in (this_year - 1, this_year, this_year + 1):
        budget = budgets.open_year(coalition=coalition, year=year, by=by)
        _fill(budget, sources, by=by, is_over=year < this_year, is_next=year > this_year)


def _fill(
    budget: BudgetYear, sources: dict[str, FundingSource], *, by: Person, is_over: bool, is_next: bool
) -> None:
    coalition = budget.coalition
    places = list(coalition.municipalities().order_by("code"))
    budgets.share_out(
        budget=budget,
        to_share=Decimal(140_000),
        key=ShareKey.WEIGHTED if is_next else ShareKey.EQUAL,
        # One municipality puts in half as much again.
        weights={place: Decimal("1.5") if place == places[0] else Decimal(1) for place in places},
        key_source="Verzonnen gewichten (demo)" if is_next else "",
        by=by,
    )
    source = next(one for one in sources.values() if one.gives_in(budget.year))
    given = _contributions(budget, places, source, by=by)
    if is_next:
        return
    decided_on = datetime.date(budget.year, 2, 1)
    # The last one promised and has not decided yet, this year.
    for contribution in given if is_over else given[:-1]:
        decided = contributions.decide(
            contribution=contribution, on=decided_on, decision_ref="Collegebesluit (demo)", by=by
        )
        contributions.receive(contribution=decided, by=by)
    _give(budget, places, by=by)
    budgets.adopt(budget=budget, by=by)
    if is_over:
        budgets.close(budget=budget, by=by)


def _contributions(budget: BudgetYear, places: list[Area], source: FundingSource, *, by: Person) -> list:
    amounts = dict(budget.shares.values_list("municipality", "amount"))
    organisations = {
        organisation.municipality_id: organisation
        for organisation in Organisation.objects.filter(type__code="gemeente", municipality__in=places)
    }
    return [
        contributions.promise(
            budget=budget,
            organisation=organisations[place.pk],
            amount=amounts[place.pk],
            source=source,
            by=by,
        )
        for place in places
        if place.pk in organisations
    ]


def _give(budget: BudgetYear, places: list[Area], *, by: Person) -> None:
    purchase = allocations.buy_together(
        budget=budget,
        name=PURCHASE,
        supplier="Opleider (demo)",
        unit_price=Decimal(500),
        places=dict.fromkeys(places, 4),
        by=by,
    )
    training = allocations.allocate(budget=budget, amount=Decimal(28_000), purchase=purchase, by=by)
    allocations.allocate(
        budget=budget, amount=Decimal(60_000), purpose="Coördinatie en ondersteuning (demo)", by=by
    )
    action = Action.objects.filter(coalition=budget.coalition).order_by("number").first()
    if action is not None:
        allocations.allocate(budget=budget, amount=Decimal(30_000), action=action, by=by)
    allocations.spend(
        allocation=training,
        on=datetime.date(budget.year, 3, 15),
        amount=Decimal(14_000),
        description="Eerste groep (demo)",
        by=by,
    )
