"""What organisations put in: promised, decided, received or withdrawn."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from actions import contributions
from actions.budget_forms import ContributionForm, DecisionDayForm, ReasonForm
from actions.models import Contribution
from actions.views.budget_pages import budget_form_page, budget_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_add(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """What an organisation says that it will put in."""
    budget = budget_of(coalition, year)
    return budget_form_page(
        request,
        coalition,
        ContributionForm(*sent(request), coalition=coalition),
        partial(contributions.promise, budget=budget, by=request.user),
        title="Nieuwe bijdrage",
        submit="Voeg de bijdrage toe",
        sentence="De bijdrage staat op toegezegd.",
        back=budget.get_absolute_url(),
    )


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_decide(request: PersonRequest, coalition: Coalition, year: int, pk: int) -> HttpResponse:
    """The coordinator knows of the decision."""
    contribution = _line(coalition, year, pk)
    return budget_form_page(
        request,
        coalition,
        DecisionDayForm(*sent(request)),
        partial(contributions.decide, contribution=contribution, by=request.user),
        title="Leg het besluit vast",
        submit="Zet op besloten",
        sentence="De bijdrage staat op besloten.",
        back=contribution.budget_year.get_absolute_url(),
        lead=str(contribution.organisation),
    )


@requires(Permission.CONTRIBUTION_CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_confirm(request: PersonRequest, coalition: Coalition, year: int, pk: int) -> HttpResponse:
    """The organisation itself says that it was decided."""
    found = contributions.confirmable_by(request.user, coalition).filter(budget_year__year=year)
    contribution = get_object_or_404(found.select_related("budget_year__coalition", "organisation"), pk=pk)
    return budget_form_page(
        request,
        coalition,
        DecisionDayForm(*sent(request)),
        partial(contributions.confirm, contribution=contribution, by=request.user),
        title="Bevestig deze bijdrage",
        submit="Bevestig",
        sentence="Bedankt. De bijdrage staat op besloten.",
        back=contribution.budget_year.get_absolute_url(),
        lead=str(contribution.organisation),
    )


@requires(Permission.BUDGET_EDIT)
@require_POST
def contribution_receive(request: PersonRequest, coalition: Coalition, year: int, pk: int) -> HttpResponse:
    """The money is there."""
    contribution = _line(coalition, year, pk)
    return done(
        request,
        lambda: contributions.receive(contribution=contribution, by=request.user),
        "De bijdrage staat op ontvangen.",
        contribution.budget_year,
    )


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_withdraw(request: PersonRequest, coalition: Coalition, year: int, pk: int) -> HttpResponse:
    """It does not come after all."""
    contribution = _line(coalition, year, pk)
    return budget_form_page(
        request,
        coalition,
        ReasonForm(*sent(request)),
        partial(contributions.withdraw, contribution=contribution, by=request.user),
        title="Deze bijdrage komt niet",
        submit="Trek in",
        sentence="De bijdrage is ingetrokken.",
        back=contribution.budget_year.get_absolute_url(),
        lead=(
            f"De bijdrage van {contribution.organisation} telt dan niet meer mee. "
            "Dit kun je niet terugdraaien."
        ),
    )


def _line(coalition: Coalition, year: int, pk: int) -> Contribution:
    found = Contribution.objects.filter(budget_year=budget_of(coalition, year))
    return get_object_or_404(found.select_related("budget_year__coalition", "organisation"), pk=pk)
