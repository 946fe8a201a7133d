"""Which files are read as a table of organisations, and what is kept of each."""

import pytest

from coalitions.imports import plans
from portal.acts import Refused
from portal.findings import Unreadable
from portal.import_plans import Fate, PlanStep
from tests.coalitions.imports.tables import HEADER, checked, csv_of, fates, saved, xlsx_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("types")]


@pytest.mark.parametrize("sep", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_common_kind_of_csv_is_read(coalition, coordinator, sep, encoding):
    content = csv_of(["Naam", "Soort"], ["Súdwest zorg", "welzijn"], sep=sep, encoding=encoding)
    plan = checked(coalition, coordinator, content)
    assert plan.rows.get().values["name"] == "Súdwest zorg"


def test_a_workbook_with_a_merged_title_numbers_and_formulas_is_read(coalition, coordinator):
    content = xlsx_of(
        ["Naam", "Soort", "KvK"],
        ["A", "welzijn", 1234567],
        titles=("Leden van onze coalitie", ""),
        merged="A1:C1",
    )
    plan = checked(coalition, coordinator, content, name="leden.xlsx")
    assert plan.rows.get().values["kvk"] == "01234567"
    assert plan.rows.get().line == 4
    assert plan.notes == ["De koppen staan in regel 3; wat erboven staat is niet gelezen."]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "leden.csv", "leeg"),
        (b"Naam;Soort\r\n", "leden.csv", "geen regels onder de koppen"),
        (b"PK\x03\x04 kapot", "leden.xlsx", "niet te openen"),
        (b"%PDF-1.7 leden", "leden.pdf", "Dit is een PDF, geen tabel"),
        (b"%PDF-1.7 leden", "leden.csv", "Dit is een PDF, geen tabel"),
        (b"\xff\xd8\xff\xe0", "scan.jpg", "Dit is een foto, geen tabel"),
        (b"PK\x03\x04 brief", "leden.docx", "Dit is een tekstdocument, geen tabel"),
        (b"\xd0\xcf\x11\xe0 brief", "leden.doc", "Dit is een tekstdocument, geen tabel"),
        (b"Naam\r\nA\r\n", "leden.xlsm", "macro"),
        (b"Naam\r\n" + b"A\r\n" * 5002, "leden.csv", "meer dan 5.000 rijen"),
        (b"x" * (10 * 1024 * 1024 + 1), "leden.csv", "te groot"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(coalition, coordinator, content, name, words):
    with pytest.raises(Unreadable, match=words):
        plans.bring_in(coalition=coalition, kind="members", content=content, filename=name, by=coordinator)
    assert not coalition.member_imports.exists()


def test_columns_are_remembered_for_the_same_headings(coalition, coordinator):
    content = csv_of(["Wie", "Wat voor"], ["A", "welzijn"])
    plan = plans.bring_in(
        coalition=coalition, kind="members", content=content, filename="a.csv", by=coordinator
    )
    assert plan.mapping == {}
    with pytest.raises(plans.ColumnMissing, match="Naam"):
        plans.tie_columns(plan=plan, mapping={}, by=coordinator)
    plans.tie_columns(plan=plan, mapping={"name": 0, "type_id": 1}, by=coordinator)
    content = csv_of(["Wie", "Wat voor"], ["B", "welzijn"])
    again = plans.bring_in(
        coalition=coalition, kind="members", content=content, filename="b.csv", by=coordinator
    )
    assert again.mapping == {"name": 0, "type_id": 1}


def test_the_same_file_twice_says_so_and_changes_nothing(coalition, coordinator):
    content = csv_of(HEADER, ["A", "welzijn", "", ""])
    saved(coalition, coordinator, content)
    again = checked(coalition, coordinator, content)
    assert again.notes[0].startswith("Dit bestand is al ingelezen op ")
    assert fates(again) == [Fate.UNCHANGED]
    with pytest.raises(plans.NothingToDo):
        plans.confirm(plan=again, skips_errors=False, by=coordinator)


def test_a_plan_is_saved_once(coalition, coordinator):
    plan = saved(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", ""]))
    with pytest.raises(Refused, match="intussen verder"):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    assert coalition.memberships.count() == 1


def test_a_stopped_plan_keeps_no_cells(coalition, coordinator):
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", ""]))
    plan = plans.cancel(plan=plan, by=coordinator)
    assert (plan.step, plan.rows.count()) == (PlanStep.CANCELLED, 0)
    with pytest.raises(plans.NotNow):
        plans.cancel(plan=plan, by=coordinator)
