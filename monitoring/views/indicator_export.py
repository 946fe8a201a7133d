"""The table of an indicator page as a file, and its charts as pictures."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from monitoring import exports, figure_files, interpretations, keeping, selection
from monitoring.indicator_charts import CHARTS, ON_PAGE, specs_of
from monitoring.selection import Choice, Selection
from portal import charts


@login_not_required
@require_safe
@figure_files.cached
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The table as Dutch CSV."""
    return _table(request, code, "csv")


@login_not_required
@require_safe
@figure_files.cached
def indicator_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The table as a workbook."""
    return _table(request, code, "xlsx")


@login_not_required
@require_safe
@figure_files.cached
def indicator_json(request: HttpRequest, code: str) -> HttpResponse:
    """The table with its definition, for programs."""
    chosen = _selection(request, code)
    return figure_files.json(exports.document(chosen, **_release(request, chosen)))


@login_not_required
@require_safe
@figure_files.cached
def indicator_svg(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """One chart of the page as a picture that says what it shows, of when and by whom."""
    svg, name = _picture(request, code, chart)
    return figure_files.download(svg.encode(), "image/svg+xml", f"{name}.svg")


@login_not_required
@require_safe
@figure_files.cached
def indicator_png(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """The same picture for who cannot place an SVG."""
    svg, name = _picture(request, code, chart)
    return figure_files.download(charts.as_png(svg), "image/png", f"{name}.png")


def _picture(request: HttpRequest, code: str, chart: str) -> tuple[str, str]:
    """The SVG and its name without an ending; 404 where there is no such chart."""
    key, _ = CHARTS.get(chart, ("", ""))
    choice = selection.choose(code, person=request.user, words=request.GET.dict())
    # On its own page the words around a chart say where it comes from.
    origin = None if ON_PAGE in request.GET else _release(request, choice)
    # A page of very many municipalities shows two of these: everybody who reads it asks for them.
    made_of = (keeping.stamp_with_places(), *choice.made_of, key, repr(origin))
    svg, name = keeping.keep("picture", made_of, lambda: _drawn(choice, key, origin))
    if not svg:
        raise Http404
    return svg, f"{name}-{chart}"


def _drawn(choice: Choice, key: str, origin: dict[str, Any] | None) -> tuple[str, str]:
    """The picture and what it is about; empty where there is none."""
    chosen = selection.read(choice)
    spec = specs_of(chosen, [key]).get(key) if key else None
    if spec is None:
        return "", ""
    whole = spec if origin is None else exports.with_origin(spec, chosen, **origin)
    svg = charts.draw({"one": whole}, for_all=False)["one"]
    return svg, exports.filename(chosen, "svg").removesuffix(".svg")


def _table(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    chosen = _selection(request, code)
    rows = exports.rows(chosen, **_release(request, chosen))
    name = exports.filename(chosen, kind).removesuffix(f".{kind}")
    return figure_files.table(kind, name=name, title=chosen.definition.code, rows=rows)


def _release(request: HttpRequest, chosen: Selection | Choice) -> dict[str, Any]:
    """Which release it is, and what the partners of the coalition read in it together."""
    return {
        "release": keeping.release(),
        "shared": interpretations.shared_of(chosen.definition.code, area=chosen.area, person=request.user),
    }


def _selection(request: HttpRequest, code: str) -> Selection:
    return selection.select(code, person=request.user, words=request.GET.dict())
