"""All figures of a coalition on one screen, as a file, and up to four areas beside each other."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from coalitions import menu
from coalitions.access import Permission, can, readable_by
from coalitions.models import Coalition
from monitoring import exports, figure_files, keeping, region_figures
from monitoring.catalogue import Definition
from monitoring.forms import CompareForm
from monitoring.presenters import region as presenter
from monitoring.presenters.readings import by_indicator, country_of
from monitoring.views.board import own_municipality
from partners.models import Area


@login_not_required
@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Value, margin, comparison and trend of every indicator; what clearly differs stands first."""
    coalition = _coalition(request, slug)
    facts = region_figures.facts_of(coalition)
    made_of = (keeping.stamp_of(facts), coalition.pk, coalition.name, tuple(facts["codes"]))
    found = keeping.keep("region", made_of, lambda: _drawn(coalition, facts["codes"]))
    choice = {
        "chosen_count": len(facts["codes"]),
        "may_choose": can(request.user, Permission.SETTINGS_EDIT, coalition),
    }
    return render(request, "monitoring/region.html", {**_frame(request, coalition), **choice, **found})


def _drawn(coalition: Coalition, codes: list[str]) -> dict[str, Any]:
    definitions = region_figures.definitions_of(codes)
    rows = region_figures.rows_of(definitions, coalition.area)
    page = presenter.region_page(
        definitions,
        by_indicator(rows),
        area=coalition.area,
        country=country_of(rows),
        windows=by_indicator(region_figures.windows_of(definitions, coalition.area)),
    )
    table = render_to_string("monitoring/_region_rows.html", {"page": page, "area": coalition.area})
    # Rendered by our own template, which escapes what people wrote.
    return {"table": mark_safe(table), "has_figures": bool(page.signals or page.others)}  # noqa: S308


@login_not_required
@require_safe
def region_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """The same indicators in up to four areas; nobody is put in order of value."""
    coalition = _coalition(request, slug)
    if not request.GET and (own := own_municipality(request.user, coalition)):
        # Who speaks for a municipality begins with her own beside the region.
        return redirect(f"{request.path}?gebied1={own.code}&gebied2={coalition.area.code}")
    form, chosen = _chosen(request, coalition)
    found = {"form": form, "areas": chosen, "query": request.GET.urlencode()}
    if chosen:
        found |= _compared(coalition, chosen, with_peers=form.cleaned_data["stedelijkheid"])
    return render(request, "monitoring/region_compare.html", {**_frame(request, coalition), **found})


def _compared(coalition: Coalition, chosen: list[Area], *, with_peers: bool) -> dict[str, Any]:
    definitions = region_figures.definitions_of(region_figures.facts_of(coalition)["codes"])
    figures = region_figures.rows_of(definitions, *chosen)
    beside = chosen[0] if with_peers else None
    peers, middles = region_figures.middles_of_peers(definitions, beside, on=timezone.localdate())
    rows = presenter.compare_rows(
        definitions,
        by_indicator(figures),
        areas=chosen,
        country=country_of(figures),
        middles=middles,
        windows=by_indicator(region_figures.windows_of(definitions, *chosen)),
    )
    return {"rows": rows, "peers": peers}


def _chosen(request: HttpRequest, coalition: Coalition) -> tuple[CompareForm, list[Area]]:
    """The areas that the address names, of those that this person may compare."""
    areas = region_figures.areas_to_compare(coalition, request.user)
    form = CompareForm(request.GET or None, areas=areas)
    return form, form.chosen if form.is_bound and form.is_valid() else []


def _areas_in_file(request: HttpRequest, slug: str, kind: str) -> object:
    coalition = _coalition(request, slug)
    _, chosen = _chosen(request, coalition)
    return region_figures.facts_of(coalition)["codes"], [area.pk for area in chosen]


@login_not_required
@require_safe
@figure_files.cached_by(_areas_in_file)
def region_compare_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The figures of the areas beside each other, as CSV, XLSX or JSON."""
    coalition = _coalition(request, slug)
    _, chosen = _chosen(request, coalition)
    if not chosen:
        raise Http404
    codes = region_figures.facts_of(coalition)["codes"]
    return _file(kind, region_figures.definitions_of(codes), chosen, name=f"vergelijking-{coalition.slug}")


@login_not_required
@require_safe
@figure_files.cached
def municipality_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """All figures of one municipality and the country, as CSV, XLSX or JSON."""
    municipality = get_object_or_404(Area.objects.municipalities(), code=code)
    name = f"cijfers-{municipality.code.lower()}"
    return _file(kind, region_figures.definitions_of(()), [municipality], name=name)


def _file(kind: str, definitions: list[Definition], areas: list[Area], *, name: str) -> HttpResponse:
    """Every period of these figures, and three years together."""
    if kind not in figure_files.KINDS:
        raise Http404
    figures = by_indicator(region_figures.rows_of(definitions, *areas))
    windows = by_indicator(region_figures.windows_of(definitions, *areas))
    release = keeping.release()
    rows = exports.rows_of_set(definitions, figures, windows, release=release)
    return figure_files.table(kind, name=name, title="Cijfers", rows=rows)


def _codes_in_file(request: HttpRequest, slug: str, kind: str) -> object:
    return region_figures.facts_of(_coalition(request, slug))["codes"]


@login_not_required
@require_safe
@figure_files.cached_by(_codes_in_file)
def region_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The newest and earlier figures of the coalition and the country, as CSV, XLSX or JSON."""
    coalition = _coalition(request, slug)
    definitions = region_figures.definitions_of(region_figures.facts_of(coalition)["codes"])
    return _file(kind, definitions, [coalition.area], name=f"cijfers-{coalition.slug}")


def _coalition(request: HttpRequest, slug: str) -> Coalition:
    return get_object_or_404(readable_by(request.user).select_related("area"), slug=slug)


def _frame(request: HttpRequest, coalition: Coalition) -> dict[str, Any]:
    return {
        "coalition": coalition,
        "menu": menu.entries(coalition, request.user, path=request.path),
        "takes_part": can(request.user, Permission.FIGURES_READ, coalition),
    }
