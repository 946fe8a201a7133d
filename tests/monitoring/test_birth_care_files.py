"""Files of hospitals and VSV's: by code, by name, by the hospital, and what each bad row gets."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.utils import timezone

from monitoring import deliveries, delivery_files
from monitoring.models import Observation, Period
from partners.models import LinkKind, Organisation, OrganisationLink
from partners.vsv_areas import add_vsv_area, vsv_codes_by_hospital
from tests import factories
from tests.monitoring.delivering import bring, current, messages_of, nothing_is_stored, one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known", "birth_care")]

HEADER = "vsv;periode;indicator;teller;noemer"
TODAY = timezone.localdate()


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


def takes_part(hospital: str, vsv: str, *, until: datetime.date | None = None) -> None:
    kinds = ((hospital, "ziekenhuis"), (vsv, "vsv"))
    source, target = (
        Organisation.objects.filter(name=name).first() or factories.make_organisation(name, type_code=kind)
        for name, kind in kinds
    )
    OrganisationLink.objects.create(
        source=source,
        target=target,
        kind=LinkKind.MEMBER_OF_VSV,
        valid_from=datetime.date(2020, 1, 1),
        valid_to=until,
    )


@pytest.fixture
def birth_care(db, analyst):
    """Two VSV's with a code; each has a hospital, and one hospital takes part in neither any more."""
    add_vsv_area(name="VSV Maas (proef)", by=analyst)
    add_vsv_area(name="VSV Peel (proef)", by=analyst)
    takes_part("Ziekenhuis Maas (proef)", "VSV Maas (proef)")
    takes_part("Ziekenhuis Peel (proef)", "VSV Peel (proef)")
    takes_part("Ziekenhuis Oud (proef)", "VSV Oud (proef)", until=TODAY)


def test_a_hospital_delivers_under_its_own_name(analyst):
    delivery = bring(
        analyst,
        one("Ziekenhuis Maas (proef)", x="90", n="1200"),
        one("VSV002", x="<10", n="900"),
        header=HEADER.replace("vsv", "ziekenhuis"),
    )
    assert delivery.errors == []
    assert delivery.notes == [
        "Anders geschreven VSV's: 1, bijvoorbeeld 'Ziekenhuis Maas (proef)' als VSV001."
    ]
    deliveries.accept(delivery=delivery, by=analyst)
    assert current() == [("VSV001", 90, 1200, "reported"), ("VSV002", None, 900, "withheld_by_source")]


def test_a_hospital_is_known_too_where_the_column_is_of_any_area(analyst):
    delivery = bring(analyst, one("Ziekenhuis Peel (proef)", x="90", n="1200"), one())
    deliveries.accept(delivery=delivery, by=analyst)
    assert [code for code, *_ in current()] == ["GM0983", "VSV002"]


BAD_ROWS = [
    ((one("Ziekenhuis Onbekend"),), "'Ziekenhuis Onbekend' is geen VSV en geen ziekenhuis dat als enige"),
    ((one("Ziekenhuis Oud (proef)"),), "'Ziekenhuis Oud (proef)' is geen VSV en geen ziekenhuis"),
    ((one("GM0983"),), "Rij 2, kolom vsv: 'GM0983' is geen VSV"),
    ((one("VSV999"),), "'VSV999' is geen VSV"),
    ((one(""),), "'' is geen VSV"),
    (
        (one("VSV001"), one("Ziekenhuis Maas (proef)", x="9")),
        "ook in rij 2. Tel ziekenhuizen van hetzelfde VSV op tot één rij",
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
    assert vsv_codes_by_hospital()["Ziekenhuis Maas (proef)"] == "VSV001"
    takes_part("Ziekenhuis Maas (proef)", "VSV Peel (proef)")
    assert "Ziekenhuis Maas (proef)" not in vsv_codes_by_hospital()


def test_one_of_two_hospitals_does_not_stand_for_their_vsv(analyst):
    takes_part("Ziekenhuis Samen (proef)", "VSV Maas (proef)")
    assert vsv_codes_by_hospital() == {"Ziekenhuis Peel (proef)": "VSV002"}
    delivery = bring(analyst, one("Ziekenhuis Maas (proef)"), header=HEADER)
    assert "tel ziekenhuizen van één VSV op" in " ".join(messages_of(delivery))


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
