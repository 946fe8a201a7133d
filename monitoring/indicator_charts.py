"""The charts of the page of one indicator, each only where there are figures for it."""

from typing import Any

from django.utils.formats import date_format

from monitoring import charts, selection
from monitoring.funnel_chart import funnel_chart
from monitoring.selection import Selection
from monitoring.shape_map import shape_map

# The word in the address of a chart, its key here, and its name on the page.
CHARTS = {
    "tijd": ("time", "door de tijd"),
    "gemeenten": ("rows", "per gebied"),
    "kaart": ("map", "kaart"),
    "trechter": ("funnel", "trechter voor analisten"),
}
# More rows are a table: nobody finds her own place in such a chart.
MOST_ROWS = 40


def specs_of(chosen: Selection) -> dict[str, dict[str, Any]]:
    """Time line, map, rows of areas and, for analysts, the funnel."""
    definition, found = chosen.definition, {}
    if any(row.value is not None for row in chosen.own):
        found["time"] = charts.time_line(series_of(chosen), definition)
    if chosen.municipalities:
        found["map"] = _map(chosen)
    if 0 < len(chosen.parts) <= MOST_ROWS:
        found["rows"] = charts.dots(chosen.parts, chosen.benchmark, definition, region=chosen.region_figure)
    if funnel := funnel_chart(chosen.municipalities, chosen.benchmark, definition):
        found["funnel"] = funnel
    return found


def _map(chosen: Selection) -> dict[str, Any]:
    """Borders where those of the division of the figures are known; else a circle at each middle."""
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


def map_caption(chosen: Selection) -> str:
    """How to read the map."""
    classes = "heeft een hoog cijfer. Vijf groepen van gemeenten, voor elk gebied dezelfde."
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
