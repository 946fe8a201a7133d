"""What the money goes to, and what was paid."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from actions import allocations
from actions.budget_forms import AllocationForm, ExpenseForm, JointPurchaseForm
from actions.models import Allocation
from actions.views.budget_pages import budget_form_page, budget_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def allocation_add(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """Money for an action, a purchase, or the coalition itself."""
    budget = budget_of(coalition, year)
    return budget_form_page(
        request,
        coalition,
        AllocationForm(*sent(request), budget=budget),
        partial(allocations.allocate, budget=budget, by=request.user),
        title="Nieuwe toekenning",
        submit="Ken toe",
        sentence="Het geld is toegekend.",
        back=budget.get_absolute_url(),
    )


@requires(Permission.BUDGET_EDIT)
@require_POST
def allocation_remove(request: PersonRequest, coalition: Coalition, year: int, pk: int) -> HttpResponse:
    """Given by mistake."""
    allocation = _allocation(coalition, year, pk)
    return done(
        request,
        lambda: allocations.remove(allocation=allocation, by=request.user),
        "De toekenning is weg.",
        allocation.budget_year,
    )


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def expense_add(request: PersonRequest, coalition: Coalition, year: int, pk: int) -> HttpResponse:
    """What was paid out of an allocation."""
    allocation = _allocation(coalition, year, pk)
    return budget_form_page(
        request,
        coalition,
        ExpenseForm(*sent(request)),
        partial(allocations.spend, allocation=allocation, by=request.user),
        title="Leg een uitgave vast",
        submit="Leg vast",
        sentence="De uitgave is vastgelegd.",
        back=allocation.budget_year.get_absolute_url(),
        lead=str(allocation),
    )


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def joint_purchase_add(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """Something that municipalities buy together."""
    budget = budget_of(coalition, year)

    def buy(*, numbers: dict, **facts: object) -> None:
        allocations.buy_together(budget=budget, places=numbers, by=request.user, **facts)  # type: ignore[arg-type]

    return budget_form_page(
        request,
        coalition,
        JointPurchaseForm(*sent(request), areas=coalition.municipalities()),
        buy,
        title="Nieuwe gezamenlijke inkoop",
        submit="Voeg de inkoop toe",
        sentence="De inkoop is toegevoegd. Ken er nog geld aan toe.",
        back=budget.get_absolute_url(),
        lead="Vul per gemeente het aantal plekken in. Leeg is: die gemeente doet niet mee.",
    )


def _allocation(coalition: Coalition, year: int, pk: int) -> Allocation:
    found = Allocation.objects.filter(budget_year=budget_of(coalition, year))
    return get_object_or_404(found.select_related("budget_year__coalition"), pk=pk)
