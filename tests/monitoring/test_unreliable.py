"""What a source calls unreliable is no number anywhere, and no nought in a sum."""

import csv
import io

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from monitoring import charts, deliveries
from monitoring.models import Aggregate, Observation, Status
from tests import factories
from tests.monitoring.delivering import HEADER, accepted, bring, current, messages_of, one
from tests.monitoring.test_direct_figures import GGD, everywhere, text_of, towns  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]

MARKED = f"{HEADER};markering"
WORDS = "Niet getoond: onbetrouwbaar volgens de bron"
URL = "/indicatoren/vroeggeboorte/"


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


def figure(code):
    return Aggregate.objects.get(area__code=code, indicator__code="vroeggeboorte", period__code="2022")


@pytest.mark.parametrize("written", ["onbetrouwbaar", "Unreliable", "U"])
def test_a_mark_beside_the_number_takes_the_number_away(analyst, written):
    rows = [f"{one()};{written}", f"{one('GM0889', x='40', n='400')};", f"{one('GM0988', x='41')};None"]
    delivery = bring(analyst, *rows, header=MARKED)
    assert delivery.notes == ["Rijen zonder getal: 1 keer ‘niet getoond: onbetrouwbaar volgens de bron’."]
    deliveries.accept(delivery=delivery, by=analyst)
    assert current() == [
        ("GM0889", 40, 400, "reported"),
        ("GM0983", None, 919, "unreliable"),
        ("GM0988", 41, 919, "reported"),
    ]


def test_another_word_in_the_column_of_marks_is_an_error(analyst):
    assert messages_of(bring(analyst, f"{one()};misschien", header=MARKED)) == [
        (
            "Rij 2, kolom markering: 'misschien' is geen markering die wij kennen. Schrijf ‘onbetrouwbaar’"
            " waar de bron dat zegt, en laat de cel anders leeg."
        )
    ]


def test_the_column_of_marks_is_chosen_by_hand_and_remembered(analyst):
    header = "gemeentecode;periode;indicator;teller;noemer;Oordeel"
    delivery = bring(analyst, f"{one()};onbetrouwbaar", header=header)
    assert "Niet gebruikte kolommen: Oordeel." in delivery.notes
    mapping = {**delivery.mapping, "columns": {**delivery.mapping["columns"], "markering": 5}}
    delivery = deliveries.tie_columns(delivery=delivery, mapping=mapping, by=analyst)
    deliveries.accept(delivery=delivery, by=analyst)
    accepted(analyst, f"{one(x='140')};onbetrouwbaar", header=header)
    assert current() == [("GM0983", None, 919, "unreliable")]


def test_it_is_said_wherever_the_figure_would_stand(analyst, everywhere, client):  # noqa: F811
    rows = [f"{row};{'u' if row.startswith('GM0983') else ''}" for row in everywhere]
    # With a year before it there is a picture.
    rows += [f"{row.replace(';2022;', ';2021;')};" for row in everywhere]
    accepted(analyst, *rows, f"{one(GGD, x='600', n='7500')};u", header=MARKED, reason="Van de bron")
    factories.publish_figures()
    for code in ("GM0983", GGD):
        assert (figure(code).status, figure(code).numerator, figure(code).value) == ("unreliable", None, None)
        page = text_of(client.get(URL, {"gebied": code}))
        assert WORDS in page
        # The sentence of the figure, which is the label of its charts as well.
        assert "(2022): niet getoond: onbetrouwbaar volgens de bron." in page
        query = f"?gebied={code}&periode=2022"
        table = client.get(f"/indicatoren/vroeggeboorte.csv{query}").text
        rows_of_file = csv.DictReader(io.StringIO(table), delimiter=";")
        (row,) = (one for one in rows_of_file if (one["gebiedscode"], one["periode"]) == (code, "2022"))
        assert (row["waarde"], row["teller"], row["stand"]) == ("", "", WORDS)
        book = openpyxl.load_workbook(
            io.BytesIO(client.get(f"/indicatoren/vroeggeboorte.xlsx{query}").content)
        )
        assert WORDS in [cell.value for line in book.worksheets[0].iter_rows() for cell in line]
        document = client.get(f"/indicatoren/vroeggeboorte.json{query}").json()
        assert document["standen"]["unreliable"] == WORDS
        assert WORDS in [one["stand"] for one in document["cijfers"] if one["gebiedscode"] == code]
    towns_of_ggd = text_of(client.get(URL, {"gebied": GGD}))
    assert "Van 1 noemt de bron het cijfer onbetrouwbaar." in towns_of_ggd
    origin = text_of(client.get(f"{URL}herkomst/", {"gebied": "GM0983", "periode": "2022"}))
    assert WORDS in origin
    assert "levering.csv" not in origin


def test_on_a_map_it_has_a_sign_of_its_own():
    signs = {charts.absent_words(status) for status in (Status.UNRELIABLE, Status.NOT_AVAILABLE)}
    assert signs == {charts.UNRELIABLE, charts.NO_FIGURE}
    assert {look[0] for look in charts.ABSENT_LOOKS} >= signs


def test_it_is_no_nought_in_a_sum(analyst, everywhere):  # noqa: F811
    rows = [row.replace(";40;500", ";u;500") if row.startswith("GM0983") else row for row in everywhere]
    accepted(analyst, *rows, reason="Van de bron")
    factories.publish_figures()
    assert (figure(GGD).status, figure(GGD).numerator) == (Status.INCOMPLETE, None)
    # One of many in 7500: the others are the sum, and it says of how many.
    accepted(analyst, *(row.replace(";u;500", ";u;50") for row in rows if row.startswith("GM0983")))
    factories.publish_figures()
    found = figure(GGD)
    assert (found.numerator, found.denominator, found.reported_count) == (560, 7000, 14)


def test_the_database_keeps_no_number_beside_it(analyst):
    accepted(analyst, one(x="u"))
    said = Observation.objects.get()
    said.pk, said.numerator, said.row_number = None, 12, 9
    said.area = factories.make_area()
    with pytest.raises(IntegrityError, match="number_or_reason"), transaction.atomic():
        said.save(force_insert=True)
