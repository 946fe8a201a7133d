"""A file goes in whole or not at all, and every observation knows its file and row."""

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from monitoring import imports
from monitoring.imports import AlreadyImported, ImportRefused, import_observations
from monitoring.models import Delivery, ImportFile, Observation, Period, Status
from partners.models import Area
from portal.management.commands.grant_app_role import PG_WITH_MAINTAIN, server_version
from tests import factories

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FIGURES = Path(imports.__file__).parent / "data" / "kerncijfers.csv"
HEADER = "gemeentecode;periode;indicator;teller;noemer"


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.fixture
def analyst():
    return factories.make_person("Anton Analist")


def table(*rows):
    return "\n".join([HEADER, *rows]).encode()


def one(code="GM0983", when="2022", indicator="vroeggeboorte", x="136", n="919"):
    return f"{code};{when};{indicator};{x};{n}"


def take_in(*rows, by=None, name="levering.csv"):
    return import_observations(source=io.BytesIO(table(*rows)), filename=name, by=by)


def refusal(*rows):
    """The Dutch sentences of a refused file; nothing may be left behind."""
    before = (ImportFile.objects.count(), Observation.objects.count(), Period.objects.count())
    with pytest.raises(ImportRefused) as refused:
        take_in(*rows)
    after = (ImportFile.objects.count(), Observation.objects.count(), Period.objects.count())
    assert after == before
    assert str(refused.value) == ("Er is niets opgeslagen. Verbeter eerst de fouten in het bestand.")
    return [issue.message for issue in refused.value.issues]


def municipality_file(year):
    """A file as CBS and Kadaster make it, from the portal's own table of figures."""
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == str(year)]
    features = [
        {
            "properties": {
                "gemeentecode": row["code"],
                "water": "NEE",
                "jaar": year,
                "aantalInwoners": int(row["inhabitants"]),
                "aantalHuishoudens": int(row["households"]),
                "oppervlakteLandInHa": int(row["land_ha"]),
            }
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def total(year, indicator="inwoners-per-huishouden"):
    found = Observation.objects.current().filter(period__code=year, indicator__code=indicator)
    return found.aggregate(total=Sum("numerator"))["total"]


def test_an_observation_knows_its_file_row_and_reader(analyst):
    imported = take_in(one(), one("889", x="<10", n="113"), by=analyst, name="map/levering.csv")
    assert (imported.name, imported.imported_by) == ("levering.csv", analyst)
    assert (imported.row_count, imported.new_count) == (2, 2)
    assert (imported.revised_count, imported.unchanged_count) == (0, 0)
    assert len(imported.sha256) == 64
    assert imported.notes == ["Anders geschreven codes: 1, bijvoorbeeld '889' als GM0889."]
    assert timezone.now() - imported.imported_at < datetime.timedelta(minutes=1)
    found = list(
        Observation.objects.order_by("row_number").values_list(
            "area__code", "period__code", "numerator", "denominator", "status", "row_number"
        )
    )
    assert found == [
        ("GM0983", "2022", 136, 919, Status.REPORTED, 2),
        ("GM0889", "2022", None, 113, Status.WITHHELD, 3),
    ]
    assert set(Observation.objects.values_list("import_file", flat=True)) == {imported.pk}


@pytest.mark.parametrize(
    ("year", "municipalities", "inhabitants"), [(2022, 345, 17_590_672), (2023, 342, 17_811_291)]
)
def test_a_municipality_file_of_cbs_gives_the_known_totals(year, municipalities, inhabitants):
    imported = import_observations(
        source=io.BytesIO(municipality_file(year)), filename="gemeenten.geojson", by=None
    )
    assert imported.new_count == 2 * municipalities
    assert total(year) == total(year, "inwoners-per-km2") == inhabitants
    assert Period.objects.get(code=year).reference_date == datetime.date(year, 1, 1)


def test_the_real_files_give_the_totals_of_the_regions():
    paths = [SHARED / f"gemeenten_{year}_cbs_pdok.geojson" for year in (2022, 2023)]
    if missing := [path.name for path in paths if not path.exists()]:
        pytest.skip(f"the municipality file {missing[0]} is not on this machine")
    for path in paths:
        import_observations(source=io.BytesIO(path.read_bytes()), filename=path.name, by=None)
    assert (total(2022), total(2023)) == (17_590_672, 17_811_291)
    region = Area.objects.get(code="ggd-limburg-noord")
    members = Area.objects.members_of(region, on=datetime.date(2022, 1, 1))
    counts = Observation.objects.filter(
        period__code="2022", indicator__code="inwoners-per-km2", area__in=members
    )
    assert counts.aggregate(total=Sum("numerator"))["total"] == 524_255


def test_the_same_file_again_has_no_effect_and_says_when_it_was_read():
    first = take_in(one())
    with pytest.raises(AlreadyImported) as again:
        take_in(one(), name="andere-naam.csv")
    at = timezone.localtime(first.imported_at)
    assert str(again.value).startswith(f"Dit bestand is al ingelezen op {at.day} ")
    assert f"{at:%H.%M} uur. Er is niets veranderd." in str(again.value)
    assert again.value.import_file == first
    assert Observation.objects.count() == ImportFile.objects.count() == 1


def test_another_value_is_a_revision_and_the_old_row_stays():
    take_in(one(x="136"))
    revised = take_in(one(x="140"), one("GM0889"))
    assert (revised.new_count, revised.revised_count, revised.unchanged_count) == (1, 1, 0)
    old, new = Observation.objects.filter(area__code="GM0983").order_by("pk")
    assert (old.numerator, new.numerator) == (136, 140)
    assert old.superseded_at is not None
    assert new.superseded_at is None
    assert new.import_file == revised


@pytest.mark.parametrize("row", [one(x="x"), one(n="920"), one(x="137")])
def test_a_change_of_status_numerator_or_denominator_is_a_revision(row):
    take_in(one())
    assert take_in(row).revised_count == 1
    assert Observation.objects.current().count() == 1


def test_an_equal_value_in_another_file_is_counted_and_not_stored_again():
    take_in(one(), one("GM0889", x="x"))
    again = take_in(one("GM0889", x="x"), one())
    assert (again.new_count, again.revised_count, again.unchanged_count) == (0, 0, 2)
    assert Observation.objects.count() == 2


def test_an_unknown_municipality_code_is_refused():
    assert refusal(one(), one("GM9999")) == [
        ("Rij 3, kolom gemeentecode: gemeentecode GM9999 bestaat niet. Zoek de code op bij Gemeenten.")
    ]


def test_a_municipality_that_is_gone_is_refused_with_its_successor():
    assert refusal(one("GM0501", when="2023")) == [
        (
            "Rij 2, kolom gemeentecode: gemeente Brielle (GM0501) bestaat niet meer sinds"
            " 1 januari 2023. Gebruik de code van de opvolger: Voorne aan Zee (GM1992), of laat het portaal"
            " optellen: kies bij de kolommen ‘Tel rijen … op’."
        )
    ]


def test_a_municipality_that_was_split_is_refused_with_all_its_successors():
    (sentence,) = refusal(one("GM0788", when="2021"))
    assert sentence.endswith(
        "Gebruik de code van de opvolger: Boxtel (GM0757), Oisterwijk (GM0824),"
        " Tilburg (GM0855), Vught (GM0865)."
    )


def test_a_municipality_that_did_not_exist_yet_is_refused_with_its_predecessors():
    assert refusal(one("GM1992", when="2022")) == [
        (
            "Rij 2, kolom gemeentecode: gemeente Voorne aan Zee (GM1992) bestaat pas sinds"
            " 1 januari 2023. Gebruik de codes van toen: Brielle (GM0501),"
            " Hellevoetsluis (GM0530), Westvoorne (GM0614)."
        )
    ]


def test_a_municipality_that_merged_later_in_the_year_is_accepted():
    assert take_in(one("GM0457")).new_count == 1


def test_an_unknown_indicator_is_refused():
    assert refusal(one(indicator="geluk")) == [
        (
            "Rij 2, kolom indicator: indicator 'geluk' is onbekend."
            " Gebruik een code uit de lijst met indicatoren."
        )
    ]


def test_a_period_in_the_future_is_refused():
    year = timezone.localdate().year + 1
    assert refusal(one(when=year)) == [
        (f"Rij 2, kolom periode: periode {year} ligt in de toekomst. Lever alleen jaren die begonnen zijn.")
    ]


def test_a_period_before_the_first_known_division_is_refused():
    assert refusal(one(when="2019")) == [
        (
            "Rij 2, kolom periode: periode 2019 is te oud: het portaal kent de gemeenten vanaf"
            " 1 januari 2020. Laat deze rij weg."
        )
    ]


def test_an_unknown_reference_date_needs_a_period_that_the_portal_knows():
    Period.objects.get(code="onbekend").delete()
    row = one("GM0370", when="onbekend", indicator="kinderen-0-4", x="500", n="10000")
    assert refusal(row) == [
        "Rij 2, kolom periode: periode 'onbekend' is onbekend. Vul een jaar in, bijvoorbeeld 2022."
    ]
    Period.objects.create(
        code="onbekend", label="peildatum niet bekend", reference_date=datetime.date(2021, 1, 1)
    )
    assert take_in(row).new_count == 1


def test_a_figure_that_is_there_twice_is_refused_naming_both_rows():
    assert refusal(one(), one("GM0889"), one("983", x="140")) == [
        (
            "Rij 4, kolom gemeentecode: GM0983 staat met dezelfde indicator en periode"
            " ook in rij 2. Laat één van de twee rijen weg."
        )
    ]


def test_every_wrong_row_is_named_in_the_order_of_the_file():
    sentences = refusal(one("GM9999"), one(indicator="geluk"), one("GM9998"))
    assert [sentence[:5] for sentence in sentences] == ["Rij 2", "Rij 3", "Rij 4"]


def test_a_file_with_errors_of_its_own_is_refused_before_the_database_is_asked():
    with pytest.raises(ImportRefused) as refused:
        import_observations(
            source=io.BytesIO(b"gemeentecode;periode;indicator;percentage\nGM0983;2022;big2;14,8"),
            filename="levering.csv",
            by=None,
        )
    (issue,) = refused.value.issues
    assert "geen teller en noemer: niet op te tellen" in issue.message
    assert not ImportFile.objects.exists()


def test_nothing_is_left_behind_when_the_last_step_fails(monkeypatch):
    take_in(one())
    monkeypatch.setattr(imports, "INSERT", "SELECT 1 / 0 WHERE %s IS NOT NULL AND %s > 0")
    with pytest.raises(Exception, match="division by zero"):
        take_in(one(x="140"))
    assert Observation.objects.current().get().numerator == 136
    assert ImportFile.objects.count() == 1


def test_a_file_with_a_citizen_number_leaves_nothing_behind():
    content = (
        b"gemeentecode;periode;indicator;teller;noemer;opmerking\n"
        b"GM0983;2022;vroeggeboorte;60;900;111222333\n"
    )
    with pytest.raises(ImportRefused):
        import_observations(source=io.BytesIO(content), filename="levering.csv", by=None)
    assert not ImportFile.objects.exists()
    assert not Observation.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_rows():
    def queries(year):
        content = municipality_file(year)
        with connection.execute_wrapper(count):
            counted.clear()
            import_observations(source=io.BytesIO(content), filename="a.geojson", by=None)
        return len(counted)

    counted = []

    def count(execute, sql, params, many, context):
        counted.append(sql)
        return execute(sql, params, many, context)

    # The first delivery of all also opens the draft of a release.
    take_in(one("GM0889"))
    with connection.execute_wrapper(count):
        take_in(one())
    small = len(counted)
    # A table also asks for the names of areas and of hospitals.
    assert queries(2022) == small - 2


@pytest.fixture
def never_counted():
    """Nobody knows of many figures, as PostgreSQL may of those that an earlier test took back."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE monitoring_observation")


def columns_with_statistics():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'monitoring_observation'")
        return cursor.fetchone()[0]


def test_after_a_very_large_delivery_the_table_has_statistics(monkeypatch, as_app, never_counted):
    if server_version() < PG_WITH_MAINTAIN:
        pytest.skip("before PostgreSQL 17 only the owner of a table may renew its statistics")
    assert columns_with_statistics() == 0
    monkeypatch.setattr(imports, "MANY_ROWS", 2)
    with as_app():
        take_in(one("GM0889"), one())
        assert columns_with_statistics() == 0
        take_in(one(when="2021"), one("GM0889", when="2021"), one("GM0988", when="2021"), name="veel.csv")
    assert columns_with_statistics() > 0


def test_a_delivery_that_is_small_beside_what_is_there_leaves_the_statistics(monkeypatch, never_counted):
    asked = []

    def keep(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    monkeypatch.setattr(imports, "MANY_ROWS", 1)
    with connection.execute_wrapper(keep):
        import_observations(source=io.BytesIO(municipality_file(2022)), filename="a.geojson", by=None)
        assert asked.count("ANALYZE monitoring_observation") == 1
        take_in(one("GM0889"), one())
    assert asked.count("ANALYZE monitoring_observation") == 1


def test_the_command_reads_a_file_and_tells_what_it_did(analyst, tmp_path, capsys):
    path = tmp_path / "levering.csv"
    path.write_bytes(table(one(), one("GM0998")))
    call_command("import_observations", str(path), by=analyst.email, source="JGZ")
    assert capsys.readouterr().out.splitlines() == [
        "1 rij met GM0998 Buitenland overgeslagen: dit is geen gemeente.",
        "levering.csv: 1 rijen gelezen, 1 nieuw, 0 gewijzigd, 0 gelijk.",
    ]
    imported = ImportFile.objects.get()
    assert (imported.imported_by, imported.source_name) == (analyst, "JGZ")
    call_command("import_observations", str(path))
    assert "Dit bestand is al ingelezen op" in capsys.readouterr().out


def test_the_command_prints_every_error_and_fails(tmp_path, capsys):
    path = tmp_path / "levering.csv"
    path.write_bytes(table(one("GM9999"), one("GM9998")))
    with pytest.raises(CommandError) as failed:
        call_command("import_observations", str(path))
    assert failed.value.returncode == 1
    assert str(failed.value).startswith("Er is niets opgeslagen.")
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_the_command_refuses_a_missing_file_and_an_unknown_person(tmp_path):
    with pytest.raises(CommandError, match="is niet te openen"):
        call_command("import_observations", str(tmp_path / "weg.csv"))
    path = tmp_path / "levering.csv"
    path.write_bytes(table(one()))
    with pytest.raises(CommandError, match="geen account met het e-mailadres"):
        call_command("import_observations", str(path), by="niemand@example.org")


def test_the_command_can_leave_a_file_for_an_analyst_to_look_at(analyst, tmp_path, capsys):
    path = tmp_path / "levering.csv"
    path.write_bytes(table(one()))
    with pytest.raises(CommandError, match="Noem met --by namens wie"):
        call_command("import_observations", str(path), deliver=True)
    call_command("import_observations", str(path), deliver=True, by=analyst.email, source="JGZ")
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.created_by, delivery.source_name) == ("checked", analyst, "JGZ")
    assert delivery.get_absolute_url() in capsys.readouterr().out
    assert not ImportFile.objects.exists()
