"""The funnel for analysts: every area by its size, and how far chance alone may carry it."""

from collections.abc import Sequence
from typing import Any

from monitoring import funnel, sentences
from monitoring.catalogue import Definition
from monitoring.intervals import Interval
from monitoring.models import Aggregate, Comparison
from portal.charts import APRICOT, PAPER, SOFT_INK, TEAL, WIDTH
from portal.numbers import dutch_number

# Points on each limit, enough for a smooth line.
STEPS = 40
# Fewer areas make no funnel.
LEAST_AREAS = 3
MOST_NAMED = 6
NONE_OUTSIDE = "Geen enkele gemeente verschilt duidelijk van Nederland. De verschillen kunnen toeval zijn."
_SIGNALS = frozenset({Comparison.HIGHER, Comparison.LOWER})
INSIDE, OUTSIDE = "Geen duidelijk verschil", "Duidelijk verschil (99,8 procent)"


def funnel_chart(
    figures: Sequence[Aggregate], benchmark: Aggregate | None, definition: Definition
) -> dict[str, Any] | None:
    """A specification; None where everybody was counted, or too few can be shown.

    What is not shown anywhere else has no dot here either: its size would tell where it lies.
    """
    known = [figure for figure in figures if figure.value is not None and figure.denominator]
    if not sentences.has_margin(definition) or len(known) < LEAST_AREAS:
        return None
    if benchmark is None or not benchmark.numerator or not benchmark.denominator:
        return None
    share = benchmark.numerator / benchmark.denominator
    points = funnel.curve(share, _sizes(known), interval=definition.interval)
    limits = [_limits(*point, definition.factor) for point in points]
    if not limits:
        return None
    dots = [
        {
            "n": figure.denominator,
            "value": figure.value,
            "name": figure.area.name if figure.compared_998 in _SIGNALS else "",
            "kind": OUTSIDE if figure.compared_998 in _SIGNALS else INSIDE,
        }
        for figure in known
    ]
    return _spec(limits, dots, share * definition.factor, definition)


def _limits(n: float, inner: Interval, outer: Interval, factor: float) -> dict[str, float]:
    return {
        "n": n,
        "low": factor * inner.lower,
        "high": factor * inner.upper,
        "low998": factor * outer.lower,
        "high998": factor * outer.upper,
    }


def _sizes(known: Sequence[Aggregate]) -> list[float]:
    sizes = [figure.denominator or 1 for figure in known]
    low, high = min(sizes) * 0.9, max(sizes) * 1.1
    return [low * (high / low) ** (step / (STEPS - 1)) for step in range(STEPS)]


def _spec(
    limits: list[dict[str, Any]], dots: list[dict[str, Any]], centre: float, definition: Definition
) -> dict[str, Any]:
    x = {
        "field": "n",
        "type": "quantitative",
        "scale": {"type": "log", "nice": False},
        "axis": {"title": f"Aantal {definition.denominator_noun}", "format": ",.0f", "tickCount": 4},
    }
    percent = definition.unit == sentences.PERCENT
    axis = {
        "title": None,
        "tickCount": 5,
        "format": f",.{definition.decimals}f",
        "labelExpr": "datum.label + '%'" if percent else "datum.label",
    }
    y = {"type": "quantitative", "scale": {"zero": False, "nice": True}, "axis": axis}
    lines = [
        {
            "data": {"name": "limits"},
            "mark": {"type": "line", "color": SOFT_INK, "strokeDash": dash, "strokeWidth": 1.2},
            "encoding": {"x": x, "y": {**y, "field": field}},
        }
        for field, dash in (("low", [5, 4]), ("high", [5, 4]), ("low998", [1, 0]), ("high998", [1, 0]))
    ]
    looks = {"domain": [INSIDE, OUTSIDE]}
    return {
        "width": WIDTH - 50,
        "height": 260,
        "datasets": {"limits": limits, "dots": dots},
        "layer": [
            *lines,
            {
                "data": {"values": [{"value": centre}]},
                "mark": {"type": "rule", "color": APRICOT, "strokeDash": [2, 2], "strokeWidth": 2},
                "encoding": {"y": {**y, "field": "value"}},
            },
            {
                "data": {"name": "dots"},
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "stroke": PAPER},
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "value"},
                    "shape": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {**looks, "range": ["circle", "diamond"]},
                        "legend": {"title": None, "columns": 1},
                    },
                    "color": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {**looks, "range": [TEAL, APRICOT]},
                    },
                },
            },
            {
                "data": {"values": [dot for dot in dots if dot["name"]]},
                "mark": {"type": "text", "dy": -11, "fontSize": 11},
                "encoding": {"x": x, "y": {**y, "field": "value"}, "text": {"field": "name"}},
            },
        ],
    }


def funnel_sentence(figures: Sequence[Aggregate], definition: Definition) -> str:
    """What the funnel shows, for who cannot see it."""
    known = [figure for figure in figures if figure.value is not None]
    outside = [figure.area.name for figure in known if figure.compared_998 in _SIGNALS]
    start = f"{definition.name}: {dutch_number(len(known))} gemeenten naar grootte."
    if not outside:
        return f"{start} {NONE_OUTSIDE}"
    if len(outside) > MOST_NAMED:
        return f"{start} Bij {dutch_number(len(outside))} gemeenten is het verschil met Nederland duidelijk."
    verb = "is" if len(outside) == 1 else "zijn"
    return f"{start} Duidelijk anders dan Nederland {verb}: {', '.join(outside)}. De rest kan toeval zijn."
