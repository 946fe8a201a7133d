"""The money of this year in two sentences, for who has two minutes."""

from dataclasses import dataclass

from django.utils import timezone

from actions.presenters.budget import BudgetTotals, totals_of
from coalitions.models import Coalition
from portal.euros import euros


@dataclass(frozen=True, kw_only=True)
class BoardMoney:
    """The amounts of the newest year that has begun."""

    year: int
    url: str
    totals: BudgetTotals

    @property
    def sentence(self) -> str:
        """What comes in and what goes out; each amount by itself, because no two may be added up."""
        totals = self.totals
        came = f"Toegezegd {euros(totals.promised)}, waarvan besloten {euros(totals.decided)} en ontvangen "
        went = f"Toegekend aan acties en inkoop: {euros(totals.allocated)}, waarvan besteed "
        return f"{self.year}. {came}{euros(totals.received)}. {went}{euros(totals.spent)}."


def money_for_board(coalition: Coalition) -> BoardMoney | None:
    """None where nothing of money is known yet. Two queries."""
    budget = coalition.budget_years.filter(year__lte=timezone.localdate().year).order_by("-year").first()
    if budget is None:
        return None
    totals = totals_of(budget)
    if not (totals.promised or totals.allocated):
        return None
    budget.coalition = coalition
    return BoardMoney(year=budget.year, url=budget.get_absolute_url(), totals=totals)
