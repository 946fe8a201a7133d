"""Talks are written down, corrected, and their next step is taken."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coalitions import talks
from coalitions.models import OutreachContact
from portal.acts import Refused
from portal.revisions import ChangedMeanwhile, revision_of
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def membership(coalition):
    return factories.make_member(coalition, state="in_talks")


def record(membership, by, **details):
    return talks.record(
        coalition=membership.coalition,
        organisation=membership.organisation,
        by=by,
        **{"on": TODAY, "important": "Eerder signaleren", **details},
    )


def test_a_talk_is_written_down(membership, coordinator):
    contact = record(membership, coordinator, next_step="Bellen", due=TODAY)
    assert contact.by == coordinator
    assert contact.is_open
    assert not contact.is_overdue


def test_a_step_is_overdue_from_the_day_after(membership, coordinator):
    yesterday = TODAY - datetime.timedelta(days=1)
    late = record(membership, coordinator, next_step="Bellen", due=yesterday)
    record(membership, coordinator, next_step="Mailen", due=TODAY)
    record(membership, coordinator, next_step="Ooit")
    record(membership, coordinator)
    assert list(OutreachContact.objects.overdue()) == [late]
    assert OutreachContact.objects.open().count() == 3


def test_a_step_is_taken_once(membership, coordinator):
    contact = record(membership, coordinator, next_step="Bellen")
    assert talks.take_step(contact=contact, by=coordinator).done_on == TODAY
    with pytest.raises(talks.NothingToDo):
        talks.take_step(contact=contact, by=coordinator)


def test_without_a_step_there_is_nothing_to_take(membership, coordinator):
    with pytest.raises(talks.NothingToDo):
        talks.take_step(contact=record(membership, coordinator), by=coordinator)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"on": TODAY + datetime.timedelta(days=1)}, "nog niet geweest"),
        ({"important": ""}, "ten minste één ding"),
        ({"due": TODAY}, "wat de volgende stap is"),
        ({"stuck": "bsn 123456782"}, "burgerservicenummer"),
        ({"channel": "rooksignalen"}, "keuze"),
    ],
)
def test_what_says_nothing_or_is_wrong_is_refused(membership, coordinator, details, words):
    with pytest.raises(Refused, match=words):
        record(membership, coordinator, **details)
    assert not OutreachContact.objects.exists()


def test_only_organisations_on_the_list_are_talked_to(coalition, coordinator):
    with pytest.raises(talks.NotOnList):
        talks.record(
            coalition=coalition,
            organisation=factories.make_organisation(),
            by=coordinator,
            on=TODAY,
            important="x",
        )


def test_a_talk_has_no_other_details(membership, coordinator):
    with pytest.raises(TypeError, match="done_on"):
        record(membership, coordinator, done_on=TODAY)


def test_the_second_of_two_who_correct_sees_both_texts(membership, coordinator):
    contact = record(membership, coordinator)
    seen = revision_of(contact)
    talks.change(contact=contact, by=coordinator, seen=seen, important="Warme overdracht")
    with pytest.raises(ChangedMeanwhile, match="‘Warme overdracht’; jij vulde in ‘Eigen regie’"):
        talks.change(contact=contact, by=coordinator, seen=seen, important="Eigen regie")
    contact.refresh_from_db()
    assert contact.important == "Warme overdracht"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"next_step": ""}, "due_needs_a_step"),
        ({"important": "", "next_step": "", "due": None}, "says_something"),
    ],
)
def test_the_table_guards_itself(membership, coordinator, change, rule):
    contact = record(membership, coordinator, next_step="Bellen", due=TODAY)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        OutreachContact.objects.filter(pk=contact.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_step_at_once_one_hears_that_it_was_taken(membership, coordinator):
    contact = record(membership, coordinator, next_step="Bellen")
    barrier, outcomes = threading.Barrier(2), []

    def take():
        try:
            barrier.wait()
            outcomes.append(talks.take_step(contact=contact, by=coordinator))
        except Refused as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(type(one).__name__ for one in outcomes) == ["NothingToDo", "OutreachContact"]
