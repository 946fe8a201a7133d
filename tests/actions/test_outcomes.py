"""A note of a table becomes something, and both know of each other."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actions import outcomes, table_notes, work
from actions.models import (
    Action,
    ActionState,
    Bottleneck,
    BottleneckKind,
    MeetingState,
    NoteOutcome,
    OriginKind,
    Practice,
    PracticeState,
)
from actions.presenters.outcomes import became, with_outcomes
from coalitions import fixed_facts
from coalitions.models import Agreement, Condition, ConditionScore
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coalition, coordinator):
    return factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)


@pytest.fixture
def note(meeting, coordinator):
    return table_notes.write(
        meeting=meeting, question=None, table_number=2, text="Kraamzorg belt", by=coordinator
    )


def words_of(meeting):
    """What the notes of the meeting became, as its pages say."""
    found = with_outcomes(meeting.table_notes.all())
    return [thing.word for note in found for thing in became(note, meeting.coalition)]


def test_a_note_becomes_a_bottleneck_and_another_table_joins_it(meeting, note, coordinator, coalition):
    outcome = outcomes.become_bottleneck(note=note, kind=BottleneckKind.IDEA, by=coordinator)
    bottleneck = Bottleneck.objects.get()
    assert (bottleneck.text, bottleneck.origin, bottleneck.kind) == (
        "Kraamzorg belt",
        OriginKind.MEETING,
        BottleneckKind.IDEA,
    )
    assert outcome.thing == bottleneck
    assert words_of(meeting) == ["Droom of idee"]
    other = table_notes.write(meeting=meeting, question=None, table_number=3, text="Ook", by=coordinator)
    outcomes.join_bottleneck(note=other, bottleneck=bottleneck, by=coordinator)
    assert list(outcomes.heard(bottleneck=bottleneck)) == [note, other]
    with pytest.raises(Refused, match="hoort hier al bij"):
        outcomes.join_bottleneck(note=other, bottleneck=bottleneck, by=coordinator)
    outcomes.detach(outcome=outcome, by=coordinator)
    assert list(outcomes.heard(bottleneck=bottleneck)) == [other]


def test_words_that_are_long_become_a_sentence_and_an_explanation(meeting, coordinator):
    note = table_notes.write(
        meeting=meeting, question=None, table_number=1, text="lang " * 90, by=coordinator
    )
    outcomes.become_bottleneck(note=note, kind=BottleneckKind.BOTTLENECK, by=coordinator)
    bottleneck = Bottleneck.objects.get()
    assert len(bottleneck.text) == 250
    assert bottleneck.explanation == note.text


def test_a_note_becomes_a_gem_an_action_an_agreement_and_a_condition(coalition, note, coordinator, partner):
    fixed_facts.load()
    member = coalition.memberships.get()
    outcomes.become_practice(note=note, title="Bellen", owner=member, by=coordinator)
    outcomes.become_action(note=note, title="Bellen", by=coordinator)
    outcomes.become_agreement(
        note=note, title="Bellen", party_types=[member.organisation.type], by=coordinator
    )
    outcomes.become_score(
        note=note, condition=Condition.objects.get(code="regie"), score="attention", by=coordinator
    )
    assert (Practice.objects.get().state, Action.objects.get().state) == (
        PracticeState.LOCAL,
        ActionState.IDEA,
    )
    assert Agreement.objects.get().party_types.get() == member.organisation.type
    score = ConditionScore.objects.get()
    assert (score.year, score.note) == (note.meeting.day.year, "Kraamzorg belt")
    assert words_of(note.meeting) == ["Parel", "Actie", "Afspraak", "Randvoorwaarde"]
    with pytest.raises(table_notes.NoteBecameSomething):
        table_notes.remove(note=note, by=coordinator)


def test_nothing_of_another_coalition_is_taken_and_nothing_stays_when_a_step_fails(note, coordinator):
    elsewhere = factories.make_coalition("Elders")
    stranger = Bottleneck.objects.create(coalition=elsewhere, text="x", collected_on=factories.today())
    with pytest.raises(outcomes.OfAnotherCoalition):
        outcomes.join_bottleneck(note=note, bottleneck=stranger, by=coordinator)
    own = Condition.objects.create(coalition=elsewhere, code="x", name="x", question="x")
    with pytest.raises(outcomes.OfAnotherCoalition):
        outcomes.become_score(note=note, condition=own, score="missing", by=coordinator)
    with pytest.raises(Refused):
        outcomes.become_practice(note=note, title="x", owner=factories.make_member(elsewhere), by=coordinator)
    assert not NoteOutcome.objects.exists()
    assert not Practice.objects.exists()


def test_an_outcome_is_one_thing(note, coordinator, coalition):
    bottleneck = Bottleneck.objects.create(coalition=coalition, text="x", collected_on=factories.today())
    action = work.propose(coalition=coalition, title="x", by=coordinator)
    for targets in ({}, {"bottleneck": bottleneck, "action": action}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoteOutcome.objects.create(note=note, **targets)


def test_the_harvest_is_done_on_one_page(coalition, meeting, note, coordinator, partner, log_in):
    client = log_in(coordinator)
    args = [coalition.slug, meeting.pk, note.pk]
    client.post(reverse("actions:outcome-at-once", args=[*args, "knelpunt"]))
    assert client.post(reverse("actions:outcome-at-once", args=[*args, "anders"])).status_code == 404
    page = reverse("actions:outcome-add", args=[*args, "parel"])
    assert client.post(page, {"title": "Bellen", "owner": ""}).status_code == 422
    client.post(page, {"title": "Bellen", "owner": coalition.memberships.get().pk})
    for word in ("hoort-bij", "actie", "afspraak", "randvoorwaarde"):
        assert client.get(reverse("actions:outcome-add", args=[*args, word])).status_code == 200
    assert client.get(reverse("actions:outcome-add", args=[*args, "anders"])).status_code == 404
    harvest = client.get(reverse("actions:outcome-list", args=args[:2])).content.decode()
    assert "0 nog zonder vervolg" in harvest
    for thing in (Bottleneck.objects.get(), Practice.objects.get()):
        assert meeting.title in client.get(thing.get_absolute_url()).content.decode()
    outcome = note.outcomes.first()
    client.post(reverse("actions:outcome-detach", args=[coalition.slug, meeting.pk, outcome.pk]))
    assert note.outcomes.count() == 1


def test_a_lead_harvests_but_measures_no_conditions(coalition, partner, coordinator, log_in):
    group = factories.make_group(coalition, partner)
    own = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD, group=group)
    note = table_notes.write(meeting=own, question=None, table_number=1, text="x", by=partner)
    client = log_in(partner)
    args = [coalition.slug, own.pk, note.pk]
    assert client.get(reverse("actions:outcome-list", args=args[:2])).status_code == 200
    assert client.get(reverse("actions:outcome-add", args=[*args, "randvoorwaarde"])).status_code == 403
