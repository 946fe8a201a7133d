"""Organisations come onto the list, become members, and leave; every illegal step is refused."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coalitions import members
from coalitions.models import Membership, MembershipState, MembershipStep
from coalitions.models.memberships import STATE_MOVES
from portal.acts import Refused
from tests import factories
from tests.at_once import at_the_same_time

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OPERATIONS = {
    "start_talks": members.start_talks,
    "invite": members.invite,
    "admit": members.admit,
    "rest": members.rest,
    "resume": members.resume,
    "leave": members.leave,
    "decline": members.decline,
}
# From which states each step may start, and where it ends.
STEPS = {
    "start_talks": ({"prospect"}, "in_talks"),
    "invite": ({"prospect", "in_talks"}, "invited"),
    "admit": ({"prospect", "in_talks", "invited"}, "member"),
    "rest": ({"member"}, "dormant"),
    "resume": ({"dormant"}, "member"),
    "leave": ({"member", "dormant"}, "left"),
    "decline": ({"prospect", "in_talks", "invited"}, "declined"),
}


@pytest.mark.parametrize("state", MembershipState.values)
@pytest.mark.parametrize("name", OPERATIONS)
def test_step_from_state(coalition, coordinator, name, state):
    starts, end = STEPS[name]
    membership = factories.make_member(coalition, state=state)

    if state in starts:
        moved = OPERATIONS[name](membership=membership, by=coordinator, reason="Besproken")
        assert moved.state == end
        step = moved.steps.get()
        assert (step.from_state, step.to_state) == (state, end)
        assert (step.recorded_by, step.happened_on, step.reason) == (
            coordinator,
            TODAY,
            "Besproken",
        )
        return
    with pytest.raises(members.IllegalStep, match="niet"):
        OPERATIONS[name](membership=membership, by=coordinator)
    membership.refresh_from_db()
    assert membership.state == state
    assert not membership.steps.exists()


@pytest.mark.parametrize("to", MembershipState.values)
@pytest.mark.parametrize("start", MembershipState.values)
def test_move_by_sql(coalition, start, to):
    """The trigger holds without the operations, for bulk updates as well."""
    membership = factories.make_member(coalition, state=start)
    change = {"state": to, "left_on": TODAY if to in {"left", "declined"} else None}

    if start == to or to in STATE_MOVES.get(start, ()):
        assert Membership.objects.filter(pk=membership.pk).update(**change) == 1
        return
    with pytest.raises(IntegrityError, match="Deze stap kan niet"), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(**change)


def test_who_comes_onto_the_list_is_wanted(coalition, coordinator):
    organisation = factories.make_organisation("Kraamzorg Beesel")

    membership = members.put_on_list(
        coalition=coalition, organisation=organisation, by=coordinator, reason="Nog niemand"
    )

    assert membership.state == MembershipState.PROSPECT
    assert membership.joined_on is None
    assert membership.steps.get().from_state == ""


def test_nobody_comes_onto_the_list_twice(coalition, coordinator):
    membership = factories.make_member(coalition)

    with pytest.raises(members.AlreadyOnList, match="staat al op de lijst"):
        members.put_on_list(coalition=coalition, organisation=membership.organisation, by=coordinator)


def test_an_archived_organisation_does_not_come_onto_the_list(coalition, coordinator):
    gone = factories.make_organisation("Opgeheven")
    gone.archived_at = timezone.now()
    gone.save()

    with pytest.raises(members.OrganisationGone, match="Opgeheven"):
        members.put_on_list(coalition=coalition, organisation=gone, by=coordinator)


def test_who_comes_back_starts_a_new_spell(coalition, coordinator):
    first = factories.make_member(coalition)
    members.leave(membership=first, by=coordinator, reason="Fusie")

    second = members.put_on_list(coalition=coalition, organisation=first.organisation, by=coordinator)
    members.admit(membership=second, by=coordinator)

    first.refresh_from_db()
    assert (first.state, first.leave_reason) == (MembershipState.LEFT, "Fusie")
    assert second.pk != first.pk
    assert coalition.memberships.members().get().pk == second.pk


def test_a_member_is_one_from_the_day_that_is_given(coalition, coordinator):
    wanted = factories.make_member(coalition, state="prospect", joined_on=None)
    day = datetime.date(2022, 2, 23)

    assert members.admit(membership=wanted, by=coordinator, on=day).joined_on == day


def test_a_member_that_rests_and_resumes_keeps_its_first_day(coalition, coordinator):
    membership = factories.make_member(coalition)

    members.rest(membership=membership, by=coordinator)
    resumed = members.resume(membership=membership, by=coordinator)

    assert resumed.joined_on == datetime.date(2021, 12, 1)


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_step_lies_in_the_future(coalition, coordinator, name):
    start = next(iter(STEPS[name][0]))
    membership = factories.make_member(coalition, state=start)

    with pytest.raises(members.DateInFuture):
        OPERATIONS[name](membership=membership, by=coordinator, on=TODAY + datetime.timedelta(days=1))


def test_nobody_leaves_before_joining(coalition, coordinator):
    membership = factories.make_member(coalition)

    with pytest.raises(Refused, match="De einddatum ligt voor de begindatum"):
        members.leave(membership=membership, by=coordinator, on=datetime.date(2021, 1, 1), reason="Fusie")
    membership.refresh_from_db()
    assert membership.state == MembershipState.MEMBER


def test_seats_end_with_the_membership(coalition, coordinator, partner):
    membership = coalition.memberships.get()
    seat = factories.give_seat(membership, partner.representatives.get())

    members.leave(membership=membership, by=coordinator, reason="Fusie")

    seat.refresh_from_db()
    assert seat.valid_to == TODAY
    assert not seat.is_current


def test_nothing_is_left_behind_when_a_later_step_fails(coalition, coordinator):
    """The line in the life of the membership is the last write; here it is too long to be written."""
    membership = factories.make_member(coalition, state="prospect", joined_on=None)

    with pytest.raises(Refused):
        members.admit(membership=membership, by=coordinator, reason="x" * 301)

    membership.refresh_from_db()
    assert (membership.state, membership.joined_on) == (MembershipState.PROSPECT, None)
    assert not MembershipStep.objects.exists()


def test_steps_are_evidence(coalition, coordinator):
    membership = factories.make_member(coalition)
    members.rest(membership=membership, by=coordinator)

    for change in (
        lambda: MembershipStep.objects.update(reason="anders"),
        lambda: MembershipStep.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
            change()


def test_history_tells_who_did_it(coalition, coordinator):
    membership = factories.make_member(coalition)

    members.rest(membership=membership, by=coordinator)

    event = membership.events.order_by("pgh_id").last()
    assert event.state == MembershipState.DORMANT
    assert event.pgh_context.metadata["user"] == coordinator.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_who_admit_at_once_one_hears_that_it_is_done(coalition, coordinator):
    membership = factories.make_member(coalition, state="invited", joined_on=None)

    outcomes = at_the_same_time(*[lambda: members.admit(membership=membership, by=coordinator)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IllegalStep", "Membership"]
    assert membership.steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_organisation_at_once_one_hears_that_it_is_there(coalition, coordinator):
    organisation = factories.make_organisation("Welzijn")

    outcomes = at_the_same_time(
        *[lambda: members.put_on_list(coalition=coalition, organisation=organisation, by=coordinator)] * 2
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "AlreadyOnList",
        "Membership",
    ]
