"""The money of a coalition: its years, and one year on a page."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import budgets, share_numbers
from actions.budget_forms import BudgetYearForm, FundingSourceForm, ShareForm
from actions.presenters.budget import page_of
from actions.views.budget_pages import budget_form_page, budget_of
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done

WHAT_TO_FILL_IN = (
    "Vul per gemeente een aantal in dat bij de sleutel past: inwoners, geboorten, een gewicht "
    "zoals 1,5, of het bedrag zelf. Bij ‘Gelijk’ tellen deze aantallen niet mee."
)


@requires(Permission.BUDGET_READ)
@require_safe
def budget_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Every year, and where money comes from."""
    return render(
        request,
        "actions/budget_list.html",
        {
            "coalition": coalition,
            "budgets": coalition.budget_years.all(),
            "sources": coalition.funding_sources.all(),
            "may_edit": can(request.user, Permission.BUDGET_EDIT, coalition),
        },
    )


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def budget_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A new year."""
    return budget_form_page(
        request,
        coalition,
        BudgetYearForm(*sent(request)),
        lambda year: budgets.open_year(coalition=coalition, year=year, by=request.user),
        title="Nieuwe begroting",
        submit="Maak de begroting",
        sentence="De begroting is gemaakt. Kies nu hoe jullie de inleg verdelen.",
        back=reverse("actions:budget-list", args=[coalition.slug]),
    )


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def funding_source_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A new source of money."""
    return budget_form_page(
        request,
        coalition,
        FundingSourceForm(*sent(request)),
        partial(budgets.add_source, coalition=coalition, by=request.user),
        title="Nieuwe geldbron",
        submit="Voeg de geldbron toe",
        sentence="De geldbron is toegevoegd.",
        back=reverse("actions:budget-list", args=[coalition.slug]),
    )


@requires(Permission.BUDGET_READ)
@require_safe
def budget_detail(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """One year: what is promised, decided, received, given and spent."""
    return render(request, "actions/budget_detail.html", page_of(budget_of(coalition, year), request.user))


@requires(Permission.BUDGET_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def budget_share(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """By which key the municipalities divide what they put in."""
    budget = budget_of(coalition, year)
    areas = coalition.municipalities()
    offers = share_numbers.offers_for(areas)
    initial = share_numbers.shown_at_first(budget, areas, offers, request.GET.get("aantallen", ""))
    form = ShareForm(*sent(request), areas=areas, initial=initial)
    return budget_form_page(
        request,
        coalition,
        form,
        lambda *, numbers, **chosen: budgets.share_out(
            budget=budget, weights=numbers, by=request.user, **chosen
        ),
        title=f"Verdeel de inleg van {year}",
        submit="Verdeel",
        sentence="De inleg is verdeeld, tot op de cent.",
        back=budget.get_absolute_url(),
        lead=WHAT_TO_FILL_IN,
        template="actions/budget_share.html",
        offers=offers,
    )


@requires(Permission.BUDGET_EDIT)
@require_POST
def budget_adopt(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """The division stands."""
    budget = budget_of(coalition, year)
    return done(
        request,
        lambda: budgets.adopt(budget=budget, by=request.user),
        "De begroting is vastgesteld. De verdeling verandert nu niet meer.",
        budget,
    )


@requires(Permission.BUDGET_EDIT)
@require_POST
def budget_reopen(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """Back to draft."""
    budget = budget_of(coalition, year)
    return done(
        request,
        lambda: budgets.reopen(budget=budget, by=request.user),
        "De begroting staat weer op concept.",
        budget,
    )


@requires(Permission.BUDGET_EDIT)
@require_POST
def budget_close(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """Nothing moves in this year any more."""
    budget = budget_of(coalition, year)
    return done(
        request,
        lambda: budgets.close(budget=budget, by=request.user),
        "De begroting is afgesloten.",
        budget,
    )
