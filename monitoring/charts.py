"""What the charts of figures show: pure functions from figures to Vega-Lite specifications."""

from collections.abc import Iterable, Sequence
from typing import Any

from monitoring.catalogue import Definition
from monitoring.models import Aggregate
from portal.charts import APRICOT, TEAL, WIDTH

SERIES_COLOURS = (TEAL, APRICOT)
SERIES_SHAPES = ("circle", "diamond")
SERIES_DASHES = ([1, 0], [5, 4])
# A chart of one dot per area is still readable up to this many.
MOST_DOTS = 40


def number_format(definition: Definition) -> str:
    """The format of an axis, for the Dutch locale of the renderer."""
    return f",.{definition.decimals}f"


def time_line(
    series: Sequence[tuple[str, Sequence[Aggregate]]], definition: Definition, *, height: int = 150
) -> dict[str, Any]:
    """Each series over the periods, with its interval; a period without a number leaves a gap."""
    names = [name for name, _ in series]
    rows = [
        {
            "period": figure.period.label,
            "series": name,
            "value": figure.value,
            "lower": figure.lower_95,
            "upper": figure.upper_95,
        }
        for name, figures in series
        for figure in figures
        if figure.value is not None
    ]
    x = {
        "field": "period",
        "type": "ordinal",
        "title": None,
        "sort": _labels(series),
        "axis": {"labelLimit": 200},
    }
    offset = {"field": "series", "sort": names, "scale": {"range": [-5, 5]}}
    y = {
        "type": "quantitative",
        "title": None,
        # Without a margin only the full scale shows how small or large a difference is.
        "scale": {"zero": definition.interval == "none", "nice": True},
        "axis": {"format": number_format(definition)},
    }
    colour = {
        "field": "series",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names, "range": list(SERIES_COLOURS[: len(names)])},
        "legend": {"title": None, "columns": 1, "symbolStrokeWidth": 2},
    }
    shape = {
        "field": "series",
        "sort": names,
        "scale": {"domain": names, "range": list(SERIES_SHAPES[: len(names)])},
    }
    dash = {
        "field": "series",
        "sort": names,
        "scale": {"domain": names, "range": list(SERIES_DASHES[: len(names)])},
        "legend": None,
    }
    return {
        "width": WIDTH - 60,
        "height": height,
        "data": {"values": rows},
        "encoding": {"x": x, "xOffset": offset, "color": colour},
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.lower)"}],
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.55},
                "encoding": {"y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"y": {**y, "field": "value"}, "strokeDash": dash},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": {"y": {**y, "field": "value"}, "shape": shape},
            },
        ],
    }


def _labels(series: Iterable[tuple[str, Sequence[Aggregate]]]) -> list[str]:
    """The periods of all series, oldest first, each once."""
    periods = {figure.period for _, figures in series for figure in figures}
    ordered = sorted(periods, key=lambda period: (period.reference_date, period.code))
    return [period.label for period in ordered]
