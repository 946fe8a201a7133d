"""Where one figure comes from: the files, and the row of each count."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitoring import provenance, selection, sentences
from monitoring.presenters import indicator as presenter
from monitoring.presenters.readings import address


@login_not_required
@require_safe
def figure_origin(request: HttpRequest, code: str) -> HttpResponse:
    """The counts under the figure, each with its file and row; of what is not shown only why."""
    chosen = selection.select(code, person=request.user, words=request.GET.dict())
    if chosen.figure is None:
        raise Http404
    found = provenance.provenance_of(chosen.figure)
    context = {
        "definition": chosen.definition,
        "area": chosen.area,
        "period": chosen.period,
        "indicator_url": address(chosen.definition, None) + chosen.query,
        "missing": "" if found else sentences.missing(chosen.figure),
        "counts": sentences.counts(chosen.figure, chosen.definition),
        "found": found,
        "rows": presenter.origin_rows(found, chosen.definition) if found else [],
    }
    return render(request, "monitoring/figure_origin.html", context)
