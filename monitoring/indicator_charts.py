"""The charts of the page of one indicator, each only where there are figures for it."""

from typing import Any

from monitoring import charts, selection
from monitoring.funnel_chart import funnel_chart
from monitoring.models import Aggregate
from monitoring.selection import Selection

# The word in the address of a chart, its key here, and its name on the page.
CHARTS = {
    "tijd": ("time", "door de tijd"),
    "gemeenten": ("rows", "per gemeente"),
    "kaart": ("map", "kaart"),
    "trechter": ("funnel", "trechter voor analisten"),
}


def specs_of(chosen: Selection, provinces: list[Aggregate] | None = None) -> dict[str, dict[str, Any]]:
    """Time line, map, rows of areas and, for analysts, the funnel."""
    definition, found = chosen.definition, {}
    if provinces is None:
        provinces = selection.provinces(chosen)
    if any(row.value is not None for row in chosen.own):
        series = [(chosen.area.name, chosen.own)]
        if chosen.country and chosen.country != chosen.area:
            series.append((chosen.country.name, chosen.national))
        found["time"] = charts.time_line(series, definition)
    if chosen.municipalities:
        found["map"] = charts.symbol_map(
            chosen.municipalities,
            definition,
            breaks=selection.breaks(chosen),
            inhabitants=selection.inhabitants(),
        )
        found["rows"] = charts.dots(provinces or chosen.municipalities, chosen.benchmark, definition)
    if funnel := funnel_chart(chosen.municipalities, chosen.benchmark, definition):
        found["funnel"] = funnel
    return found
