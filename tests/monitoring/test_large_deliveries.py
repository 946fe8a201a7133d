"""Files that a worker reads: as a small one, in pieces, and stopped or taken over in between."""

import io
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from coalitions.models import Role
from monitoring import deliveries, delivery_checks, imports, taking_over
from monitoring.models import Delivery, DeliveryState, DeliveryWork, StagedFigure
from monitoring.readers import read_observation_table
from portal import files, jobs
from portal.acts import Refused
from portal.jobs import JobState, LeaseLost
from portal.models import FilePiece
from tests import factories
from tests.monitoring.delivering import (
    accepted,
    bring,
    current,
    messages_of,
    nothing_is_stored,
    one,
)
from tests.monitoring.written_files import HEADER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]
ROWS = [one(), one("GM0889", x="20", n="150"), one("GM0984", x="30", n="300")]


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch):
    monkeypatch.setattr(deliveries, "BYTES_AT_ONCE", 0)
    monkeypatch.setattr(deliveries, "ROWS_AT_ONCE", 0)
    monkeypatch.setattr(delivery_checks, "PIECE", 2)


def again(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def test_a_worker_checks_and_takes_over_as_a_request_would(analyst, monkeypatch):
    delivery = bring(analyst, *ROWS)
    assert delivery.state == DeliveryState.CHECKING
    assert nothing_is_stored()
    assert jobs.work_due(DeliveryWork) == 1
    delivery = again(delivery)
    assert (delivery.state, delivery.new_count, delivery.rows_done) == (DeliveryState.CHECKED, 3, 3)
    accepting = deliveries.accept(delivery=delivery, by=analyst, reason="")
    assert accepting.state == DeliveryState.ACCEPTING
    assert current() == []
    jobs.work_due(DeliveryWork)
    assert again(delivery).state == DeliveryState.ACCEPTED
    assert len(current()) == 3
    assert not StagedFigure.objects.exists()


def test_what_is_wrong_in_a_large_file_is_said_with_the_same_words(analyst, monkeypatch):
    wrong = [*ROWS, one("GM9999"), one(x="veel")]
    large = bring(analyst, *wrong)
    jobs.work_due(DeliveryWork)
    monkeypatch.setattr(deliveries, "BYTES_AT_ONCE", 10**9)
    small = bring(analyst, *wrong, "", name="klein.csv")
    assert messages_of(again(large)) == messages_of(small)
    assert not StagedFigure.objects.exists()


def test_how_far_it_is_can_be_seen_on_the_way(analyst, monkeypatch):
    bring(analyst, *ROWS)
    seen, hold = [], DeliveryWork.hold

    def looked_at(job):
        seen.append(tuple(Delivery.objects.values_list("rows_done", "row_count").get()))
        hold(job)

    monkeypatch.setattr(DeliveryWork, "hold", looked_at)
    jobs.work_due(DeliveryWork)
    assert seen == [(2, 3), (3, 3)]


def seen_elsewhere(delivery):
    """How many rows another session sees, of a transaction that is still open."""

    def look():
        try:
            return taking_over.rows_done(delivery.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(look).result()


def test_rows_taken_over_are_counted_before_their_transaction_ends(analyst, monkeypatch):
    delivery = bring(analyst, *ROWS)
    jobs.work_due(DeliveryWork)
    delivery = deliveries.accept(delivery=again(delivery), by=analyst)
    seen, store = [seen_elsewhere(delivery)], imports.store

    def looked_at(cursor, file, **more):
        seen.append(seen_elsewhere(delivery))
        kept = store(cursor, file, **more)
        seen.append(seen_elsewhere(delivery))
        return kept

    monkeypatch.setattr(imports, "store", looked_at)
    jobs.work_due(DeliveryWork)
    assert seen == [None, 0, 3]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (None, "We kijken alles nog één keer na: 3 rijen."),
        (2, "2 van 3 rijen"),
        (3, "Alles wat nieuw of gewijzigd is, is overgenomen: 3 rijen. De database kijkt ze na."),
    ],
)
def test_the_page_says_how_many_rows_were_taken_over(analyst, monkeypatch, log_in, written, sentence):
    factories.give_role(analyst, factories.make_coalition("Peel"), Role.ANALYST)
    delivery = bring(analyst, *ROWS)
    jobs.work_due(DeliveryWork)
    deliveries.accept(delivery=again(delivery), by=analyst)
    monkeypatch.setattr(taking_over, "rows_done", lambda pk: written)
    page = log_in(analyst).get(f"{delivery.get_absolute_url()}voortgang/")
    assert sentence in " ".join(page.content.decode().split())


def test_a_worker_that_was_killed_halfway_leaves_nothing_to_the_next(analyst, monkeypatch):
    delivery = bring(analyst, *ROWS)

    def killed(job):
        raise LeaseLost

    with monkeypatch.context() as patch:
        patch.setattr(DeliveryWork, "hold", killed)
        jobs.work_due(DeliveryWork)
    StagedFigure.objects.create(delivery=delivery, row_number=9, area_code="GM0983", status="reported")
    DeliveryWork.objects.update(lease_until=None)
    jobs.work_due(DeliveryWork)
    assert again(delivery).new_count == 3
    assert StagedFigure.objects.count() == 3


def test_who_stops_it_takes_it_from_the_worker(analyst):
    delivery = bring(analyst, *ROWS)
    (job,) = DeliveryWork.objects.claim()
    deliveries.cancel(delivery=delivery, by=analyst)
    with pytest.raises(LeaseLost):
        job.hold()
    assert DeliveryWork.objects.get().state == JobState.CANCELLED
    assert jobs.work_due(DeliveryWork) == 0
    assert not StagedFigure.objects.exists()


def test_what_was_taken_over_meanwhile_is_not_taken_over_twice(analyst):
    first, second = bring(analyst, *ROWS), bring(analyst, *ROWS)
    jobs.work_due(DeliveryWork)
    for delivery in (first, second):
        deliveries.accept(delivery=again(delivery), by=analyst)
    jobs.work_due(DeliveryWork)
    assert again(first).state == DeliveryState.ACCEPTED
    assert again(second).state == DeliveryState.CHECKED
    assert "Niet overgenomen. Dit bestand is al ingelezen" in again(second).notes[-1]
    assert len(current()) == 3


def test_a_step_that_somebody_else_took_is_not_taken_again(analyst):
    delivery = bring(analyst, *ROWS)
    with pytest.raises(Refused):
        deliveries.tie_columns(delivery=delivery, mapping=delivery.mapping, by=analyst)
    with pytest.raises(Refused):
        deliveries.accept(delivery=delivery, by=analyst)


def test_a_file_is_kept_in_pieces_and_comes_back_whole(analyst):
    content = bytes(range(256)) * 10_000
    file = files.store_in_pieces(name="groot.csv", content_type="text/csv", source=io.BytesIO(content))
    assert FilePiece.objects.filter(file=file).count() == 3
    with files.opened(file) as source:
        assert source.read() == content


def test_a_file_of_before_pieces_can_still_be_read(analyst):
    file = files.store_bytes(name="oud.csv", content_type="text/csv", content=b"oud")
    with files.opened(file) as source:
        assert source.read() == b"oud"


def lines(count):
    yield (";".join(HEADER) + "\r\n").encode()
    for number in range(count):
        yield f"GM{number % 300 + 1:04};2022;figuur-{number // 300:05};{number % 50 + 10};900\r\n".encode()


def test_a_file_of_many_rows_takes_no_more_memory_than_one_of_few(tmp_path):
    def peak(count):
        path = tmp_path / f"{count}.csv"
        path.write_bytes(b"".join(lines(count)))
        tracemalloc.start()
        with path.open("rb") as source:
            assert sum(1 for _ in read_observation_table(source, path.name, definitions=()).rows) == count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1000)
    # Two pieces of the file, as bytes and as text; ten times the rows would be some twenty megabytes.
    assert peak(100_000) < peak(10_000) + 8 * 1024**2


def test_small_figures_of_one_file_are_accepted_at_once(analyst, monkeypatch):
    monkeypatch.setattr(deliveries, "BYTES_AT_ONCE", 10**6)
    monkeypatch.setattr(deliveries, "ROWS_AT_ONCE", 100)
    assert accepted(analyst, *ROWS).state == DeliveryState.ACCEPTED
