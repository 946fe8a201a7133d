"""What each kind of bad input gets: the rows of the table in the specification, for members and people.

Files as such (encodings, bombs, macros, sheets) are read by the same reader as figures:
`tests/monitoring/test_table_files.py` has those.
"""

import unicodedata

import pytest

from coalitions.imports import plans
from coalitions.models import MembershipState
from partners.models import Organisation
from portal.findings import Unreadable
from tests import factories
from tests.coalitions.imports.tables import HEADER, Fate, checked, csv_of, fates, saved, words, xlsx_of

pytestmark = pytest.mark.usefixtures("types")

UNKNOWN = (
    "Gemeente: kennen we niet. Schrijf de naam precies zoals het CBS, of de code. "
    "Bij twee Bergens: Bergen (L.) of GM0893."
)


@pytest.mark.parametrize("written", ["983", "0983", "GM983", "gm0983", "Gemeente Venlo", "venlo"])
def test_a_municipality_written_otherwise_is_read_and_noted(coalition, coordinator, written):
    row = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", written, ""])).rows.get()
    assert row.fate == Fate.CREATE
    assert row.values["municipality_id"] == coalition.municipalities().get(code="GM0983").pk
    assert row.notes == [f"Gemeente: ‘{written}’ is gelezen als ‘Venlo (GM0983)’."]


@pytest.mark.parametrize("written", ["Venlo", " GM0983\u00a0", "GM0983 ", "Venlo (GM0983)"])
def test_a_municipality_written_in_full_needs_no_note(coalition, coordinator, written):
    row = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", written, ""])).rows.get()
    assert (row.fate, row.notes) == (Fate.CREATE, [])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_with_accents_are_one_in_every_form(coalition, coordinator, form):
    factories.make_area("Súdwest-Fryslân", code="GM1900")
    once = ["Zorg fan Súdwest", "welzijn", "Súdwest-Fryslân", ""]
    saved(coalition, coordinator, csv_of(HEADER, [unicodedata.normalize(form, cell) for cell in once]))
    row = checked(coalition, coordinator, csv_of(HEADER, once)).rows.get()
    assert (row.fate, row.notes) == (Fate.UNCHANGED, [])


@pytest.mark.parametrize("written", ["GM9999", "GM0998", "Buitenland", "Venloo", "Ven", "Bergen"])
def test_a_municipality_is_never_guessed(coalition, coordinator, written):
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", written, ""]))
    assert words(plan) == [UNKNOWN]


@pytest.mark.parametrize(
    ("field", "heading", "value"),
    [
        ("kvk", "KvK-nummer", "12345678"),
        ("rsin", "RSIN", "812345678"),
        ("agb", "AGB-code", "12345678"),
        ("oin", "OIN", "00000001234567890000"),
    ],
)
def test_every_number_finds_its_organisation(coalition, coordinator, field, heading, value):
    known = factories.make_organisation("Heel andere naam")
    Organisation.objects.filter(pk=known.pk).update(**{field: value})
    plan = checked(coalition, coordinator, csv_of(["Naam", "Soort", heading], ["X", "welzijn", value]))
    assert plan.rows.get().organisation == known


def test_a_branch_finds_its_organisation_and_needs_the_kvk_number(coalition, coordinator):
    known = factories.make_organisation("Heel andere naam")
    Organisation.objects.filter(pk=known.pk).update(kvk="12345678", branch="000012345678")
    header = ["Naam", "Soort", "Vestigingsnummer"]
    content = csv_of(header, ["X", "welzijn", "000012345678"], ["Y", "welzijn", "000087654321"])
    plan = checked(coalition, coordinator, content)
    assert plan.rows.first().organisation == known
    assert words(plan) == ["Vestigingsnummer: Bij een vestigingsnummer hoort een KvK-nummer. Vul het ook in."]


def test_the_exact_name_in_the_same_municipality_is_the_same_organisation(coalition, coordinator):
    venlo = coalition.municipalities().get(code="GM0983")
    known = factories.make_organisation("Welzijn Súd", municipality=venlo)
    row = checked(coalition, coordinator, csv_of(HEADER, ["welzijn sud", "welzijn", "Venlo", ""])).rows.get()
    assert (row.fate, row.organisation) == (Fate.CREATE, known)


@pytest.mark.parametrize("name", ["Kraamzorg Noord en Midden Limburgh", "Kraamzorg Noord en Midden-Limburg"])
def test_a_name_like_another_is_asked_and_never_joined(coalition, coordinator, name):
    venlo = coalition.municipalities().get(code="GM0983")
    factories.make_organisation("Kraamzorg Noord- en Midden-Limburg", municipality=venlo)
    row = checked(coalition, coordinator, csv_of(HEADER, [name, "welzijn", "Venlo", ""])).rows.get()
    assert (row.fate, row.organisation) == (Fate.ASK, None)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_name_that_a_spreadsheet_would_run_comes_in_as_text_and_goes_out_harmless(
    coalition, coordinator, log_in, start
):
    name = f"{start}HYPERLINK(1)"
    saved(coalition, coordinator, csv_of(HEADER, [name, "welzijn", "", ""]))
    organisation = coalition.memberships.get().organisation
    assert organisation.name == name
    factories.make_member(factories.make_coalition(), organisation)
    content = log_in(coordinator).get(f"/coalities/{coalition.slug}/leden.csv").content.decode("utf-8-sig")
    assert f"'{name}" in content
    again = checked(coalition, coordinator, content.encode("utf-8-sig"))
    assert fates(again) == [Fate.UNCHANGED]


def test_zeros_that_a_spreadsheet_dropped_come_back_and_are_noted(coalition, coordinator):
    content = xlsx_of(HEADER, ["A", "welzijn", "Venlo", 1234567])
    row = checked(coalition, coordinator, content, name="a.xlsx").rows.get()
    assert row.values["kvk"] == "01234567"
    assert row.notes == ["KvK-nummer: ‘1234567’ is gelezen als ‘01234567’."]


@pytest.mark.parametrize(("written", "day"), [("1-2-2021", "2021-02-01"), ("01/02/2021", "2021-02-01")])
def test_dates_are_read_as_dutch_people_write_them(coalition, coordinator, written, day):
    header = ["Naam", "Soort", "Stand", "Lid sinds"]
    row = checked(coalition, coordinator, csv_of(header, ["A", "welzijn", "Lid", written])).rows.get()
    assert row.values["joined_on"] == day


def test_an_empty_row_and_empty_columns_say_nothing(coalition, coordinator):
    content = csv_of(
        [*HEADER, ""], ["", "", "", "", ""], ["A", "welzijn", "", "", "iets"], ["", "", "", "", ""]
    )
    assert fates(checked(coalition, coordinator, content)) == [Fate.CREATE]


def test_a_workbook_with_two_sheets_says_which_one_was_read(coalition, coordinator):
    import io

    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Leden"
    for row in (HEADER, ["A", "welzijn", "", ""], ["B", "welzijn", "", ""]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("Uitleg").append(["zo werkt het"])
    content = io.BytesIO()
    book.save(content)
    plan = checked(coalition, coordinator, content.getvalue(), name="a.xlsx")
    assert plan.notes == [
        "Alleen het blad 'Leden' is gelezen, niet: 'Uitleg'.",
        "Het bestand heeft verborgen rijen. Die zijn ook gelezen.",
    ]
    # What somebody hid is shown in the check like any other row.
    assert fates(plan) == [Fate.CREATE, Fate.CREATE]


def test_a_formula_is_read_by_its_outcome_and_refused_without_one(coalition, coordinator):
    content = xlsx_of(HEADER, ["=1+1", "welzijn", "", ""])
    with pytest.raises(Unreadable, match="heeft geen uitkomst"):
        checked(coalition, coordinator, content, name="a.xlsx")


def test_five_thousand_rows_are_the_most(coalition, coordinator):
    rows = [[f"Organisatie {number}", "welzijn", "", ""] for number in range(5001)]
    with pytest.raises(Unreadable, match=r"meer dan 5\.000 rijen"):
        plans.bring_in(
            coalition=coalition,
            kind="members",
            content=csv_of(HEADER, *rows),
            filename="a.csv",
            by=coordinator,
        )
    plan = plans.bring_in(
        coalition=coalition,
        kind="members",
        content=csv_of(HEADER, *rows[:5000]),
        filename="a.csv",
        by=coordinator,
    )
    assert plan.row_count == 5000


def test_a_wrong_row_holds_up_the_others_until_somebody_leaves_it_out(coalition, coordinator):
    content = csv_of(HEADER, ["A", "welzijn", "", ""], ["B", "onzin", "", ""])
    plan = checked(coalition, coordinator, content)
    with pytest.raises(plans.StillWrong, match="1 regel heeft een fout"):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    assert not coalition.memberships.exists()
    plans.confirm(plan=plan, skips_errors=True, by=coordinator)
    assert coalition.memberships.get().state == MembershipState.PROSPECT
