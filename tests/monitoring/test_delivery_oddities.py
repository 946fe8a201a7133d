"""Marks, repeated files, traps of spreadsheets, and figures that look odd."""

import io

import pytest
from django.utils import timezone

from monitoring import deliveries
from monitoring.imports import AlreadyImported
from monitoring.models import (
    Delivery,
    ImportFile,
)
from portal.acts import Refused
from tests import factories
from tests.monitoring.delivering import (
    HEADER,
    accepted,
    bring,
    current,
    messages_of,
    one,
    table,
    workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


def test_marks_of_sources_become_a_status_and_never_a_number(analyst):
    marks = ["-99999999", "-99997", ".", "", "x", "<10", "5-9"]
    codes = ["GM0983", "GM0889", "GM0988", "GM0957", "GM0994", "GM0014", "GM0363"]
    accepted(analyst, *(one(code, x=mark) for code, mark in zip(codes, marks, strict=True)))
    assert ImportFile.objects.get().notes == [
        (
            "Rijen zonder getal: 3 keer ‘de bron geeft dit cijfer niet’, "
            "3 keer ‘de bron toont dit cijfer niet’, 1 keer ‘nog niet aangeleverd’."
        )
    ]
    found = {code: (x, status) for code, x, _, status in current()}
    assert [found[code] for code in codes] == [
        (None, "not_available"),
        (None, "not_available"),
        (None, "not_available"),
        (None, "not_delivered"),
        (None, "withheld_by_source"),
        (None, "withheld_by_source"),
        (None, "withheld_by_source"),
    ]


def test_the_same_file_again_is_told_and_changes_nothing(analyst):
    first = accepted(analyst, one())
    with pytest.raises(AlreadyImported, match="Dit bestand is al ingelezen op"):
        bring(analyst, one(), name="andere-naam.csv")
    waiting = Delivery.objects.get()
    assert waiting == first
    # Also where it came in twice before either was accepted.
    left, right = bring(analyst, one(x="140")), bring(analyst, one(x="140"))
    deliveries.accept(delivery=left, by=analyst)
    with pytest.raises(Refused, match="Dit bestand is al ingelezen op"):
        deliveries.accept(delivery=right, by=analyst)


def test_the_traps_of_spreadsheets_are_read_and_told(analyst):
    row = ("GM0983", 2022, "vroeggeboorte", 136, 919)
    content = workbook(("Cijfers van de regio",), tuple(HEADER.split(";")), row, sheets=2)
    delivery = deliveries.bring_in(
        source=io.BytesIO(content), filename="a.xlsx", by=analyst, source_name="JGZ"
    )
    assert delivery.errors == []
    assert delivery.new_count == 1
    assert "Overgeslagen boven de kolomkoppen: 1 rij." in delivery.notes
    assert any(note.startswith("Alleen het blad") for note in delivery.notes)
    assert not any("verborgen" in note for note in delivery.notes)
    windows = f"{HEADER};naam\r\n{one()};Súdwest-Fryslân\r\n".encode("cp1252")
    delivery = deliveries.bring_in(
        source=io.BytesIO(windows), filename="b.csv", by=analyst, source_name="JGZ"
    )
    assert "Het bestand is gelezen als Windows-1252. Controleer letters als é." in delivery.notes
    decomposed = one("Su\u0301dwest-Frysla\u0302n", x="60", n="700")
    delivery = deliveries.bring_in(
        source=io.BytesIO(b"\xef\xbb\xbf" + table(decomposed)),
        filename="c.csv",
        by=analyst,
        source_name="JGZ",
    )
    assert delivery.errors == []


def test_a_cell_that_a_spreadsheet_would_run_stays_text(analyst):
    delivery = bring(analyst, one('=cmd|" /C calc"!A0'))
    assert "is geen gemeentecode" in messages_of(delivery)[0]


# What looks odd asks for a reason


def test_what_looks_odd_is_accepted_only_with_a_reason(analyst):
    for year in (2020, 2021, 2022):
        accepted(analyst, one(when=year, x="70", n="900"), one("GM0889", when=year, x="12", n="110"))
    delivery = bring(analyst, one(when="2023", x="170", n="900"), one("GM0889", when="2023", x="14", n="110"))
    assert messages_of(delivery, "warning") == [
        (
            "Rij 2, kolom teller: bij GM0983 staan 170 van 900; naar het gemiddelde van de laatste jaren"
            " zouden het er 70 zijn. Controleer het aantal bij de bron."
        )
    ]
    with pytest.raises(deliveries.NeedsReason):
        deliveries.accept(delivery=delivery, by=analyst)
    deliveries.accept(delivery=delivery, by=analyst, reason="Nieuwe registratie")
    file = ImportFile.objects.latest("pk")
    assert file.notes[-1].endswith("Toch ingelezen: Nieuwe registratie")
    assert file.public_notes == ["Bij het inlezen is 1 opvallend cijfer nagekeken."]


def test_a_count_that_looked_odd_and_is_too_small_to_show_is_told_to_nobody_else(analyst, client):
    for year in (2020, 2021, 2022):
        accepted(analyst, one("GM0889", when=year, x="60", n="900"), one(when=year, x="70", n="900"))
    accepted(
        analyst, one("GM0889", when="2023", x="7", n="900"), one(when="2023", x="75", n="900"), reason="Klopt"
    )
    factories.publish_figures()
    for address in ("?gebied=GM0889&periode=2023", "?gebied=GM0983&periode=2023", "?gebied=NL"):
        page = client.get(f"/indicatoren/vroeggeboorte/{address}").text
        assert "1 opvallend cijfer nagekeken" in page
        assert "staan 7 van" not in page
        assert "Klopt" not in page


def test_a_file_that_is_off_by_a_hundred_is_noticed(analyst):
    codes = ("GM0983", "GM0889", "GM0988")
    accepted(analyst, *(one(code, when="2021", x="70", n="1000") for code in codes))
    delivery = bring(analyst, *(one(code, x="70", n="100000") for code in codes))
    (sentence,) = messages_of(delivery, "warning")
    assert sentence == (
        "Rij 2, kolom teller en noemer: de cijfers van 'vroeggeboorte' in 2022 zijn ongeveer 0,07, en in 2021"
        " 7,00. Staan er percentages waar aantallen horen, of andersom?"
    )


def test_a_year_that_is_not_over_asks_for_a_reason(analyst):
    year = timezone.localdate().year
    delivery = bring(analyst, one(when=year))
    assert messages_of(delivery, "warning") == [
        (
            f"Rij 2, kolom periode: periode {year} is nog niet voorbij."
            " Klopt het dat deze cijfers al volledig zijn?"
        )
    ]
