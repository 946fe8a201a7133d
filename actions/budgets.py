"""The budget of one year is opened, divided over the municipalities, adopted and closed."""

from collections.abc import Mapping
from decimal import Decimal

from actions.largest_remainder import divide
from actions.models import BudgetState, BudgetYear, FundingSource, Share, ShareKey
from actions.models.budgets import BUDGET_MOVES
from coalitions.models import Coalition
from partners.models import Area, Person
from portal.acts import Refused, act


class BudgetIsAdopted(Refused):
    def __init__(self, budget: BudgetYear) -> None:
        super().__init__(
            f"De begroting van {budget.year} is vastgesteld. Zet haar eerst terug op concept, "
            "dan kun je de verdeling wijzigen."
        )


class YearIsClosed(Refused):
    def __init__(self, budget: BudgetYear) -> None:
        super().__init__(f"De begroting van {budget.year} is afgesloten. Er verandert niets meer in.")


class NothingToDivideBy(Refused):
    def __init__(self) -> None:
        super().__init__("Vul bij minstens één gemeente meer dan 0 in. Dan is er iets om naar te verdelen.")


class NotDivided(Refused):
    def __init__(self, budget: BudgetYear) -> None:
        super().__init__(
            f"De inleg voor {budget.year} is nog niet verdeeld over de gemeenten. "
            "Kies eerst een verdeelsleutel."
        )


class IllegalBudgetStep(Refused):
    def __init__(self, budget: BudgetYear, to: BudgetState) -> None:
        super().__init__(
            f"De begroting van {budget.year} staat op ‘{budget.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{to.label}’ niet."
        )


def opened(budget: BudgetYear) -> BudgetYear:
    """The locked budget, in which something may still change; raises YearIsClosed."""
    budget = _locked(budget)
    if budget.state == BudgetState.CLOSED:
        raise YearIsClosed(budget)
    return budget


def open_year(*, coalition: Coalition, year: int, by: Person) -> BudgetYear:
    """A budget in draft, still without anything in it."""
    with act(by=by):
        budget = BudgetYear(coalition=coalition, year=year)
        budget.full_clean()
        budget.save(force_insert=True)
    return budget


def add_source(
    *,
    coalition: Coalition,
    name: str,
    kind: str,
    conditions: str = "",
    first_year: int | None = None,
    last_year: int | None = None,
    by: Person,
) -> FundingSource:
    """A source that money may come from."""
    with act(by=by):
        source = FundingSource(
            coalition=coalition,
            name=name.strip(),
            kind=kind,
            conditions=conditions.strip(),
            first_year=first_year,
            last_year=last_year,
        )
        source.full_clean()
        source.save(force_insert=True)
    return source


def share_out(
    *,
    budget: BudgetYear,
    to_share: Decimal | None = None,
    key: str,
    weights: Mapping[Area, Decimal],
    key_source: str = "",
    by: Person,
) -> BudgetYear:
    """Divide what the municipalities put in together, to the cent.

    `weights` holds every municipality of the coalition: a number of inhabitants or births, a weight,
    or with the key `manual` the amount itself; with `equal` they do not matter. With `manual` the
    whole is what the amounts add up to; otherwise it is `to_share`, or as it was.
    """
    places = sorted(weights, key=lambda area: area.code)
    given = [Decimal(1) if key == ShareKey.EQUAL else weights[place] for place in places]
    total = sum(given, Decimal(0))
    if total <= 0:
        raise NothingToDivideBy
    with act(by=by):
        budget = _locked(budget)
        if budget.state != BudgetState.DRAFT:
            raise BudgetIsAdopted(budget)
        whole = total if key == ShareKey.MANUAL else to_share or budget.to_share
        budget.to_share, budget.key, budget.key_source = whole, key, key_source.strip()
        budget.full_clean()
        budget.save(update_fields=["to_share", "key", "key_source"])
        budget.shares.exclude(municipality__in=places).delete()
        Share.objects.bulk_create(
            [
                Share(budget_year=budget, municipality=place, weight=weight, amount=amount)
                for place, weight, amount in zip(places, given, divide(whole, given), strict=True)
            ],
            update_conflicts=True,
            unique_fields=["budget_year", "municipality"],
            update_fields=["weight", "amount"],
        )
    return budget


def adopt(*, budget: BudgetYear, by: Person) -> BudgetYear:
    """The division stands from now on."""
    with act(by=by):
        budget = _locked(budget)
        if budget.to_share and not budget.shares.exists():
            raise NotDivided(budget)
        return _moved(budget, BudgetState.ADOPTED)


def reopen(*, budget: BudgetYear, by: Person) -> BudgetYear:
    """Back to draft, because the division changes after all."""
    with act(by=by):
        return _moved(_locked(budget), BudgetState.DRAFT)


def close(*, budget: BudgetYear, by: Person) -> BudgetYear:
    """The year is over; nothing moves in it any more."""
    with act(by=by):
        return _moved(_locked(budget), BudgetState.CLOSED)


def _moved(budget: BudgetYear, to: BudgetState) -> BudgetYear:
    if to not in BUDGET_MOVES.get(budget.state, ()):
        raise IllegalBudgetStep(budget, to)
    budget.state = to
    budget.save(update_fields=["state"])
    return budget


def _locked(budget: BudgetYear) -> BudgetYear:
    return BudgetYear.objects.select_for_update().get(pk=budget.pk)
