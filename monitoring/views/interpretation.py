"""How partners read one figure together: the page for a meeting, a new reading, and taking one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions import menu
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from monitoring import charts as specs
from monitoring import interpretations, selection, sentences
from monitoring.indicator_charts import series_of
from monitoring.interpretation_forms import InterpretationForm
from monitoring.models import Aggregate
from monitoring.presenters.indicator import period_rows
from monitoring.presenters.indicator_page import window_rows
from monitoring.presenters.interpretations import HEADER, file_rows, reading_rows
from monitoring.presenters.readings import address
from monitoring.selection import Selection
from partners.requests import PersonRequest, sent
from portal import charts
from portal.act_pages import done
from portal.acts import Refused
from portal.tables import csv_response


@requires(Permission.FIGURES_READ)
@require_safe
def interpretation_list(request: PersonRequest, coalition: Coalition, code: str) -> HttpResponse:
    """The figure with its chart, the shared reading, and what each partner reads in it."""
    chosen = _selection(request, coalition, code)
    rows = _rows(chosen, coalition)
    has_number = any(figure.value is not None for figure in chosen.own)
    spec = {"time": specs.time_line(series_of(chosen), chosen.definition)} if has_number else {}
    return _page(
        request,
        "interpretation_list",
        coalition,
        chosen,
        shared=next((row for row in rows if row.interpretation.is_shared), None),
        rows=[row for row in rows if not row.interpretation.is_shared],
        picture=charts.draw(spec).get("time"),
        period_rows=period_rows(chosen.own, chosen.national, chosen.definition),
        window_rows=window_rows(chosen),
        has_margin=sentences.has_margin(chosen.definition),
        may_write=chosen.figure and can(request.user, Permission.READING_WRITE, coalition),
        may_fix=can(request.user, Permission.READING_FIX, coalition),
        may_propose=can(request.user, Permission.ACTION_PROPOSE, coalition),
    )


@requires(Permission.FIGURES_READ)
@require_safe
def interpretation_csv(request: PersonRequest, coalition: Coalition, code: str) -> HttpResponse:
    """Every reading that stands, with the figure as it was and as it is."""
    rows = _rows(_selection(request, coalition, code), coalition)
    return csv_response(filename=f"duiding-{code}-{coalition.slug}.csv", header=HEADER, rows=file_rows(rows))


@requires(Permission.READING_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def interpretation_add(request: PersonRequest, coalition: Coalition, code: str) -> HttpResponse:
    """One more signed reading."""
    chosen = _selection(request, coalition, code)
    form = InterpretationForm(*sent(request), coalition=coalition, person=request.user)
    if form.is_bound and form.is_valid() and chosen.figure:
        try:
            interpretations.write(
                coalition=coalition, figure=chosen.figure, by=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De duiding staat bij het cijfer.")
            return redirect(_address("list", coalition, chosen))
    return _page(request, "interpretation_add", coalition, chosen, form=form)


@requires(Permission.READING_WRITE)
@require_POST
def interpretation_withdraw(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Take a reading back; it stays in the history."""
    row = get_object_or_404(coalition.interpretations, pk=pk)
    return done(
        request,
        lambda: interpretations.withdraw(interpretation=row, by=request.user),
        "De duiding is teruggenomen.",
        reverse("monitoring:interpretation-list", args=[coalition.slug, row.indicator_code]),
    )


def _selection(request: PersonRequest, coalition: Coalition, code: str) -> Selection:
    words = {selection.AREA: coalition.area.code, **request.GET.dict()}
    return selection.select(code, person=request.user, words=words)


def _rows(chosen: Selection, coalition: Coalition) -> list[Any]:
    """What stands of this indicator, beside the figures of now; one query more where that is three years."""
    found = list(
        coalition.interpretations.standing().filter(indicator_code=chosen.definition.code).for_page()
    )
    now = Aggregate.objects.filter(
        indicator=chosen.indicator,
        area__in={row.area_id for row in found},
        period__in={row.period_id for row in found},
    )
    return reading_rows(found, now, interpretations.windows_under(found), chosen.definition)


def _address(name: str, coalition: Coalition, chosen: Selection) -> str:
    url = reverse(f"monitoring:interpretation-{name}", args=[coalition.slug, chosen.definition.code])
    return url + chosen.query


def _page(
    request: PersonRequest, stem: str, coalition: Coalition, chosen: Selection, **context: Any
) -> HttpResponse:
    place = chosen.area.name
    shared = {
        "coalition": coalition,
        "menu": menu.entries(coalition, request.user, path=request.path),
        "definition": chosen.definition,
        "area": chosen.area,
        "period": chosen.period,
        "sentence": sentences.figure_sentence(
            chosen.figure, chosen.benchmark, chosen.definition, place=place
        ),
        "indicator_url": address(chosen.definition, chosen.area),
        "list_url": _address("list", coalition, chosen),
        "add_url": _address("add", coalition, chosen),
        "csv_url": _address("csv", coalition, chosen),
    }
    return render(request, f"monitoring/{stem}.html", {**shared, **context})
