"""Where one figure comes from: the files, and the row of each count."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitoring import provenance, selection, sentences
from monitoring.presenters import indicator as presenter
from monitoring.presenters.readings import address


@login_not_required
@require_safe
def figure_origin(request: HttpRequest, code: str) -> HttpResponse:
    """The counts under the figure, each with its file and row; of what is not shown only why."""
    choice = selection.choose(code, person=request.user, words=request.GET.dict(), is_page=False)
    figure, definition = selection.figure_of(choice), choice.definition
    found = provenance.provenance_of(figure)
    context = {
        "definition": definition,
        "area": choice.area,
        "period": figure.period,
        "indicator_url": f"{address(definition, choice.area)}&periode={figure.period.code}",
        "missing": "" if found else sentences.missing(figure, choice.definition),
        "counts": sentences.counts(figure, definition),
        "found": found,
        "is_direct": figure.is_direct,
        "rows": presenter.origin_rows(found, definition) if found else [],
    }
    return render(request, "monitoring/figure_origin.html", context)
