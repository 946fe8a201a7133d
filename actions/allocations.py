"""Money that is sure is given to an action, a purchase together, or the coalition itself."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Sum

from actions.budgets import opened
from actions.models import (
    Action,
    Allocation,
    BudgetYear,
    Decision,
    Expense,
    JointPurchase,
    PurchaseShare,
)
from partners.models import Area, Person
from portal.acts import Refused, act
from portal.euros import euros


class MoreThanIsSure(Refused):
    def __init__(self, *, sure: Decimal, given: Decimal, over: Decimal) -> None:
        super().__init__(
            f"Er is {euros(sure)} besloten en al {euros(given)} toegekend. Dit is {euros(over)} te veel. "
            "Kies een lager bedrag, of schrijf op waarom het toch kan."
        )


class NobodyTakesPart(Refused):
    def __init__(self) -> None:
        super().__init__("Vul bij minstens één gemeente een aantal plekken in.")


class MoreThanAllocated(Refused):
    def __init__(self, left: Decimal) -> None:
        super().__init__(f"Van deze toekenning is nog {euros(left)} over. Vul een lager bedrag in.")


class AlreadySpentFrom(Refused):
    def __init__(self, allocation: Allocation) -> None:
        super().__init__(f"Van ‘{allocation}’ is al geld uitgegeven. Deze toekenning kan niet meer weg.")


def allocate(
    *,
    budget: BudgetYear,
    amount: Decimal,
    action: Action | None = None,
    purchase: JointPurchase | None = None,
    purpose: str = "",
    decision: Decision | None = None,
    overcommit_reason: str = "",
    by: Person,
) -> Allocation:
    """Give an amount to one purpose; more than is decided only with a reason."""
    with act(by=by):
        budget = opened(budget)
        sure = _sum(budget.contributions.sure())
        given = _sum(budget.allocations)
        if given + amount > sure and not overcommit_reason.strip():
            raise MoreThanIsSure(sure=sure, given=given, over=given + amount - sure)
        allocation = Allocation(
            budget_year=budget,
            amount=amount,
            action=action,
            purchase=purchase,
            purpose=purpose.strip(),
            decision=decision,
            overcommit_reason=overcommit_reason.strip(),
        )
        allocation.full_clean()
        allocation.save(force_insert=True)
    return allocation


def remove(*, allocation: Allocation, by: Person) -> None:
    """Given by mistake; the history knows that it was there."""
    with act(by=by):
        opened(allocation.budget_year)
        if allocation.expenses.exists():
            raise AlreadySpentFrom(allocation)
        allocation.delete()


def spend(
    *, allocation: Allocation, on: datetime.date, amount: Decimal, description: str, by: Person
) -> Expense:
    """Write down what was paid out of an allocation, no more than is left of it."""
    with act(by=by):
        opened(allocation.budget_year)
        left = allocation.amount - _sum(allocation.expenses)
        if amount > left:
            raise MoreThanAllocated(left)
        expense = Expense(allocation=allocation, on=on, amount=amount, description=description.strip())
        expense.full_clean()
        expense.save(force_insert=True)
    return expense


def buy_together(
    *,
    budget: BudgetYear,
    name: str,
    supplier: str,
    unit_price: Decimal,
    places: Mapping[Area, int],
    by: Person,
) -> JointPurchase:
    """A purchase by the place; municipalities with nothing do not take part."""
    taken = {area: count for area, count in places.items() if count}
    if not taken:
        raise NobodyTakesPart
    with act(by=by):
        purchase = JointPurchase(
            budget_year=opened(budget), name=name.strip(), supplier=supplier.strip(), unit_price=unit_price
        )
        purchase.full_clean()
        purchase.save(force_insert=True)
        PurchaseShare.objects.bulk_create(
            PurchaseShare(purchase=purchase, municipality=area, places=count) for area, count in taken.items()
        )
    return purchase


def _sum(rows: object) -> Decimal:
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)  # type: ignore[attr-defined]
