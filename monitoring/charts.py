"""What the charts of figures show: pure functions from figures to Vega-Lite specifications."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import Any

from monitoring import sentences
from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Status
from partners.models import Area, AreaKind
from portal.charts import APRICOT, FONT_SIZE, INK, LINE, PAPER, SOFT_INK, STEPS, TEAL, WIDTH

# Colour, shape and dashes together: no series is told apart by colour alone.
LOOKS = (
    (TEAL, "circle", [1, 0], -4),
    (APRICOT, "diamond", [5, 4], 4),
    (INK, "square", [2, 3], 10),
)
# On a map there is room for the names of this many places.
MOST_NAMES = 40
TICKS = 4
# About as wide is a digit in the words of an axis.
LETTER = FONT_SIZE // 2 + 1
NO_FIGURE = "geen cijfer"
# Its own count is small, or with it the small count of another could be worked out.
NOT_SHOWN = "niet getoond"
UNRELIABLE = "onbetrouwbaar"
ABSENT_LOOKS = (
    (NOT_SHOWN, "transparent", "square"),
    (UNRELIABLE, "transparent", "diamond"),
    (NO_FIGURE, "transparent", "cross"),
)

Row = dict[str, Any]
Spec = dict[str, Any]


def time_line(
    series: Sequence[tuple[str, Sequence[Aggregate]]], definition: Definition, *, height: int = 150
) -> Spec:
    """Each series over the periods, with its interval; a period without a number leaves a gap."""
    names = [name for name, _ in series]
    looks = LOOKS[: len(names)]
    scales = {
        "color": {"domain": names, "range": [colour for colour, *_ in looks]},
        "shape": {"domain": names, "range": [shape for _, shape, *_ in looks]},
    }
    layers = [
        layer
        for (name, figures), look in zip(series, looks, strict=True)
        for layer in _series(name, figures, look, definition, scales)
    ]
    periods = _labels(series)
    return {
        "width": WIDTH - 60,
        "height": height,
        "encoding": {
            "x": {
                "field": "period",
                "type": "ordinal",
                "title": None,
                "scale": {"domain": periods, "padding": 0.6},
                "axis": {"labelLimit": 200, "labelExpr": _if_room(periods)},
            }
        },
        "layer": layers,
    }


def _if_room(periods: Sequence[str]) -> str:
    """The words below the line, as far as there is room: of every period, or of every second or third,
    counted from the newest, which is the one that is looked for."""
    room = max((WIDTH - 60) // (LETTER * (max(map(len, periods), default=0) + 1)), 1)
    named = periods[:: -ceil(len(periods) / room)] if periods else []
    return f"indexof({json.dumps(named)}, datum.label) < 0 ? '' : datum.label"


# Four of them stand beside each other on a wide screen and on paper.
SMALL_WIDTH, SMALL_HEIGHT = 200, 84


def small_multiple(series: Sequence[tuple[str, Sequence[Aggregate]]], definition: Definition) -> Spec:
    """As `time_line`, so small that its legend stands once above all of them."""
    spec = time_line(series, definition, height=SMALL_HEIGHT)
    for layer in spec["layer"]:
        if legend := layer["encoding"].get("color"):
            legend["legend"] = None
    return {**spec, "width": SMALL_WIDTH}


def _series(
    name: str,
    figures: Sequence[Aggregate],
    look: tuple[str, str, list[int], int],
    definition: Definition,
    scales: Mapping[str, Any],
) -> list[Spec]:
    colour, _, dash, offset = look
    rows = [_point(figure) for figure in figures]
    # Without a margin only the full scale shows how small or large a difference in time is.
    y = {**_value_axis(definition, from_zero=not sentences.has_margin(definition)), "title": None}
    return _with_rows(
        {
            "data": {"values": [row for row in rows if row["lower"] is not None]},
            "mark": {"type": "rule", "strokeWidth": 2, "xOffset": offset, "color": colour},
            "encoding": {"y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
        },
        {
            "data": {"values": rows},
            "mark": {
                "type": "line",
                "strokeWidth": 2,
                "strokeDash": dash,
                "xOffset": offset,
                "color": colour,
                "invalid": "break-paths-show-domains",
            },
            "encoding": {"y": {**y, "field": "value"}},
        },
        {
            "data": {"values": [row for row in rows if row["value"] is not None]},
            "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "xOffset": offset},
            "encoding": {
                "y": {**y, "field": "value"},
                "color": {
                    "datum": name,
                    "type": "nominal",
                    "scale": scales["color"],
                    "legend": {"title": None, "columns": 1},
                },
                "shape": {"datum": name, "type": "nominal", "scale": scales["shape"]},
            },
        },
        {
            "data": {"values": [row for row in rows if row["value"] is None]},
            "mark": {"type": "text", "text": "×", "xOffset": offset, "color": colour, "dy": -6},
            "encoding": {"y": {"value": {"expr": "height"}}},
        },
    )


def _with_rows(*layers: Spec) -> list[Spec]:
    """The layers that have something to show: an empty one costs as much to draw as a full one."""
    return [layer for layer in layers if layer["data"]["values"]]


def _point(figure: Aggregate) -> Row:
    return {
        "period": figure.period.label,
        "value": figure.value,
        "lower": figure.lower_95,
        "upper": figure.upper_95,
    }


def _labels(series: Iterable[tuple[str, Sequence[Aggregate]]]) -> list[str]:
    """The periods of all series, oldest first, each once."""
    periods = {figure.period for _, figures in series for figure in figures}
    ordered = sorted(periods, key=lambda period: (period.reference_date, period.code))
    return [period.label for period in ordered]


def _value_axis(definition: Definition, *, from_zero: bool = False) -> Row:
    """The axis of values, written in Dutch by the locale of the renderer."""
    return {
        "type": "quantitative",
        # The axis ends at a number that it names, beyond the last value.
        "scale": {"zero": from_zero, "nice": TICKS},
        "axis": {
            "tickCount": TICKS,
            "format": f",.{definition.decimals}f",
            "labelExpr": "datum.label + '%'" if definition.unit == sentences.PERCENT else "datum.label",
        },
    }


def _in_row(area: Area) -> str:
    """The name of an area beside its row: there is room for what makes it another one."""
    return area.name.removeprefix("GGD ") if area.kind == AreaKind.GGD_REGION else area.name


def dots(
    figures: Sequence[Aggregate],
    benchmark: Aggregate | None,
    definition: Definition,
    *,
    region: Aggregate | None = None,
) -> Spec:
    """One row per area in the order given: a dot with its interval; the country and `region` as lines."""
    names = [_in_row(figure.area) for figure in figures]
    known = [figure for figure in figures if figure.value is not None]
    y = {
        "field": "area",
        "type": "nominal",
        "title": None,
        "scale": {"domain": names},
        "axis": {"labelLimit": 140, "ticks": False, "grid": True},
    }
    x = {**_value_axis(definition), "title": sentences.axis_title(definition)}
    x["axis"] = {**x["axis"], "titleLimit": 280}
    rows = [
        {
            "area": _in_row(figure.area),
            "value": figure.value,
            "lower": figure.lower_95,
            "upper": figure.upper_95,
        }
        for figure in known
    ]
    absent = [
        {"area": _in_row(figure.area), "words": absent_words(figure.status)}
        for figure in figures
        if figure.value is None
    ]
    layers = _with_rows(
        {
            "data": {"values": [row for row in rows if row["lower"] is not None]},
            "mark": {"type": "rule", "strokeWidth": 3, "color": "#7fb0b3"},
            "encoding": {"y": y, "x": {**x, "field": "lower"}, "x2": {"field": "upper"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": TEAL},
            "encoding": {"y": y, "x": {**x, "field": "value"}},
        },
        # A pale edge keeps the words readable where they cross a line.
        *(
            {
                "data": {"values": absent},
                "mark": {"type": "text", "align": "left", "fontStyle": "italic", **look},
                "encoding": {"y": y, "x": {"value": 4}, "text": {"field": "words"}},
            }
            for look in ({"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}, {"color": SOFT_INK})
        ),
    )
    for line, (_, _, dash, _), colour in ((region, LOOKS[2], INK), (benchmark, LOOKS[1], APRICOT)):
        if line is not None and line.value is not None:
            layers.insert(0, _line(line.value, x, dash, colour))
    return {"width": WIDTH - 140, "height": {"step": 22}, "layer": layers}


def _line(value: float, x: Row, dash: list[int], colour: str) -> Spec:
    return {
        "data": {"values": [{"value": value}]},
        "mark": {"type": "rule", "strokeDash": dash, "strokeWidth": 2, "color": colour},
        "encoding": {"x": {**x, "field": "value"}},
    }


def absent_words(status: str) -> str:
    """Why a place is empty, in the few words that a chart has room for."""
    if status == Status.UNRELIABLE:
        return UNRELIABLE
    return NOT_SHOWN if status in sentences.SUPPRESSED else NO_FIGURE


def symbol_map(
    figures: Sequence[Aggregate],
    definition: Definition,
    *,
    breaks: Sequence[float],
    inhabitants: Mapping[int, float],
) -> Spec:
    """Each municipality at its centre: area by inhabitants, shade by value, shape by status."""
    classes = class_words(breaks, definition)
    rows: list[Row] = [
        {
            "name": figure.area.name,
            "lon": figure.area.longitude,
            "lat": figure.area.latitude,
            "size": inhabitants.get(figure.area_id, 0),
            "class": classes[class_of(figure.value, breaks)]
            if figure.value is not None
            else absent_words(figure.status),
        }
        for figure in figures
        if figure.area.longitude is not None
    ]
    # The largest first, so that no circle hides a smaller one.
    rows.sort(key=lambda row: (-row["size"], row["name"]))
    present = {row["class"] for row in rows}
    looks = [
        *((words, shade, "circle") for words, shade in zip(classes, STEPS, strict=False)),
        *(look for look in ABSENT_LOOKS if look[0] in present),
    ]
    domain, shades, shapes = (list(part) for part in zip(*looks, strict=True))
    place = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    layers: list[Spec] = [
        # Invisible corners keep the outermost circles and names inside the frame.
        {
            "data": {"values": _corners(rows)},
            "mark": {"type": "point", "opacity": 0},
            "encoding": place,
        },
        {
            "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.2, "stroke": INK},
            "encoding": {
                **place,
                "size": {
                    "field": "size",
                    "type": "quantitative",
                    "scale": {"range": [25, 900 if len(rows) <= MOST_NAMES else 500]},
                    "legend": None,
                },
                "fill": {
                    "field": "class",
                    "type": "nominal",
                    "scale": {"domain": domain, "range": shades},
                    "legend": {
                        "title": sentences.axis_title(definition),
                        "columns": 2,
                        "symbolSize": 140,
                        "symbolStrokeColor": INK,
                    },
                },
                "shape": {
                    "field": "class",
                    "type": "nominal",
                    "scale": {"domain": domain, "range": shapes},
                },
            },
        },
    ]
    if len(rows) <= MOST_NAMES:
        names = {**place, "text": {"field": "name"}}
        label = {"type": "text", "dy": 18, "fontSize": FONT_SIZE - 2}
        # A pale edge keeps a name readable on top of a dark circle.
        halo = {**label, "stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round"}
        layers += [{"mark": halo, "encoding": names}, {"mark": label, "encoding": names}]
    return {
        "width": WIDTH - 20,
        "height": 350,
        "data": {"values": rows},
        "projection": {"type": "mercator"},
        "layer": layers,
        "view": {"stroke": LINE},
    }


def _corners(rows: Sequence[Row]) -> list[Row]:
    """Two opposite corners just outside all places."""
    if not rows:
        return []
    west, east = min(row["lon"] for row in rows), max(row["lon"] for row in rows)
    south, north = min(row["lat"] for row in rows), max(row["lat"] for row in rows)
    wide, high = max((east - west) * 0.12, 0.02), max((north - south) * 0.07, 0.02)
    return [
        {"lon": west - wide, "lat": south - high},
        {"lon": east + wide, "lat": north + high},
    ]


def class_of(value: float, breaks: Sequence[float]) -> int:
    """The number of the class, from 0, of a value."""
    return sum(value >= limit for limit in breaks)


def class_words(breaks: Sequence[float], definition: Definition) -> list[str]:
    """Each class in words: `minder dan 5,1%`, `5,1 tot 6,0%`, `7,4% of meer`."""
    if not breaks:
        return ["cijfer bekend"]
    texts = [sentences.value_text(limit, definition) for limit in breaks]
    between = [f"{low.rstrip('%')} tot {high}" for low, high in pairwise(texts)]
    return [f"minder dan {texts[0]}", *between, f"{texts[-1]} of meer"]
