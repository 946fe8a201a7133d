"""A share without counts: in by the door, shown per municipality, and never added up."""

import csv
import io

import pytest

from monitoring import deliveries, delivery_files
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate, Observation, PooledFigure, Status, Total
from tests import factories
from tests.monitoring.delivering import bring, messages_of, one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]

CODE = "rokende-vrouwen"
(SMOKING,) = (item for item in load_definitions() if item.code == CODE)
URL = f"/indicatoren/{CODE}/"


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def published(known, analyst):
    rows = [one(code, "2022", CODE, x, "100") for code, x in (("GM0983", "18,4"), ("GM0889", "21,0"))]
    delivery = bring(analyst, *rows)
    assert (delivery.errors, delivery.warnings) == ([], [])
    assert delivery.summary[0]["numerator"] is None
    deliveries.accept(delivery=delivery, by=analyst)
    factories.publish_figures()


@pytest.mark.usefixtures("published")
def test_only_municipalities_have_a_figure(client):
    assert {row.area.code: row.value for row in Aggregate.objects.shown()} == {"GM0983": 18.4, "GM0889": 21.0}
    sums = Total.objects.exclude(area__kind="municipality")
    assert {row.status for row in sums} == {Status.NOT_AVAILABLE}
    assert not PooledFigure.objects.exists()


@pytest.mark.usefixtures("published")
def test_the_page_shows_the_share_and_names_no_counts(client):
    page = text_of(client.get(URL, {"gebied": "GM0983"}))
    assert "18,4%" in page
    assert "Het gaat om" not in page
    assert "Nederland: <strong>De bron geeft dit cijfer niet</strong>" in page
    country = text_of(client.get(URL, {"gebied": "NL"}))
    assert "De bron geeft dit cijfer niet" in country
    assert "een plek op een lijst zegt niet waarom" in country
    assert ">Teller</th>" not in country
    rows = csv.DictReader(io.StringIO(client.get(f"/indicatoren/{CODE}.csv").text), delimiter=";")
    known = {
        row["gebiedscode"]: (row["waarde"], row["teller"], row["noemer"]) for row in rows if row["waarde"]
    }
    assert known == {"GM0983": ("18,4", "", ""), "GM0889": ("21", "", "")}


def test_a_region_has_only_what_the_source_says_of_it(client, analyst):
    region = one("ggd-limburg-noord", "2022", CODE, "19,2", "100")
    delivery = bring(analyst, one("GM0983", "2022", CODE, "18,4", "100"), region)
    assert (delivery.errors, delivery.warnings) == ([], [])
    deliveries.accept(delivery=delivery, by=analyst)
    factories.publish_figures()
    page = text_of(client.get(URL, {"gebied": "ggd-limburg-noord"}))
    assert "19,2%" in page
    assert "Het cijfer van GGD Limburg-Noord komt rechtstreeks van de bron" in page
    assert "De bron geeft dit cijfer niet" in text_of(client.get(URL, {"gebied": "PV31"}))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            one("GM0983", "2022", CODE, "184", "1000"),
            (
                "'1000' kan hier niet: de bron van dit cijfer geeft geen aantallen. Zet het percentage in de"
                " kolom teller, en 100 in de kolom noemer."
            ),
        ),
        (one("GM0983", "2022", CODE, "184", "100"), "'184' is meer dan 100 procent."),
    ],
)
def test_counts_or_more_than_everybody_are_refused(analyst, row, sentence):
    assert messages_of(bring(analyst, row))[0].endswith(sentence)


def test_shares_of_municipalities_that_merged_are_not_added_up(analyst):
    rows = [one(code, "2023", CODE, "18,4", "100") for code in ("GM0501", "GM0530", "GM0614")]
    delivery = bring(analyst, *rows)
    mapping = {**delivery.mapping, "decimal_mark": "", "recodes": True}
    delivery = deliveries.tie_columns(delivery=delivery, mapping=mapping, by=analyst)
    assert len(messages_of(delivery)) == 3
    assert not Observation.objects.exists()


def test_the_table_to_fill_in_says_of_how_many():
    assert {row[-1] for row in delivery_files.rows(SMOKING)} == {100}
