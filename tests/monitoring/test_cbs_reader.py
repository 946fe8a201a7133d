"""The municipality files of CBS and Kadaster: totals, statuses and refusals."""

import hashlib
import io
from pathlib import Path

import pytest

from monitoring import readers
from portal.findings import fingerprint
from tests.monitoring.written_files import cbs, geojson_of, message, read_places

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
NML = [
    *("GM0889", "GM0893", "GM0907", "GM0946", "GM0957", "GM0983", "GM0984"),
    *("GM0988", "GM1507", "GM1640", "GM1641", "GM1669", "GM1711", "GM1894"),
]


@pytest.mark.parametrize(
    ("year", "municipalities", "inhabitants", "nml", "skipped"),
    [
        (2022, 345, 17_590_672, 516_266, ("82 waterdelen", "1 rij met GM0998")),
        (2023, 342, 17_811_291, 522_672, ("1 rij met GM0998",)),
    ],
)
def test_the_real_municipality_file_gives_its_known_totals(year, municipalities, inhabitants, nml, skipped):
    path = SHARED / f"gemeenten_{year}_cbs_pdok.geojson"
    if not path.exists():
        pytest.skip(f"the municipality file {path.name} is not on this machine")
    content = path.read_bytes()
    outcome = read_places(content)
    assert outcome.issues == ()
    assert fingerprint(io.BytesIO(content)) == hashlib.sha256(content).hexdigest()
    assert len(outcome.notes) == len(skipped)
    assert all(note.startswith(start) for note, start in zip(outcome.notes, skipped, strict=True))
    for indicator in ("inwoners-per-huishouden", "inwoners-per-km2"):
        counts = {r.area_code: r.numerator for r in outcome.rows if r.indicator_code == indicator}
        assert len(counts) == municipalities
        assert sum(counts.values()) == inhabitants
        assert sum(counts[code] for code in NML) == nml
    assert {(r.period, r.status) for r in outcome.rows} == {(str(year), "reported")}


def test_cbs_row_keeps_its_place_in_the_file_and_both_counts():
    outcome = read_places(geojson_of(cbs(water="JA", people=-99999999), cbs()))
    assert outcome.issues == ()
    assert outcome.rows == (
        (2, "GM0944", "2022", "inwoners-per-huishouden", 7932, 3546, "reported"),
        (2, "GM0944", "2022", "inwoners-per-km2", 7932, 1736, "reported"),
    )


@pytest.mark.parametrize("sentinel", [-99999999, -99997, -99999999.0, None])
def test_cbs_sentinel_becomes_a_status_and_never_a_number(sentinel):
    outcome = read_places(geojson_of(cbs(homes=sentinel)))
    household, density = outcome.rows
    assert outcome.issues == ()
    assert household[4:] == (None, None, "not_available")
    assert density[4:] == (7932, 1736, "reported")


def test_cbs_missing_numerator_keeps_its_denominator():
    household, _ = read_places(geojson_of(cbs(people=-99997))).rows
    assert household[4:] == (None, 3546, "not_available")


def test_cbs_pseudo_municipality_is_skipped_by_rule_and_counted():
    outcome = read_places(geojson_of(cbs(), cbs("GM0998", water="B"), cbs("GM0998")))
    assert {row.area_code for row in outcome.rows} == {"GM0944"}
    assert outcome.notes == ("2 rijen met GM0998 Buitenland overgeslagen: dit is geen gemeente.",)


def test_cbs_land_twice_is_an_error_naming_both_rows():
    sentence = message(read_places(geojson_of(cbs(), cbs("GM0001"), cbs())))
    assert sentence.startswith("Rij 3, kolom gemeentecode: dubbele code GM0944")
    assert "ook in rij 1" in sentence


@pytest.mark.parametrize(
    ("properties", "start"),
    [
        (cbs("NL01"), "Rij 1, kolom gemeentecode: 'NL01' is geen gemeentecode."),
        (cbs(water="B"), "Rij 1, kolom water: 'B' is onbekend."),
        (cbs(jaar="nu"), "Rij 1, kolom jaar: 'nu' is geen jaar."),
        (cbs(people=-5), "Rij 1, kolom aantalInwoners: '-5' is geen aantal."),
        (cbs(people=1.5), "Rij 1, kolom aantalInwoners: '1.5' is geen aantal."),
        (cbs(people=float("nan")), "Rij 1, kolom aantalInwoners: 'nan' is geen aantal."),
        (cbs(people="7932"), "Rij 1, kolom aantalInwoners: '7932' is geen aantal."),
    ],
)
def test_cbs_wrong_value_is_an_error_with_row_column_and_value(properties, start):
    # A second, good municipality: a file without any has an error of its own.
    outcome = read_places(geojson_of(properties, cbs("GM0001")))
    assert message(outcome).startswith(start)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand is leeg. Kies een bestand met gegevens."),
        (b"  \n", "Het bestand is leeg. Kies een bestand met gegevens."),
        (b"{", "Dit is geen leesbaar GeoJSON-bestand."),
        (b"\xff\xfe\x00", "Dit is geen leesbaar GeoJSON-bestand."),
        (b"[" * 100_000, "Dit is geen leesbaar GeoJSON-bestand."),
        (b"[]", "Dit is geen GeoJSON-bestand met gebieden (FeatureCollection)."),
        (b'{"features": [1]}', "Dit is geen GeoJSON-bestand met gebieden (FeatureCollection)."),
        (b'{"features": []}', "Het bestand heeft geen gebieden."),
        (
            b'{"features": [{"properties": {"gemeentecode": "GM0001", "jaar": 2022}}]}',
            "Dit is niet het gemeentebestand van CBS en Kadaster: water ontbreekt.",
        ),
        (geojson_of(cbs(water="JA")), "In het bestand staat geen enkele gemeente."),
    ],
)
def test_a_file_that_is_no_municipality_file_is_refused(content, sentence):
    outcome = read_places(content)
    assert message(outcome) == sentence
    assert outcome.rows == ()


def test_a_file_of_places_that_is_too_large_to_be_read_as_a_whole_is_refused(monkeypatch):
    monkeypatch.setattr(readers.cbs, "LARGEST", 10)
    sentence = (
        "Het GeoJSON-bestand is te groot: 0 MB, en het mag 0 MB zijn. Kies bij de bron het bestand met "
        "eenvoudige grenzen; de cijfers zijn dezelfde."
    )
    assert message(read_places(geojson_of(cbs()))) == sentence
