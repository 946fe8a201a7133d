"""Borders in the database: only those of a whole division, and only on maps of that division."""

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partners import fixed_facts
from partners.boundaries import BoundariesRefused, import_boundaries, outlines
from partners.models import Area, AreaShape, AreaSuccession, BoundaryFile
from tests import factories
from tests.partners.test_boundary_files import feature, file, square

pytestmark = pytest.mark.django_db

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "gemeenten_2022_cbs_pdok.geojson"


@pytest.fixture
def towns() -> dict[str, Area]:
    """Three towns, of which one went over into another in 2023."""
    gone, taker = factories.make_area("Weert", code="GM0988"), factories.make_area("Venlo", code="GM0983")
    stayed = factories.make_area("Beesel", code="GM0889")
    day = datetime.date(2023, 1, 1)
    Area.objects.filter(pk=gone.pk).update(valid_to=day)
    AreaSuccession.objects.create(predecessor=gone, successor=taker, on=day, kind="full")
    return {"gone": gone, "taker": taker, "stayed": stayed}


def borders(year: int, *codes: str) -> bytes:
    return file(*(feature(code, square(6 + place / 10, 51.2), jaar=year) for place, code in enumerate(codes)))


ALL = ("GM0983", "GM0889", "GM0988")


def test_borders_are_kept_with_their_day_and_who_brought_them(towns):
    by = factories.make_person("Noor")
    found = import_boundaries(content=borders(2022, *ALL), filename="map/2022.geojson", by=by)
    assert found.imported_by == by
    assert (found.name, found.valid_from, found.area_count) == ("2022.geojson", datetime.date(2022, 1, 1), 3)
    shape = AreaShape.objects.get(area=towns["stayed"])
    assert shape.outline[0][0][0] == shape.outline[0][0][-1]


def test_a_map_has_the_borders_of_the_year_of_its_figures(towns):
    import_boundaries(content=borders(2022, *ALL), filename="2022.geojson", by=None)
    both = [towns["taker"].pk, towns["stayed"].pk]
    # No municipality came or went between: the borders of 2022 hold in 2021 as well, but not after.
    for year, day in ((2021, 2022), (2022, 2022), (2023, None), (2024, None)):
        found = outlines(both, on=datetime.date(year, 1, 1))
        assert (found.day.year if found else None) == day
    import_boundaries(content=borders(2023, *ALL[:2]), filename="2023.geojson", by=None)
    for year, day in ((2022, 2022), (2023, 2023), (2024, 2023)):
        assert outlines(both, on=datetime.date(year, 1, 1)).day.year == day


def test_a_map_is_never_half_with_borders(towns):
    import_boundaries(content=borders(2023, *ALL[:2]), filename="2023.geojson", by=None)
    everything = [area.pk for area in towns.values()]
    assert outlines(everything, on=datetime.date(2023, 1, 1)) is None
    assert outlines([], on=datetime.date(2023, 1, 1)) is None


def test_a_later_file_of_the_same_day_takes_its_place(towns):
    for name in ("eerst.geojson", "later.geojson"):
        import_boundaries(content=borders(2022, *ALL), filename=name, by=None)
    assert BoundaryFile.objects.get().name == "later.geojson"
    assert AreaShape.objects.count() == 3


@pytest.mark.parametrize(
    ("year", "codes", "sentence"),
    [
        (2022, (*ALL, "GM9999"), "GM9999 is op 1 januari 2022 geen gemeente"),
        (2023, ALL, "GM0988 is op 1 januari 2023 geen gemeente"),
        (2022, ALL[:2], "ontbreken gemeenten van 1 januari 2022: Weert (GM0988)."),
        (2099, ALL[:2], "Grenzen van 2099 zijn er nog niet"),
    ],
)
def test_borders_of_another_division_are_refused_and_nothing_changes(towns, year, codes, sentence):
    import_boundaries(content=borders(2022, *ALL), filename="goed.geojson", by=None)
    with pytest.raises(BoundariesRefused) as refusal:
        import_boundaries(content=borders(year, *codes), filename="fout.geojson", by=None)
    assert sentence in " ".join(issue.message for issue in refusal.value.issues)
    assert BoundaryFile.objects.get().name == "goed.geojson"


def test_the_command_reads_a_file_and_says_what_is_wrong(towns, tmp_path, capsys):
    path = tmp_path / "grenzen.geojson"
    path.write_bytes(borders(2022, *ALL))
    call_command("import_boundaries", path)
    assert "grenzen van 3 gemeenten op 01-01-2022" in capsys.readouterr().out
    path.write_bytes(b"geen kaart")
    with pytest.raises(CommandError, match="Er is niets opgeslagen"):
        call_command("import_boundaries", path)
    assert "geen GeoJSON-bestand" in capsys.readouterr().err
    with pytest.raises(CommandError, match="niet te openen"):
        call_command("import_boundaries", tmp_path / "nergens.geojson")
    with pytest.raises(CommandError, match="geen account"):
        call_command("import_boundaries", path, by="niemand@voorbeeld.example")


def test_the_real_file_of_2022_has_all_its_municipalities():
    if not REAL.exists():
        pytest.skip(f"the boundary file {REAL.name} is not on this machine")
    fixed_facts.load()
    found = import_boundaries(content=REAL.read_bytes(), filename=REAL.name, by=None)
    assert found.area_count == 345
    assert any("82 waterdelen" in note for note in found.notes)
    on = datetime.date(2022, 1, 1)
    known = Area.objects.municipalities().on(on).values_list("pk", "longitude", "latitude")
    shapes = outlines([pk for pk, *_ in known], on=on)
    assert shapes.day == on
    # The middle that the portal's own table gives lies within the borders' box; a few hollow ones aside.
    inside = 0
    for pk, longitude, latitude in known:
        points = [point for polygon in shapes.by_area[pk] for ring in polygon for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        inside += min(xs) <= longitude <= max(xs) and min(ys) <= latitude <= max(ys)
    assert inside == 345
