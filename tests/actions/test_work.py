"""What becomes of an action: its number, its reasons and lessons, who takes part, and where it came from."""

import datetime

import pytest

from actions import milestones, themes, work
from actions.models import Action, ActionState, Bottleneck
from portal.acts import Refused
from portal.revisions import revision_of
from tests import factories
from tests.actions.programme_rows import make_action, make_bottleneck, make_programme, make_theme
from tests.at_once import at_the_same_time

pytestmark = pytest.mark.django_db


def test_a_proposal_gets_the_next_number_and_answers_its_bottleneck(coalition, coordinator, partner):
    bottleneck = make_bottleneck(coalition, coordinator)
    first = work.propose(coalition=coalition, by=partner, title="Een", bottlenecks=[bottleneck])
    second = work.propose(coalition=coalition, by=partner, title="Twee")

    assert (first.number, second.number, first.state) == (1, 2, ActionState.IDEA)
    assert first.proposed_by == partner
    bottleneck.refresh_from_db()
    assert bottleneck.state == "translated"
    assert list(bottleneck.actions.all()) == [first]
    assert first.steps.get().to_state == ActionState.IDEA


@pytest.mark.parametrize(
    ("step", "facts", "sentence"),
    [
        (work.block, {"reason": " "}, "waarom"),
        (work.pause, {"reason": ""}, "waarom"),
        (work.finish, {"lesson": ""}, "geleerd"),
        (work.stop, {"reason": "Te duur", "lesson": " "}, "geleerd"),
        (work.stop, {"reason": "", "lesson": "Begin kleiner"}, "waarom"),
    ],
)
def test_a_standstill_says_why_and_an_end_says_what_was_learned(
    coalition, coordinator, step, facts, sentence
):
    action = make_action(coalition, coordinator)
    with pytest.raises(Refused, match=sentence):
        step(action=action, by=coordinator, **facts)
    action.refresh_from_db()
    assert (action.state, action.steps.count()) == (ActionState.RUNNING, 3)


def test_secured_means_somebody_does_it_and_it_is_paid_for(coalition, coordinator):
    action = make_action(coalition, coordinator, state=ActionState.DONE)
    with pytest.raises(Refused, match="waarvan"):
        work.secure(action=action, secured_by=action.lead, secured_funding="", by=coordinator)
    stranger = factories.make_member(factories.make_coalition())
    with pytest.raises(Refused, match="geen lid"):
        work.secure(action=action, secured_by=stranger, secured_funding="de gemeente", by=coordinator)
    secured = work.secure(
        action=action, secured_by=action.lead, secured_funding="de gemeente", by=coordinator
    )
    assert secured.state == ActionState.SECURED


def test_a_planned_action_has_exactly_one_lead(coalition, coordinator):
    action = make_action(coalition, coordinator, state=ActionState.IDEA)
    with pytest.raises(Refused, match="precies één trekker"):
        work.plan(action=action, by=coordinator)
    with pytest.raises(Refused, match="precies één trekker"):
        work.plan(action=action, lead=factories.make_member(coalition), lead_name="Iemand", by=coordinator)
    assert work.plan(action=action, lead_name="Iemand anders", by=coordinator).lead_words == "Iemand anders"


def test_what_an_action_points_at_belongs_to_its_coalition(coalition, coordinator):
    elsewhere = factories.make_coalition()
    theme = make_theme(make_programme(elsewhere, coordinator), coordinator)
    for facts in (
        {"theme": theme},
        {"bottlenecks": [make_bottleneck(elsewhere, coordinator)]},
        {"lead": factories.make_member(elsewhere)},
    ):
        with pytest.raises(Refused):
            work.propose(coalition=coalition, by=coordinator, title="Elders", **facts)
    assert not Action.objects.exists()
    assert Bottleneck.objects.get().state == "collected"


def test_the_second_editor_is_told_what_the_first_wrote(coalition, coordinator, partner):
    action = make_action(coalition, coordinator)
    seen = revision_of(action)
    work.edit(action=action, by=partner, title="Van de een")
    with pytest.raises(Refused, match=r"Petra Partner.*Van de een"):
        work.edit(action=action, by=coordinator, seen=seen, title="Van de ander")


def test_members_take_part_until_the_action_is_over(coalition, coordinator):
    action = make_action(coalition, coordinator)
    member = factories.make_member(coalition)
    part = work.set_partner(action=action, membership=member, role="contributor", by=coordinator)
    again = work.set_partner(action=action, membership=member, role="co_lead", hours=8, by=coordinator)
    assert (again.pk, again.role) == (part.pk, "co_lead")
    with pytest.raises(Refused, match="geen lid"):
        work.set_partner(
            action=action,
            membership=factories.make_member(coalition, state="left"),
            role="informed",
            by=coordinator,
        )
    work.finish(action=action, lesson="Klein beginnen", by=coordinator)
    with pytest.raises(Refused, match="verandert niets meer"):
        work.remove_partner(partner=again, by=coordinator)


def test_a_milestone_is_reached_and_taken_back(coalition, coordinator):
    action = make_action(coalition, coordinator, starts_on=datetime.date(2026, 1, 1))
    with pytest.raises(Refused, match="begint pas"):
        milestones.add(action=action, title="Te vroeg", due_on=datetime.date(2025, 1, 1), by=coordinator)
    milestone = milestones.add(action=action, title="Proef", due_on=datetime.date(2026, 2, 1), by=coordinator)
    assert milestone.is_late
    milestones.reach(milestone=milestone, by=coordinator)
    assert not milestone.is_late
    milestones.reopen(milestone=milestone, by=coordinator)
    milestones.remove(milestone=milestone, by=coordinator)
    assert not action.milestones.exists()


def test_a_theme_is_regional_only_where_nobody_says_that_it_does_not_matter(coalition, coordinator, partner):
    theme = make_theme(make_programme(coalition, coordinator), coordinator)
    member = coalition.memberships.get()
    themes.answer(theme=theme, membership=member, matters=False, kind="follow", by=partner)
    with pytest.raises(Refused, match="1 lid zegt"):
        themes.edit(theme=theme, by=coordinator, scope="regional")
    themes.answer(theme=theme, membership=member, matters=True, kind="", by=partner)
    assert themes.edit(theme=theme, by=coordinator, scope="regional").scope == "regional"
    assert not theme.interests.exists()
    with pytest.raises(Refused, match="Alleen een lid"):
        themes.weigh(
            theme=theme,
            membership=factories.make_member(factories.make_coalition()),
            matters=True,
            by=partner,
        )


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_once_get_two_numbers():
    coalition = factories.make_coalition()
    by = factories.make_person()
    at_the_same_time(*[lambda: work.propose(coalition=coalition, by=by, title="Tegelijk")] * 4)
    assert sorted(coalition.actions.values_list("number", flat=True)) == [1, 2, 3, 4]
