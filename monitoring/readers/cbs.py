"""The municipality files of CBS and Kadaster (Wijken en buurten, PDOK) as GeoJSON."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from monitoring.readers.reading import (
    LIMITS,
    NO_FIGURE,
    PSEUDO_MUNICIPALITY,
    Reading,
    StagedRow,
    skipped_pseudo,
)
from monitoring.readers.values import municipality_code
from portal.findings import Findings, Unreadable
from portal.numbers import dutch_number
from portal.table_reader import require_size

# Read as a whole, which takes some six times its size of memory. The file of all municipalities with
# simple borders is some 4 MB; borders are not looked at here.
LARGEST = 30 * 1024 * 1024

# Indicator, attribute of the numerator, attribute of the denominator.
INDICATORS = (
    ("inwoners-per-huishouden", "aantalInwoners", "aantalHuishoudens"),
    ("inwoners-per-km2", "aantalInwoners", "oppervlakteLandInHa"),
)


def read_cbs_geojson(source: BinaryIO) -> Reading:
    """The two key figures of every municipality in the file; geometry is not looked at.

    A row number is the place of the feature in the file, counted from 1.
    """
    reading = Reading()
    reading.rows = _read(source, reading)
    return reading


def _read(source: BinaryIO, reading: Reading) -> Iterator[StagedRow]:
    findings = reading.findings
    try:
        kept = _municipalities(_features(source), findings)
    except Unreadable as problem:
        findings.refuse(str(problem))
        return
    if not kept:
        findings.error(None, "", "", "In het bestand staat geen enkele gemeente.")
    reading.total = len(kept)
    for place, properties in kept:
        yield from _rows(place, properties, findings)


def require_places_size(source: BinaryIO) -> None:
    """Refuse an empty file of places, and one that is too large to be read as a whole."""
    size = source.seek(0, os.SEEK_END)
    if size > LARGEST:
        raise Unreadable(
            f"Het GeoJSON-bestand is te groot: {size // 1024**2} MB, en het mag {LARGEST // 1024**2} MB zijn."
            " Kies bij de bron het bestand met eenvoudige grenzen; de cijfers zijn dezelfde."
        )
    require_size(source, LIMITS)


def _features(source: BinaryIO) -> list[Mapping[str, Any]]:
    require_places_size(source)
    source.seek(0)
    try:
        document = json.load(source)
    except (ValueError, RecursionError):
        raise Unreadable("Dit is geen leesbaar GeoJSON-bestand.") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(_is_feature(f) for f in features):
        raise Unreadable("Dit is geen GeoJSON-bestand met gebieden (FeatureCollection).")
    if not features:
        raise Unreadable("Het bestand heeft geen gebieden.")
    missing = {"gemeentecode", "water", "jaar"} - set(features[0]["properties"])
    if missing:
        raise Unreadable(f"Dit is niet het gemeentebestand van CBS en Kadaster: {min(missing)} ontbreekt.")
    return features


def _is_feature(feature: object) -> bool:
    return isinstance(feature, dict) and isinstance(feature.get("properties"), dict)


def _municipalities(
    features: list[Mapping[str, Any]], findings: Findings
) -> list[tuple[int, Mapping[str, Any]]]:
    """The features that are land of a real municipality; what is left out is counted."""
    kept: list[tuple[int, Mapping[str, Any]]] = []
    first_place: dict[str, int] = {}
    water = pseudo = 0
    for place, feature in enumerate(features, start=1):
        properties = feature["properties"]
        written = properties.get("gemeentecode")
        code = municipality_code(written)
        if code is None:
            problem = f"'{written}' is geen gemeentecode. Een gemeentecode is GM met vier cijfers."
            findings.error(place, "gemeentecode", written, problem)
        elif code == PSEUDO_MUNICIPALITY:
            pseudo += 1
        elif properties.get("water") == "JA":
            water += 1
        elif properties.get("water") != "NEE":
            problem = f"'{properties.get('water')}' is onbekend. Verwacht wordt JA of NEE."
            findings.error(place, "water", properties.get("water"), problem)
        elif code in first_place:
            problem = (
                f"dubbele code {code}: deze gemeente staat ook in rij {first_place[code]}."
                " Laat één van de twee rijen weg."
            )
            findings.error(place, "gemeentecode", code, problem)
        else:
            first_place[code] = place
            kept.append((place, properties))
    _note_skipped(findings, water=water, pseudo=pseudo)
    return kept


def _note_skipped(findings: Findings, *, water: int, pseudo: int) -> None:
    if water:
        parts = "1 waterdeel" if water == 1 else f"{dutch_number(water)} waterdelen"
        findings.notes.append(f"{parts} overgeslagen: met de code van een gemeente, maar zonder cijfers.")
    if pseudo:
        findings.notes.append(skipped_pseudo(pseudo))


def _rows(place: int, properties: Mapping[str, Any], findings: Findings) -> list[StagedRow]:
    code, year = municipality_code(properties["gemeentecode"]), properties.get("jaar")
    if type(year) is not int or not 1900 <= year <= 9999 or code is None:
        problem = f"'{year}' is geen jaar. Vul een jaar van vier cijfers in."
        findings.error(place, "jaar", year, problem)
        return []
    names = {name for _, *pair in INDICATORS for name in pair}
    counts = {name: _count(place, name, properties.get(name), findings) for name in sorted(names)}
    rows = []
    for indicator, numerator, denominator in INDICATORS:
        x, n = counts[numerator], counts[denominator]
        if x is None or n is None:
            rows.append(StagedRow(place, code, str(year), indicator, None, n, "not_available"))
        else:
            rows.append(StagedRow(place, code, str(year), indicator, x, n, "reported"))
    return rows


def _count(place: int, column: str, value: object, findings: Findings) -> int | None:
    """The count, or None where the file has no figure or a wrong one (noted as an error)."""
    if value is None or value in NO_FIGURE:
        return None
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is not int or value < 0:
        problem = f"'{value}' is geen aantal. Vul een heel getal van 0 of meer in."
        findings.error(place, column, value, problem)
        return None
    return value
