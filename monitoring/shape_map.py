"""The map of a figure with the borders of municipalities: a pure function to a Vega-Lite specification."""

from collections.abc import Mapping, Sequence

from monitoring import sentences
from monitoring.catalogue import Definition
from monitoring.charts import ABSENT_LOOKS, MOST_NAMES, Row, Spec, absent_words, class_of, class_words
from monitoring.models import Aggregate
from partners.simplification import MultiPolygon
from portal.charts import FONT_SIZE, INK, LINE, PAPER, STEPS, WIDTH

# Seen on the palest area as well as between two dark ones.
BORDER = "#7b9195"


def shape_map(
    figures: Sequence[Aggregate],
    definition: Definition,
    *,
    breaks: Sequence[float],
    outlines: Mapping[int, MultiPolygon],
    credit: str,
) -> Spec:
    """Each municipality within its borders: shade by value, a sign of its own where there is none."""
    classes = class_words(breaks, definition)
    rows: list[Row] = [
        {
            "name": figure.area.name,
            "lon": figure.area.longitude,
            "lat": figure.area.latitude,
            "class": classes[class_of(figure.value, breaks)]
            if figure.value is not None
            else absent_words(figure.status),
            "shape": outlines[figure.area_id],
        }
        for figure in figures
        if figure.area_id in outlines
    ]
    rows.sort(key=lambda row: row["name"])
    absent = [row for row in rows if row["class"] not in classes]
    present = {row["class"] for row in rows}
    looks = [
        *((words, shade, "circle") for words, shade in zip(classes, STEPS, strict=False)),
        *(look for look in ABSENT_LOOKS if look[0] in present),
    ]
    domain, shades, signs = (list(part) for part in zip(*looks, strict=True))
    fill = {
        "type": "nominal",
        "scale": {"domain": domain, "range": shades},
        "legend": {
            "title": sentences.axis_title(definition),
            "columns": 2,
            "symbolSize": 140,
            "symbolStrokeColor": INK,
        },
    }
    sign = {"type": "nominal", "scale": {"domain": domain, "range": signs}}
    layers: list[Spec] = [
        {
            "data": {"values": [_feature(row) for row in rows]},
            "mark": {
                "type": "geoshape",
                "stroke": INK,
                "strokeWidth": 0.4 if len(rows) > MOST_NAMES else 0.8,
            },
            "encoding": {"fill": {**fill, "field": "properties.class"}},
        },
        {
            "data": {"values": _places(absent)},
            "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.2, "stroke": INK, "size": 60},
            "encoding": {
                **_PLACE,
                "fill": {**fill, "field": "class"},
                "shape": {**sign, "field": "class"},
            },
        },
    ]
    if len(rows) <= MOST_NAMES:
        names = {**_PLACE, "text": {"field": "name"}}
        label = {"type": "text", "dy": 12, "fontSize": FONT_SIZE - 2}
        # A pale edge keeps a name readable on top of a dark area.
        halo = {**label, "stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round"}
        values = {"values": _places(rows)}
        layers += [
            {"data": values, "mark": halo, "encoding": names},
            {"data": values, "mark": label, "encoding": names},
        ]
    return {
        # In the picture itself, so that it goes along in every file.
        "title": {
            "text": credit,
            "orient": "bottom",
            "anchor": "start",
            "fontSize": FONT_SIZE - 2,
            "fontWeight": "normal",
            "color": INK,
        },
        "width": WIDTH - 20,
        "height": 350,
        "projection": {"type": "mercator"},
        "layer": layers,
        "view": {"stroke": LINE},
    }


_PLACE = {
    "longitude": {"field": "lon", "type": "quantitative"},
    "latitude": {"field": "lat", "type": "quantitative"},
}


def _feature(row: Row) -> Row:
    return {
        "type": "Feature",
        "properties": {"class": row["class"]},
        "geometry": {"type": "MultiPolygon", "coordinates": row["shape"]},
    }


def _places(rows: Sequence[Row]) -> list[Row]:
    """The middle of each, where it has one."""
    return [
        {name: row[name] for name in ("name", "lon", "lat", "class")}
        for row in rows
        if row["lon"] is not None
    ]
