"""The table of an indicator page as a file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from monitoring import exports, selection
from monitoring.selection import Selection
from portal.tables import csv_response, xlsx_response


@login_not_required
@require_safe
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The table as Dutch CSV."""
    chosen = _selection(request, code)
    return csv_response(
        filename=exports.filename(chosen, "csv"), header=exports.HEADER, rows=exports.rows(chosen)
    )


@login_not_required
@require_safe
def indicator_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The table as a workbook."""
    chosen = _selection(request, code)
    return xlsx_response(
        filename=exports.filename(chosen, "xlsx"),
        title=chosen.definition.code,
        header=exports.HEADER,
        rows=exports.rows(chosen),
    )


@login_not_required
@require_safe
def indicator_json(request: HttpRequest, code: str) -> HttpResponse:
    """The table with its definition, for programs."""
    chosen = _selection(request, code)
    return JsonResponse(exports.document(chosen), json_dumps_params={"ensure_ascii": False})


def _selection(request: HttpRequest, code: str) -> Selection:
    return selection.select(
        code,
        person=request.user,
        area_code=request.GET.get("gebied", ""),
        period_code=request.GET.get("periode", ""),
    )
