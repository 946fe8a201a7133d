"""The table of an indicator page as a file, and its charts as pictures."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from monitoring import exports, figure_files, keeping, selection
from monitoring.indicator_charts import CHARTS, specs_of
from monitoring.selection import Selection
from portal import charts


@login_not_required
@require_safe
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The table as Dutch CSV."""
    return _table(request, code, "csv")


@login_not_required
@require_safe
def indicator_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The table as a workbook."""
    return _table(request, code, "xlsx")


@login_not_required
@require_safe
@figure_files.cached
def indicator_json(request: HttpRequest, code: str) -> HttpResponse:
    """The table with its definition, for programs."""
    release = figure_files.release_of(keeping.stamp())
    return figure_files.json(exports.document(_selection(request, code), release=release))


@login_not_required
@require_safe
def indicator_svg(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """One chart of the page as a picture that says what it shows, of when and by whom."""
    chosen = _selection(request, code)
    key, _ = CHARTS.get(chart, ("", ""))
    spec = specs_of(chosen).get(key)
    if spec is None:
        raise Http404
    release = figure_files.release_of(keeping.stamp())
    svg = charts.draw({"one": exports.with_origin(spec, chosen, release=release)})["one"]
    response = HttpResponse(svg, content_type="image/svg+xml")
    name = exports.filename(chosen, "svg").removesuffix(".svg")
    response["Content-Disposition"] = f'attachment; filename="{name}-{chart}.svg"'
    return response


def _table(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    chosen = _selection(request, code)
    rows = exports.rows(chosen, release=figure_files.release_of(keeping.stamp()))
    name = exports.filename(chosen, kind).removesuffix(f".{kind}")
    return figure_files.table(kind, name=name, title=chosen.definition.code, rows=rows)


def _selection(request: HttpRequest, code: str) -> Selection:
    return selection.select(
        code,
        person=request.user,
        area_code=request.GET.get("gebied", ""),
        period_code=request.GET.get("periode", ""),
    )
