"""Files of hospitals and VSV's: by code, by name, by the hospital, and what each bad row gets."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.utils import timezone

from monitoring import deliveries, delivery_files
from monitoring.models import HospitalFigure, Observation, Period
from partners.models import LinkKind, Organisation, OrganisationLink
from partners.vsv_areas import BirthCare, add_vsv_area
from tests import factories
from tests.monitoring.delivering import bring, current, messages_of, nothing_is_stored, one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known", "birth_care")]

HEADER = "vsv;periode;indicator;teller;noemer"
TODAY = timezone.localdate()
START = datetime.date(2020, 1, 1)


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


def takes_part(
    hospital: str, vsv: str, *, since: datetime.date = START, until: datetime.date | None = None
) -> None:
    kinds = ((hospital, "ziekenhuis"), (vsv, "vsv"))
    source, target = (
        Organisation.objects.filter(name=name).first() or factories.make_organisation(name, type_code=kind)
        for name, kind in kinds
    )
    OrganisationLink.objects.create(
        source=source,
        target=target,
        kind=LinkKind.MEMBER_OF_VSV,
        valid_from=since,
        valid_to=until,
    )


@pytest.fixture
def birth_care(db, analyst):
    """Two VSV's with a code; each has a hospital, and one hospital takes part in neither any more."""
    add_vsv_area(name="VSV Maas (proef)", by=analyst)
    add_vsv_area(name="VSV Peel (proef)", by=analyst)
    takes_part("Ziekenhuis Maas (proef)", "VSV Maas (proef)")
    takes_part("Ziekenhuis Peel (proef)", "VSV Peel (proef)")
    takes_part("Ziekenhuis Oud (proef)", "VSV Oud (proef)", until=datetime.date(2022, 6, 1))


def test_a_hospital_delivers_under_its_own_name(analyst):
    delivery = bring(
        analyst,
        one("Ziekenhuis Maas (proef)", x="90", n="1200"),
        one("VSV002", x="<10", n="900"),
        header=HEADER.replace("vsv", "ziekenhuis"),
    )
    assert delivery.errors == []
    assert delivery.notes == [
        "Anders geschreven VSV's: 1, bijvoorbeeld 'Ziekenhuis Maas (proef)' als VSV001.",
        "Rijen zonder getal: 1 keer ‘de bron toont dit cijfer niet’.",
    ]
    deliveries.accept(delivery=delivery, by=analyst)
    assert current() == [("VSV001", 90, 1200, "reported"), ("VSV002", None, 900, "withheld_by_source")]


def test_a_hospital_is_known_too_where_the_column_is_of_any_area(analyst):
    delivery = bring(analyst, one("Ziekenhuis Peel (proef)", x="90", n="1200"), one())
    deliveries.accept(delivery=delivery, by=analyst)
    assert [code for code, *_ in current()] == ["GM0983", "VSV002"]


BAD_ROWS = [
    ((one("Ziekenhuis Onbekend"),), "'Ziekenhuis Onbekend' is geen VSV en geen ziekenhuis dat toen bij één"),
    ((one("Ziekenhuis Oud (proef)"),), "'Ziekenhuis Oud (proef)' is geen VSV en geen ziekenhuis"),
    ((one("GM0983"),), "Rij 2, kolom vsv: 'GM0983' is geen VSV"),
    ((one("VSV999"),), "'VSV999' is geen VSV"),
    ((one(""),), "'' is geen VSV"),
    (
        (one("VSV001"), one("Ziekenhuis Maas (proef)", x="9")),
        "ook in rij 2. Lever het VSV zelf, of elk van zijn ziekenhuizen één keer.",
    ),
    ((one("VSV001", x="12", n="9"),), "'12' is meer dan de noemer 9"),
    ((one("VSV001", x="7,5%"),), "'7,5%' is geen aantal"),
    ((one("VSV001", when="2016/2017"),), "'2016/2017' is meer dan één jaar"),
    ((one("VSV001", indicator="te-vroeg"),), "indicator 'te-vroeg' is onbekend"),
]


@pytest.mark.parametrize(("rows", "sentence"), BAD_ROWS)
def test_a_bad_row_of_a_hospital_gets_its_sentence_and_nothing_is_stored(analyst, rows, sentence):
    delivery = bring(analyst, *rows, header=HEADER)
    assert sentence in " ".join(messages_of(delivery))
    with pytest.raises(deliveries.NotAcceptable):
        deliveries.accept(delivery=delivery, by=analyst)
    assert nothing_is_stored()
    assert Period.objects.count() == 1


def test_a_hospital_of_two_vsv_s_is_nobody_s(analyst):
    assert BirthCare().codes_by_hospital(on=TODAY)["Ziekenhuis Maas (proef)"] == "VSV001"
    takes_part("Ziekenhuis Maas (proef)", "VSV Peel (proef)")
    assert "Ziekenhuis Maas (proef)" not in BirthCare().codes_by_hospital(on=TODAY)


def test_a_hospital_counts_to_the_vsv_of_the_end_of_the_year(analyst):
    """It went from one VSV to the other in 2022, where it is one of two from then on."""
    moved = datetime.date(2022, 10, 1)
    takes_part("Ziekenhuis Beek (proef)", "VSV Maas (proef)", until=moved)
    takes_part("Ziekenhuis Beek (proef)", "VSV Peel (proef)", since=moved)
    hospitals = ("Maas", "Beek", "Peel")
    rows = [
        one(f"Ziekenhuis {name} (proef)", when=year, x=x, n="900")
        for year in ("2021", "2022")
        for name, x in zip(hospitals, ("40", "50", "60"), strict=True)
    ]
    take_over(analyst, *rows, name="jaren.csv")
    found = Observation.objects.current().values_list("area__code", "period__code", "numerator")
    assert set(found) == {
        ("VSV001", "2021", 90),
        ("VSV002", "2021", 60),
        ("VSV001", "2022", 40),
        ("VSV002", "2022", 110),
    }


def test_a_hospital_that_the_register_knows_since_later_counts_where_it_first_was(analyst):
    takes_part("Ziekenhuis Nieuw (proef)", "VSV Nieuw (proef)", since=TODAY)
    add_vsv_area(name="VSV Nieuw (proef)", by=analyst)
    take_over(analyst, one("Ziekenhuis Nieuw (proef)", x="40", n="900"), name="nieuw.csv")
    assert current() == [("VSV003", 40, 900, "reported")]


@pytest.fixture
def second(birth_care):
    """A second hospital in the first VSV."""
    takes_part("Ziekenhuis Samen (proef)", "VSV Maas (proef)")


FIRST = one("Ziekenhuis Maas (proef)", x="90", n="1200")
SECOND = one("Ziekenhuis Samen (proef)", x="30", n="400")


def take_over(analyst, *rows, name):
    delivery = bring(analyst, *rows, header=HEADER, name=name, source="Ziekenhuis")
    assert delivery.errors == []
    return deliveries.accept(delivery=delivery, by=analyst, reason="proef")


@pytest.mark.usefixtures("second")
def test_one_of_two_hospitals_does_not_stand_for_their_vsv(analyst):
    delivery = take_over(analyst, FIRST, name="maas.csv")
    assert delivery.notes[-1] == (
        "Ziekenhuis Samen (proef) heeft 1 cijfer van VSV Maas (proef) nog niet aangeleverd. Wij tonen het VSV"
        " pas als al zijn ziekenhuizen er zijn; wat er nu is, blijft bewaard."
    )
    assert current() == [("VSV001", None, None, "not_delivered")]


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize("files", [[(FIRST,), (SECOND,)], [(SECOND,), (FIRST,)], [(FIRST, SECOND)]])
def test_hospitals_of_one_vsv_are_added_up_whoever_delivers_first(analyst, files):
    for number, rows in enumerate(files):
        take_over(analyst, *rows, name=f"{number}.csv")
    assert current() == [("VSV001", 120, 1600, "reported")]
    said = HospitalFigure.objects.order_by("hospital__name")
    assert [(one.hospital.name, one.numerator) for one in said] == [
        ("Ziekenhuis Maas (proef)", 90),
        ("Ziekenhuis Samen (proef)", 30),
    ]
    assert len({(one.import_file_id, one.row_number) for one in said}) == 2


@pytest.mark.usefixtures("second")
def test_a_hospital_that_corrects_its_figure_changes_the_sum_and_can_take_it_back(analyst):
    take_over(analyst, FIRST, SECOND, name="samen.csv")
    better = take_over(analyst, one("Ziekenhuis Samen (proef)", x="35", n="400"), name="beter.csv")
    assert current() == [("VSV001", 125, 1600, "reported")]
    deliveries.undo(delivery=better, by=analyst, reason="proef")
    assert current() == [("VSV001", 120, 1600, "reported")]
    held = HospitalFigure.objects.filter(superseded_at__isnull=True).order_by("hospital__name")
    assert list(held.values_list("numerator", flat=True)) == [90, 30]
    first = take_over(analyst, one("Ziekenhuis Maas (proef)", x="91", n="1200"), name="maas.csv")
    take_over(analyst, one("Ziekenhuis Maas (proef)", x="92", n="1200"), name="maas-2.csv")
    with pytest.raises(deliveries.FollowedUp):
        deliveries.undo(delivery=first, by=analyst, reason="proef")


@pytest.mark.usefixtures("second")
def test_a_hospital_that_withholds_its_count_hides_that_of_the_vsv(analyst):
    take_over(analyst, FIRST, one("Ziekenhuis Samen (proef)", x="<10", n="400"), name="samen.csv")
    assert current() == [("VSV001", None, 1600, "withheld_by_source")]


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize("other", [one("VSV001"), one("Ziekenhuis Maas (proef)", x="91", n="1200")])
def test_a_hospital_and_its_vsv_or_itself_twice_is_an_error(analyst, other):
    delivery = bring(analyst, FIRST, other, header=HEADER)
    assert "Lever het VSV zelf, of elk van zijn ziekenhuizen één keer." in " ".join(messages_of(delivery))


@pytest.mark.usefixtures("second")
def test_a_sum_of_hospitals_leads_to_the_file_and_row_of_each(analyst, client):
    take_over(analyst, FIRST, name="maas.csv")
    take_over(analyst, SECOND, name="samen.csv")
    factories.publish_figures()
    address = "/indicatoren/vroeggeboorte/herkomst/?gebied=VSV001&periode=2022"
    page = " ".join(client.get(address).content.decode().split())
    assert "<li>Ziekenhuis Maas (proef): maas.csv, regel 2</li>" in page
    assert "<li>Ziekenhuis Samen (proef): samen.csv, regel 2</li>" in page
    assert "90" not in page.split("De bestanden")[0].split("Opgeteld")[-1].split("opgeteld uit")[-1]
    take_over(analyst, one("VSV001", x="121", n="1600"), name="vsv.csv")
    factories.publish_figures()
    page = client.get(address).content.decode()
    assert "vsv.csv" in page
    assert "Ziekenhuis Maas" not in page


@pytest.mark.usefixtures("second")
def test_the_app_itself_may_add_and_replace_what_hospitals_said(analyst, as_app):
    with as_app():
        take_over(analyst, FIRST, name="een.csv")
        take_over(analyst, SECOND, name="twee.csv")
        take_over(analyst, one("Ziekenhuis Maas (proef)", x="91", n="1200"), name="drie.csv")
    assert current() == [("VSV001", 121, 1600, "reported")]


def test_the_table_to_fill_in_comes_back_as_a_delivery(analyst):
    rows = delivery_files.vsv_rows()
    assert {row[0] for row in rows} == {"VSV001", "VSV002"}
    assert {"vroeggeboorte", "big2", "perinatale-sterfte"} <= {row[3] for row in rows}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(delivery_files.VSV_HEADER)
    writer.writerows((*row[:4], 40, 900) for row in rows)
    delivery = deliveries.bring_in(
        source=io.BytesIO(text.getvalue().encode()),
        filename="sjabloon.csv",
        by=analyst,
        source_name="Ziekenhuis",
    )
    assert delivery.errors == []
    deliveries.accept(delivery=delivery, by=analyst, reason="proef")
    assert Observation.objects.count() == len(rows)


def test_a_vsv_is_no_part_of_a_region(analyst):
    delivery = bring(analyst, one("VSV001", x="90", n="1200"), header=HEADER)
    deliveries.accept(delivery=delivery, by=analyst)
    factories.publish_figures()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.kind, a.numerator FROM monitoring_aggregate a JOIN partners_area p ON p.id = a.area_id"
            " WHERE a.numerator IS NOT NULL"
        )
        assert cursor.fetchall() == [("vsv", 90)]
