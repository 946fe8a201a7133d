"""A delivery step by step: waiting, accepted, undone, left; columns, mergers and VSV's."""

import pytest
from django.db import connection

from monitoring import deliveries
from monitoring.models import (
    DeliveryState,
    ImportFile,
    Observation,
    Partition,
    Release,
    StagedFigure,
)
from partners.vsv_areas import add_vsv_area
from portal.acts import Refused
from tests import factories
from tests.monitoring.delivering import (
    accepted,
    bring,
    current,
    messages_of,
    nothing_is_stored,
    one,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


# From the file to figures


def test_a_delivery_waits_until_it_is_accepted(analyst):
    delivery = bring(analyst, one(), one("Venlo", when="2021"), one("889", x="<10", n="113"))
    assert (delivery.state, delivery.row_count, delivery.new_count) == (DeliveryState.CHECKED, 3, 3)
    assert delivery.notes == [
        "Anders geschreven codes: 2, bijvoorbeeld 'Venlo' als GM0983.",
        "Rijen zonder getal: 1 keer ‘de bron toont dit cijfer niet’.",
    ]
    assert [(line["period"], line["rows"], line["reported"]) for line in delivery.summary] == [
        ("2021", 1, 1),
        ("2022", 2, 1),
    ]
    assert not Observation.objects.exists()
    deliveries.accept(delivery=delivery, by=analyst)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.import_file.new_count) == (DeliveryState.ACCEPTED, 3)
    assert current() == [
        ("GM0889", None, 113, "withheld_by_source"),
        ("GM0983", 136, 919, "reported"),
        ("GM0983", 136, 919, "reported"),
    ]
    assert not StagedFigure.objects.exists()
    assert Partition.objects.count() == 2
    with pytest.raises(deliveries.WrongStep):
        deliveries.accept(delivery=delivery, by=analyst)


def test_a_revision_shows_what_stood_and_can_be_undone(analyst):
    accepted(analyst, one(x="136"), one("GM0889", x="20", n="113"))
    second = bring(analyst, one(x="140"), one("GM0889", x="20", n="113"), one("GM0988", x="60", n="400"))
    assert (second.new_count, second.revised_count, second.unchanged_count) == (1, 1, 1)
    (difference,) = second.differences
    assert (difference["area"], difference["old"], difference["new"]) == (
        "Venlo",
        "136 van 919",
        "140 van 919",
    )
    deliveries.accept(delivery=second, by=analyst)
    assert [row[1] for row in current()] == [20, 140, 60]
    deliveries.undo(delivery=second, by=analyst, reason="Verkeerde kolom")
    assert [row[:2] for row in current()] == [("GM0889", 20), ("GM0983", 136)]
    second.refresh_from_db()
    assert (second.state, second.undo_reason) == (DeliveryState.UNDONE, "Verkeerde kolom")
    # What was taken back can come in again.
    again = accepted(analyst, one(x="140"), one("GM0889", x="20", n="113"), one("GM0988", x="60", n="400"))
    assert (again.new_count, again.revised_count) == (1, 1)


def test_figures_follow_an_undone_delivery(analyst):
    accepted(analyst, one(x="136"))
    factories.publish_figures()
    second = accepted(analyst, one(x="200"))
    deliveries.undo(delivery=second, by=analyst, reason="Fout in de bron")
    factories.publish_figures()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numerator FROM monitoring_aggregate a JOIN partners_area p ON p.id = a.area_id"
            " WHERE p.code = 'GM0983'"
        )
        assert cursor.fetchall() == [(136,)]
    assert Release.objects.published().count() == 2


def test_a_delivery_that_others_built_on_stays(analyst):
    first = accepted(analyst, one(x="136"))
    second = accepted(analyst, one(x="140"))
    with pytest.raises(deliveries.FollowedUp):
        deliveries.undo(delivery=first, by=analyst, reason="Fout")
    with pytest.raises(Refused, match="Schrijf waarom"):
        deliveries.undo(delivery=second, by=analyst, reason=" ")
    deliveries.undo(delivery=second, by=analyst, reason="Fout")
    assert [row[1] for row in current()] == [136]


def test_a_cancelled_delivery_leaves_nothing_but_its_record(analyst):
    delivery = bring(analyst, one())
    deliveries.cancel(delivery=delivery, by=analyst)
    assert nothing_is_stored()
    with pytest.raises(deliveries.WrongStep):
        deliveries.accept(delivery=delivery, by=analyst)


def test_nothing_is_left_behind_when_the_last_step_fails(analyst, monkeypatch):
    delivery = bring(analyst, one())
    monkeypatch.setattr("monitoring.imports.INSERT", "SELECT 1 / 0 WHERE %s IS NOT NULL AND %s > 0")
    with pytest.raises(Exception, match="division by zero"):
        deliveries.accept(delivery=delivery, by=analyst)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CHECKED
    assert not Observation.objects.exists()
    assert not ImportFile.objects.exists()


def test_what_changed_since_the_check_is_found_at_the_last_moment(analyst):
    delivery = bring(analyst, one(indicator="big2"))
    StagedFigure.objects.filter(delivery=delivery).delete()
    with pytest.raises(deliveries.Changed):
        deliveries.accept(delivery=delivery, by=analyst)
    assert not Observation.objects.exists()


# Columns


OWN_HEADER = "CBS-code;Jaar van geboorte;Aantal te vroeg;Aantal geboren"


def test_columns_are_tied_once_and_remembered_per_source(analyst):
    delivery = bring(analyst, "GM0983;2022;136;919", header=OWN_HEADER, source="Ziekenhuis")
    assert delivery.state == DeliveryState.COLUMNS
    assert delivery.sample == ["GM0983", "2022", "136", "919"]
    mapping = {
        "columns": {"gemeentecode": 0, "periode": 1, "teller": 2, "noemer": 3},
        "fixed": {"indicator": "vroeggeboorte"},
    }
    deliveries.tie_columns(delivery=delivery, mapping=mapping, by=analyst)
    deliveries.accept(delivery=delivery, by=analyst)
    assert current() == [("GM0983", 136, 919, "reported")]
    # The same headings from the same source are known; from another they are asked again.
    again = bring(analyst, "GM0983;2023;130;900", header=OWN_HEADER, source="Ziekenhuis")
    assert (again.state, again.mapping) == (DeliveryState.CHECKED, mapping)
    other = bring(analyst, "GM0983;2021;130;900", header=OWN_HEADER, source="Ander ziekenhuis")
    assert other.state == DeliveryState.COLUMNS


def test_the_decimal_mark_of_a_file_is_fixed_by_hand(analyst):
    delivery = bring(analyst, one("GM0983", indicator="inwoners-per-km2", x="1.234", n="12"))
    assert "is op twee manieren te lezen" in messages_of(delivery)[0]
    mapping = {**delivery.mapping, "decimal_mark": ","}
    deliveries.tie_columns(delivery=delivery, mapping=mapping, by=analyst)
    delivery.refresh_from_db()
    assert delivery.issues == []
    deliveries.accept(delivery=delivery, by=analyst)
    assert current()[0][1] == 1234


# Municipalities of before


def test_rows_of_municipalities_that_merged_are_added_up_on_request(analyst):
    gone = [
        one("GM0501", when="2023", x="20", n="150"),
        one("GM0530", when="2023", x="30", n="350"),
        one("GM0614", when="2023", x="15", n="130"),
    ]
    delivery = bring(analyst, *gone)
    assert len(messages_of(delivery)) == 3
    deliveries.tie_columns(delivery=delivery, mapping={**delivery.mapping, "recodes": True}, by=analyst)
    delivery.refresh_from_db()
    assert delivery.issues == []
    assert "3 rijen van opgeheven gemeenten opgeteld bij hun opvolger." in delivery.notes
    deliveries.accept(delivery=delivery, by=analyst)
    assert current() == [("GM1992", 65, 630, "reported")]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([one("GM0501", when="2023"), one("GM0530", when="2023")], "not_delivered"),
        (
            [
                one("GM0501", when="2023"),
                one("GM0530", when="2023", x="x"),
                one("GM0614", when="2023"),
            ],
            "withheld_by_source",
        ),
        # Amsterdam kept its code when it took Weesp.
        ([one("GM0457", when="2023")], "not_delivered"),
    ],
)
def test_a_sum_with_a_missing_part_is_no_sum(analyst, rows, status):
    delivery = bring(analyst, *rows)
    deliveries.tie_columns(delivery=delivery, mapping={**delivery.mapping, "recodes": True}, by=analyst)
    delivery.refresh_from_db()
    deliveries.accept(delivery=delivery, by=analyst)
    ((_, numerator, _, found),) = current()
    assert (numerator, found) == (None, status)


# Birth care


def test_a_vsv_has_figures_of_its_own_by_code_or_name(analyst):
    area = add_vsv_area(name="VSV Venlo en omstreken", by=analyst)
    assert area.code == "VSV001"
    with pytest.raises(Refused, match="Er is al een VSV met deze naam"):
        add_vsv_area(name="VSV Venlo en omstreken", by=analyst)
    add_vsv_area(name="VSV Roermond", by=analyst)
    accepted(analyst, one("VSV001", x="90", n="1200"), one("VSV Roermond", x="70", n="900"), one())
    factories.publish_figures()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, a.numerator FROM monitoring_aggregate a JOIN partners_area p"
            " ON p.id = a.area_id WHERE p.kind = 'vsv' ORDER BY 1"
        )
        assert cursor.fetchall() == [("VSV001", 90), ("VSV002", 70)]
