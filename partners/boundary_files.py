"""Files with the borders of municipalities (GeoJSON of CBS or PDOK), read; pure functions, no database.

A row number is the place of the feature in the file, counted from 1.
"""

import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partners.rd_coordinates import degrees_of
from partners.simplification import MultiPolygon, Point
from portal.findings import Findings, Issue, Unreadable
from portal.numbers import dutch_number
from portal.table_reader import Limits, require_size

LIMITS = Limits(size=200 * 1024 * 1024, rows=0, unpacked=0)
# CBS's own names in its files of districts and of divisions (gebiedsindelingen), and in its shapefiles.
CODES = ("gemeentecode", "statcode", "gm_code")
YEARS = ("jaar", "jaarcode")
# CBS's "Buitenland": a code among the municipalities that is none.
PSEUDO = "GM0998"
CODE = re.compile(r"(?:GM)?(\d{1,4})", re.IGNORECASE)

# EPSG numbers: degrees, of which the European ones differ less than a metre; and the Dutch grid.
DEGREES, GRID = frozenset({"4326", "4258", "CRS84"}), frozenset({"28992", "7415"})
# West, south, east and north of the European part of the Netherlands, with some sea.
BOX = (2.5, 50.5, 7.5, 54.0)
GRID_BOX = (-30_000.0, 280_000.0, 300_000.0, 650_000.0)
DECIMALS = 6

NOT_GEOJSON = "Dit is geen GeoJSON-bestand met gebieden (FeatureCollection). Kies een ander bestand."


@dataclass(frozen=True, slots=True)
class BoundaryReading:
    """The borders in a file by the code of the municipality; nothing may be stored while it has errors."""

    year: int | None
    shapes: Mapping[str, MultiPolygon]
    errors: tuple[Issue, ...]
    notes: tuple[str, ...]


def read_boundaries(content: bytes, *, year: int | None = None) -> BoundaryReading:
    """The land of each municipality, in degrees. `year` is for a file that does not say it itself."""
    findings = Findings()
    try:
        document = _document(content)
        is_grid = _is_grid(document)
        features = document["features"]
        code_name, year_name = _attributes(features[0]["properties"])
        kept = _municipalities(features, code_name, findings)
        found = _year(kept, year_name, year, findings)
        shapes = _shapes(kept, findings, is_grid=is_grid)
    except Unreadable as problem:
        return BoundaryReading(None, {}, (Issue(None, "", "", str(problem)),), ())
    if is_grid:
        findings.notes.append("De coördinaten zijn omgerekend van RD (EPSG:28992) naar graden.")
    return BoundaryReading(found, shapes, tuple(findings.issues), tuple(findings.notes))


def _document(content: bytes) -> dict[str, Any]:
    require_size(io.BytesIO(content), LIMITS)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable(NOT_GEOJSON) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features or not all(map(_is_feature, features)):
        raise Unreadable(NOT_GEOJSON)
    return document


def _is_feature(feature: object) -> bool:
    return isinstance(feature, dict) and isinstance(feature.get("properties"), dict)


def _is_grid(document: Mapping[str, Any]) -> bool:
    """Whether the file says that its coordinates are metres on the Dutch grid."""
    crs = document.get("crs")
    if crs is None:
        return False
    name = str(crs["properties"].get("name", "")) if _is_feature(crs) else ""
    code = re.split(r"[:/#]", name)[-1]
    if code in GRID:
        return True
    if code in DEGREES:
        return False
    raise Unreadable(
        f"De coördinaten in dit bestand zijn van een soort die wij niet lezen: ‘{name[:60]}’. "
        "Lever graden (EPSG:4326) of RD (EPSG:28992) aan."
    )


def _attributes(properties: Mapping[str, Any]) -> tuple[str, str | None]:
    """The names, as this file writes them, of the attributes with the code and with the year."""
    by_name = {str(name).lower(): name for name in properties}
    code = next((by_name[name] for name in CODES if name in by_name), None)
    if code is None:
        raise Unreadable(
            f"In dit bestand staan geen gemeentecodes. Een gebied hoort een kenmerk {CODES[0]} of "
            f"{CODES[1]} te hebben."
        )
    return code, next((by_name[name] for name in YEARS if name in by_name), None)


def _municipalities(
    features: list[dict[str, Any]], code_name: str, findings: Findings
) -> dict[str, tuple[int, dict[str, Any]]]:
    """The land of each municipality with its place in the file; what is left out is counted."""
    kept: dict[str, tuple[int, dict[str, Any]]] = {}
    water = 0
    for place, feature in enumerate(features, start=1):
        properties = feature["properties"]
        written = str(properties.get(code_name) or "").strip()
        match = CODE.fullmatch(written)
        code = f"GM{match[1]:0>4}" if match else ""
        if not code:
            problem = f"‘{written}’ is geen gemeentecode. Een gemeentecode is GM met vier cijfers."
            findings.error(place, code_name, written, problem)
        elif code == PSEUDO:
            findings.notes.append(f"{PSEUDO} Buitenland overgeslagen: dit is geen gemeente.")
        elif properties.get("water") == "JA":
            water += 1
        elif code in kept:
            problem = f"{code} staat ook in rij {kept[code][0]}. Laat één van de twee weg."
            findings.error(place, code_name, code, problem)
        else:
            kept[code] = place, feature
    if water:
        findings.notes.append(f"{dutch_number(water)} waterdelen overgeslagen: de kaart toont het land.")
    if not kept and not findings.issues:
        raise Unreadable("In het bestand staat geen enkele gemeente.")
    return kept


def _year(
    kept: Mapping[str, tuple[int, dict[str, Any]]],
    year_name: str | None,
    asked: int | None,
    findings: Findings,
) -> int | None:
    """The year of the borders: what the file says, else what was asked."""
    found = {str(feature["properties"].get(year_name))[:4] for _, feature in kept.values() if year_name}
    if not found:
        if asked is None:
            problem = "Het bestand zegt niet van welk jaar de grenzen zijn. Geef het jaar erbij op."
            findings.error(None, "", "", problem)
        return asked
    (written, *others) = sorted(found)
    if others or not re.fullmatch(r"(19|20)\d\d", written):
        problem = f"Het bestand noemt geen of meer dan één jaar ({', '.join(sorted(found)[:5])})."
        findings.error(None, "", "", f"{problem} Lever per jaar één bestand aan.")
        return None
    if asked is not None and asked != int(written):
        problem = f"Het bestand is van {written}, en niet van {asked}. Laat het jaar weg of kies dat bestand."
        findings.error(None, "", "", problem)
    return int(written)


def _shapes(
    kept: Mapping[str, tuple[int, dict[str, Any]]], findings: Findings, *, is_grid: bool
) -> dict[str, MultiPolygon]:
    found = {}
    for code, (place, feature) in kept.items():
        try:
            shape = list(_polygons(feature.get("geometry")))
        except (TypeError, ValueError, AttributeError):
            shape = []
        if not shape:
            problem = f"{code} heeft geen vlak (Polygon of MultiPolygon) met gesloten randen."
            findings.error(place, "geometry", "", f"{problem} Haal het bestand opnieuw op bij de bron.")
            continue
        _require_place(shape[0][0][0], is_grid=is_grid)
        found[code] = [
            [[_degrees(point, is_grid=is_grid) for point in ring] for ring in polygon] for polygon in shape
        ]
    return found


def _polygons(geometry: Any) -> Iterator[list[list[Point]]]:
    """Each polygon as rings of points; a ValueError, TypeError or AttributeError where it is none."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError
    for polygon in [coordinates] if kind == "Polygon" else coordinates:
        rings = [[(float(x), float(y)) for x, y, *_ in ring] for ring in polygon]
        if not rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
            raise ValueError
        if not all(math.isfinite(x) and math.isfinite(y) for ring in rings for x, y in ring):
            raise ValueError
        yield rings


def _require_place(point: Point, *, is_grid: bool) -> None:
    """A point that cannot lie in the Netherlands says what is wrong with all of them."""
    x, y = point
    if _inside(point, GRID_BOX if is_grid else BOX):
        return
    if is_grid:
        problem = "Het bestand zegt RD, maar dit zijn geen meters van RD."
    elif _inside(point, GRID_BOX):
        problem = (
            "Dit zijn meters van RD, en het bestand zegt dat niet. Zet ‘EPSG:28992’ in het kenmerk crs, of "
            "haal het bestand op in graden (EPSG:4326)."
        )
    elif _inside((y, x), BOX):
        problem = "Noord en oost staan omgewisseld. In GeoJSON staat de lengte voor de breedte."
    else:
        problem = "Deze plek ligt niet in Nederland. Lever graden (EPSG:4326) of RD (EPSG:28992) aan."
    raise Unreadable(f"De coördinaten kloppen niet: {x:g} en {y:g}. {problem}")


def _inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def _degrees(point: Point, *, is_grid: bool) -> Point:
    longitude, latitude = degrees_of(*point) if is_grid else point
    return round(longitude, DECIMALS), round(latitude, DECIMALS)
