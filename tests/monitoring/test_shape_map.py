"""The map with borders: no count that is hidden, a sign where there is no number, one shade a class."""

import json

import pytest

from monitoring.models import Status
from monitoring.shape_map import shape_map
from portal import charts as portal_charts
from tests.monitoring.test_charts import SHARE, figure

SQUARE = [[[[6.1, 51.2], [6.1, 51.3], [6.2, 51.3], [6.2, 51.2], [6.1, 51.2]]]]
BREAKS = [4, 5, 6, 7]


def test_every_municipality_has_its_shape_and_a_hidden_one_a_sign_of_its_own():
    rows = [figure("Venlo", 5.0), figure("Beesel", None, number=2), figure("Weert", None, number=3)]
    rows[2].status = Status.NOT_DELIVERED
    spec = shape_map(rows, SHARE, breaks=BREAKS, outlines=dict.fromkeys((1, 2, 3), SQUARE), credit="")
    shapes, signs, *names = spec["layer"]
    assert [one["properties"]["class"] for one in shapes["data"]["values"]] == [
        "niet getoond",
        "5,0 tot 6,0%",
        "geen cijfer",
    ]
    assert [(one["name"], one["class"]) for one in signs["data"]["values"]] == [
        ("Beesel", "niet getoond"),
        ("Weert", "geen cijfer"),
    ]
    scale = signs["encoding"]["shape"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True))["niet getoond"] == "square"
    assert len(names) == 2


def test_a_hidden_count_is_nowhere_in_the_map():
    hidden = figure("Beesel", None)
    hidden.numerator = 7654321
    spec = shape_map([hidden], SHARE, breaks=[], outlines={1: SQUARE}, credit="Grenzen: CBS")
    assert "7654321" not in json.dumps(spec, default=str)


@pytest.mark.django_db
def test_the_map_is_drawn_with_its_legend():
    spec = shape_map(
        [figure("Venlo", 5.0)], SHARE, breaks=BREAKS, outlines={1: SQUARE}, credit="Grenzen: CBS"
    )
    svg = str(portal_charts.draw({"kaart": spec})["kaart"])
    assert "5,0 tot 6,0%" in svg
    assert "Venlo" in svg
    assert "Grenzen: CBS" in svg
    # Painted within its borders: the other way round the whole frame would be an area with a hole.
    assert 'fill="#62a6a8"' in svg
