"""Files with borders: what is read, and in which words a wrong one is refused."""

import json
from itertools import pairwise
from typing import Any

import pytest

from partners.boundary_files import read_boundaries
from partners.rd_coordinates import degrees_of
from partners.simplification import simplified

GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


def square(west: float, south: float, size: float = 0.1) -> list[list[list[float]]]:
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: object, coordinates: Any, *, kind: str = "Polygon", **more: object) -> dict[str, Any]:
    properties = {"gemeentecode": code, "jaar": 2022, "water": "NEE", **more}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def file(*features: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


VENLO = feature("GM0983", square(6.1, 51.3))


def words(content: bytes, **more: Any) -> str:
    return " ".join(issue.message for issue in read_boundaries(content, **more).errors)


# The points that the article itself gives to check by, and its centre.
@pytest.mark.parametrize(
    ("grid", "degrees"),
    [
        ((120_700.723, 487_525.501), (4.88352559, 52.37453253)),
        ((233_883.131, 582_065.167), (6.56820053, 53.21938317)),
        ((155_000, 463_000), (5.38720621, 52.15517440)),
    ],
)
def test_the_dutch_grid_becomes_the_published_degrees(grid, degrees):
    assert degrees_of(*grid) == pytest.approx(degrees, abs=1e-7)


def test_degrees_are_read_as_they_are_and_the_year_comes_from_the_file():
    found = read_boundaries(file(VENLO, feature("889", square(6.0, 51.2))))
    assert (found.year, found.errors) == (2022, ())
    assert set(found.shapes) == {"GM0983", "GM0889"}
    assert found.shapes["GM0983"][0][0][0] == (6.1, 51.3)


def test_a_file_in_rd_is_converted_and_says_so():
    found = read_boundaries(file(feature("GM0983", square(205_000, 375_000, 5_000)), crs=GRID))
    longitude, latitude = found.shapes["GM0983"][0][0][0]
    assert (longitude, latitude) == pytest.approx((6.11, 51.36), abs=0.02)
    assert "omgerekend van RD" in found.notes[0]


def test_a_file_of_a_division_of_cbs_has_other_names_and_its_year_in_a_code():
    content = file(
        {
            "type": "Feature",
            "properties": {"statcode": "GM0983", "jaarcode": 2023, "statnaam": "Venlo"},
            "geometry": {"type": "MultiPolygon", "coordinates": [square(6.1, 51.3)]},
        }
    )
    assert (read_boundaries(content).year, list(read_boundaries(content).shapes)) == (2023, ["GM0983"])


def test_water_and_abroad_are_left_out_and_counted():
    water = feature("GM0983", square(6.3, 51.3), water="JA")
    found = read_boundaries(file(VENLO, water, feature("GM0998", square(6.3, 51.3), water="B")))
    assert list(found.shapes) == ["GM0983"]
    assert "1 waterdelen overgeslagen" in " ".join(found.notes)
    assert "Buitenland" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand is leeg"),
        (b"gemeentecode;teller", "geen GeoJSON-bestand"),
        (b'{"type": "FeatureCollection", "features": []}', "geen GeoJSON-bestand"),
        (b"[" * 100_000, "geen GeoJSON-bestand"),
        (file({"type": "Feature", "properties": {"naam": "Venlo"}, "geometry": None}), "geen gemeentecodes"),
        (
            file(feature("Venlo", square(6.1, 51.3))),
            "Rij 1, kolom gemeentecode: ‘Venlo’ is geen gemeentecode",
        ),
        (file(VENLO, VENLO), "Rij 2, kolom gemeentecode: GM0983 staat ook in rij 1"),
        (file(feature("GM0998", square(6.1, 51.3))), "geen enkele gemeente"),
        (file(VENLO, feature("GM0889", square(6.0, 51.2), jaar=2023)), "meer dan één jaar (2022, 2023)"),
        (file(feature("GM0983", square(6.1, 51.3), jaar=None)), "geen of meer dan één jaar (None)"),
        (file(feature("GM0983", [6.1, 51.3], kind="Point")), "heeft geen vlak"),
        (file(feature("GM0983", [[[6.1, 51.3], [6.2, 51.3], [6.2, 51.4]]])), "gesloten randen"),
        (file({**VENLO, "geometry": None}), "heeft geen vlak"),
        (file(feature("GM0983", square(205_000, 375_000))), "meters van RD, en het bestand zegt dat niet"),
        (file(feature("GM0983", square(51.3, 6.1))), "Noord en oost staan omgewisseld"),
        (file(feature("GM0983", square(-3.7, 40.4))), "ligt niet in Nederland"),
        (file(VENLO, crs=GRID), "zegt RD, maar dit zijn geen meters"),
        (
            file(VENLO, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}),
            "soort die wij niet lezen",
        ),
    ],
)
def test_a_wrong_file_is_refused_in_words_that_help(content, sentence):
    assert sentence in words(content)


def test_a_year_that_was_asked_for_must_be_that_of_the_file():
    assert words(file(VENLO), year=2022) == ""
    assert "is van 2022, en niet van 2023" in words(file(VENLO), year=2023)
    bare = {"type": "Feature", "properties": {"gemeentecode": "GM0983"}, "geometry": VENLO["geometry"]}
    assert "van welk jaar" in words(file(bare))
    assert read_boundaries(file(bare), year=2024).year == 2024


def test_what_two_areas_share_stays_shared_when_points_go():
    border = [(6.0 + (number % 2) * 0.0005, 51.0 + number * 0.001) for number in range(101)]
    left = [*border, (5.9, 51.1), (5.9, 51.0), border[0]]
    right = [*border[::-1], (6.1, 51.0), (6.1, 51.1), border[-1]]
    found = simplified({"left": [[left]], "right": [[right]]}, metres=100, decimals=4)
    (one,), (other,) = found["left"][0], found["right"][0]
    assert len(one) < 10
    shared = {point for point in one if point[0] > 5.95}
    assert shared == {point for point in other if point[0] < 6.05}
    # Outer rings run clockwise: a map would otherwise paint all but the area.
    for ring in (one, other):
        assert ring[0] == ring[-1]
        assert sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) < 0


def test_specks_go_but_an_area_never_disappears():
    land, speck = square(6.0, 51.0), square(6.3, 51.3, 0.0001)
    points = {"both": [land, speck], "speck": [speck]}
    shapes = {
        code: [[[(x, y) for x, y in ring] for ring in polygon] for polygon in polygons]
        for code, polygons in points.items()
    }
    found = simplified(shapes, metres=500, decimals=3)
    assert len(found["both"]) == 1
    assert len(found["speck"][0][0]) == 5
