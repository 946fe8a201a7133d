"""One theme: what stands under it, to whom it matters, and where the energy is."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actions import themes
from actions.interest_forms import InterestForm
from actions.models import Programme, Theme
from actions.presenters import programme as presenter
from actions.programme_forms import ThemeForm
from actions.progress import round_that_counts, with_claim
from coalitions.access import Permission, memberships_within, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.acts import Refused

# The rest is one click away, in the table.
SHOWN = 25


def theme_of(coalition: Coalition, pk: int, among: QuerySet[Any] | None = None) -> Theme:
    """The theme of this coalition at this address."""
    themes = Theme.objects.all() if among is None else among
    return get_object_or_404(
        themes.select_related("programme__coalition"), pk=pk, programme__coalition=coalition
    )


@requires(Permission.PROGRAMME_READ)
@require_safe
def theme_detail(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of one theme."""
    theme: Any = theme_of(coalition, pk, presenter.with_energy(Theme.objects.with_counts(), "theme"))
    actions = with_claim(theme.actions.for_list(), round_that_counts(coalition))
    own = memberships_within(request.user, Permission.INTEREST_RECORD, coalition).members()
    return render(
        request,
        "actions/theme_detail.html",
        {
            "coalition": coalition,
            "theme": theme,
            "actions": actions[:SHOWN],
            "lessons": theme.actions.exclude(lesson="")
            .select_related("coalition")
            .order_by("number")[:SHOWN],
            "bottlenecks": theme.bottlenecks.with_counts().order_by("-support_count", "sort_key")[:SHOWN],
            "relevance": presenter.relevance_of(theme, coalition),
            "energy": presenter.energy_of(theme),
            "own": own.select_related("organisation").order_by("organisation__sort_key"),
        },
    )


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def theme_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One more theme in a programme."""
    programme = get_object_or_404(coalition.programmes.select_related("coalition"), pk=pk)
    last = programme.themes.aggregate(last=Max("number"))["last"] or 0
    form = ThemeForm(*sent(request), initial={"number": last + 1})
    if form.is_bound and form.is_valid():
        try:
            theme = themes.add(programme=programme, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Thema ‘{theme}’ staat erin.")
            return redirect(programme)
    return _form_page(request, programme, form, "Nieuw thema")


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Its name, number, words and scope."""
    theme = theme_of(coalition, pk)
    initial = {field: getattr(theme, field) for field in ("number", "title", "intro", "scope")}
    form = ThemeForm(*sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            themes.edit(theme=theme, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("scope" if isinstance(refusal, themes.NotForAll) else None, str(refusal))
        else:
            messages.success(request, "De wijziging is opgeslagen.")
            return redirect(theme)
    return _form_page(request, theme.programme, form, "Wijzig dit thema", theme)


@requires(Permission.INTEREST_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def theme_weigh(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Whether it matters to a member, and what the member wants to do with it."""
    theme = theme_of(coalition, pk)
    own = memberships_within(request.user, Permission.INTEREST_RECORD, coalition).members()
    form = InterestForm(*sent(request), own=own, asks_relevance=True)
    if form.is_bound and form.is_valid():
        answer = form.cleaned_data
        member = answer["membership"]
        try:
            themes.answer(
                theme=theme,
                membership=member,
                matters=answer["matters"] == "ja",
                kind=answer["kind"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Het antwoord van {member.organisation} is opgeslagen.")
            return redirect(theme)
    return _form_page(request, theme.programme, form, "Geef aan wat dit thema voor je betekent", theme)


def _form_page(
    request: PersonRequest, programme: Programme, form: Any, label: str, theme: Theme | None = None
) -> HttpResponse:
    context = {
        "coalition": programme.coalition,
        "programme": programme,
        "theme": theme,
        "form": form,
        "label": label,
    }
    return render(request, "actions/theme_form.html", context)
