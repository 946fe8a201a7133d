"""The charts of the page of one indicator, each only where there are figures for it."""

from collections.abc import Collection
from typing import Any

from django.utils.formats import date_format

from monitoring import charts, selection
from monitoring.funnel_chart import funnel_chart
from monitoring.selection import Selection
from monitoring.shape_map import shape_map

Spec = dict[str, Any]

# The word in the address of a chart, its key here, and its name on the page.
CHARTS = {
    "tijd": ("time", "door de tijd"),
    "gemeenten": ("rows", "per gebied"),
    "kaart": ("map", "kaart"),
    "trechter": ("funnel", "trechter voor analisten"),
}
# In the address of a chart that stands on a page as a picture of its own.
ON_PAGE = "pagina"
KEYS = tuple(key for key, _ in CHARTS.values())
# More rows are a table: nobody finds her own place in such a chart.
MOST_ROWS = 40


def specs_of(chosen: Selection, keys: Collection[str] = KEYS) -> dict[str, Spec]:
    """Time line, map, rows of areas and, for analysts, the funnel: those of `keys` for which there are
    figures."""
    found = {key: _MAKERS[key](chosen) for key in keys}
    return {key: spec for key, spec in found.items() if spec is not None}


def drawn_apart(chosen: Selection) -> list[str]:
    """The charts of so many municipalities that each weighs as much as the rest of the page: pictures of
    their own, which a browser asks for when its reader comes near."""
    if len(chosen.municipalities) <= MOST_ROWS:
        return []
    return ["map", *specs_of(chosen, ["funnel"])]


def _time(chosen: Selection) -> Spec | None:
    if all(row.value is None for row in chosen.own):
        return None
    return charts.time_line(series_of(chosen), chosen.definition)


def _rows(chosen: Selection) -> Spec | None:
    if not 0 < len(chosen.parts) <= MOST_ROWS:
        return None
    return charts.dots(chosen.parts, chosen.benchmark, chosen.definition, region=chosen.region_figure)


def _funnel(chosen: Selection) -> Spec | None:
    return funnel_chart(chosen.municipalities, chosen.benchmark, chosen.definition)


def _map(chosen: Selection) -> Spec | None:
    """Borders where those of the division of the figures are known; else a circle at each middle."""
    if not chosen.municipalities:
        return None
    breaks = selection.breaks(chosen)
    if borders := chosen.borders:
        return shape_map(
            chosen.municipalities,
            chosen.definition,
            breaks=breaks,
            outlines=borders.by_area,
            credit=f"Grenzen van {date_format(borders.day, 'j F Y')}: CBS, Kadaster (PDOK)",
        )
    return charts.symbol_map(
        chosen.municipalities, chosen.definition, breaks=breaks, inhabitants=selection.inhabitants()
    )


_MAKERS = {"time": _time, "map": _map, "rows": _rows, "funnel": _funnel}


def map_caption(chosen: Selection) -> str:
    """How to read the map."""
    classes = "heeft een hoog cijfer. De groepen zijn voor elk gebied dezelfde."
    if chosen.borders:
        return f"Een donkere gemeente {classes}"
    return f"Elke cirkel is een gemeente. Een grote cirkel heeft veel inwoners. Een donkere cirkel {classes}"


def series_of(chosen: Selection) -> list[tuple[str, list[Any]]]:
    """The area, the country, and the region that the area is laid beside, over the periods."""
    series = [(chosen.area.name, chosen.own)]
    if chosen.country and chosen.country != chosen.area:
        series.append((chosen.country.name, chosen.national))
    if chosen.beside and chosen.beside.region and chosen.regional:
        series.append((chosen.beside.region.name, chosen.regional))
    return series
