"""What the tables of coalitions refuse by themselves, one test for each rule."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from coalitions.models import (
    Coalition,
    CoalitionRole,
    Level,
    Membership,
    MembershipState,
    Role,
    Seat,
    SeatLevel,
)
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - datetime.timedelta(days=1)


@contextmanager
def refuses(
    words: str, error: type[Exception] | tuple[type[Exception], ...] = IntegrityError
) -> Iterator[None]:
    """The block breaks the rule of this name, or is refused in these words."""
    with pytest.raises(error, match=words), transaction.atomic():
        yield


WIDER = {
    Level.LOCAL: {Level.REGIONAL, Level.NATIONAL},
    Level.REGIONAL: {Level.NATIONAL},
    Level.NATIONAL: set(),
}


@pytest.mark.parametrize("parent_level", Level.values)
@pytest.mark.parametrize("level", Level.values)
def test_a_coalition_belongs_to_a_wider_one(level, parent_level):
    parent = factories.make_coalition(level=parent_level)

    if parent_level in WIDER[level]:
        assert factories.make_coalition(level=level, parent=parent).parent == parent
        return
    with refuses("parent_is_wider|Een lokale coalitie hoort bij|national_has_no_parent"):
        factories.make_coalition(level=level, parent=parent)


def test_a_coalition_with_children_does_not_become_narrower():
    parent = factories.make_coalition(level=Level.REGIONAL)
    factories.make_coalition(level=Level.LOCAL, parent=parent)

    with refuses("Een lokale coalitie hoort bij"):
        Coalition.objects.filter(pk=parent.pk).update(level=Level.LOCAL)


def test_a_national_coalition_has_no_parent():
    parent = factories.make_coalition(level=Level.NATIONAL)
    national = factories.make_coalition(level=Level.NATIONAL)

    with refuses("Een lokale coalitie hoort bij|national_has_no_parent"):
        Coalition.objects.filter(pk=national.pk).update(parent=parent)


def test_two_coalitions_have_two_addresses(coalition):
    with refuses("slug"):
        Coalition.objects.filter(pk=factories.make_coalition().pk).update(slug=coalition.slug)


def test_two_coalitions_have_two_areas(coalition):
    with refuses("area_id"):
        Coalition.objects.filter(pk=factories.make_coalition().pk).update(area=coalition.area)


def test_an_organisation_has_one_open_spell(coalition):
    member = factories.make_member(coalition)

    with refuses("coalitions_membership_one_open_spell"):
        factories.make_member(coalition, member.organisation, state=MembershipState.PROSPECT)


def test_spells_that_are_over_may_be_many(coalition):
    gone = factories.make_member(coalition, state=MembershipState.LEFT)
    factories.make_member(coalition, gone.organisation, state=MembershipState.LEFT)
    factories.make_member(coalition, gone.organisation)

    assert coalition.memberships.count() == 3


@pytest.mark.parametrize("state", [MembershipState.LEFT, MembershipState.DECLINED])
def test_what_is_over_has_a_date(coalition, state):
    with refuses("coalitions_membership_over_has_a_date"):
        Membership.objects.create(
            coalition=coalition,
            organisation=factories.make_organisation(),
            state=state,
            joined_on=YESTERDAY,
        )


def test_what_runs_has_no_end_date(coalition):
    with refuses("coalitions_membership_over_has_a_date"):
        factories.make_member(coalition, left_on=TODAY)


@pytest.mark.parametrize("state", ["member", "dormant", "left"])
def test_a_member_has_a_first_day(coalition, state):
    with refuses("coalitions_membership_member_has_a_date"):
        factories.make_member(coalition, state=state, joined_on=None)


def test_nobody_leaves_before_joining(coalition):
    with refuses("coalitions_membership_leaves_after_joining"):
        factories.make_member(coalition, state="left", joined_on=TODAY, left_on=YESTERDAY)


def test_a_seat_is_held_once_at_a_time(alderman):
    seat = Seat.objects.get()

    with refuses("coalitions_seat_once"):
        factories.give_seat(seat.membership, seat.representative, SeatLevel.BOARD)


def test_a_seat_may_follow_on_an_earlier_one(alderman):
    seat = Seat.objects.get()
    Seat.objects.update(valid_to=TODAY)

    Seat.objects.create(
        membership=seat.membership,
        representative=seat.representative,
        level=SeatLevel.BOARD,
        valid_from=TODAY,
    )

    assert Seat.objects.current().count() == 1


def test_a_seat_is_for_somebody_of_the_member_itself(coalition, alderman):
    other = factories.make_member(coalition)

    with refuses("Een zetel is voor iemand van de organisatie die lid is"):
        Seat.objects.update(membership=other)


@pytest.mark.parametrize("model", [Seat, CoalitionRole])
def test_nothing_ends_before_it_starts(alderman, analyst, model):
    # The range of the exclusion constraint refuses it before the check constraint can.
    with refuses("range lower bound|ends_after_it_starts", (DataError, IntegrityError)):
        model.objects.update(valid_to=datetime.date(2019, 1, 1))


def test_a_role_is_held_once_at_a_time(coalition, coordinator):
    with refuses("coalitions_coalitionrole_once"):
        factories.give_role(coordinator, coalition, Role.COORDINATOR)


def test_a_coalition_has_one_commissioner_at_a_time(coalition, coordinator, alderman):
    factories.give_role(alderman, coalition, Role.COMMISSIONER)

    with refuses("coalitions_coalitionrole_one_commissioner"):
        factories.give_role(coordinator, coalition, Role.COMMISSIONER)


def test_commissioners_may_follow_each_other(coalition, coordinator, alderman):
    factories.give_role(alderman, coalition, Role.COMMISSIONER, valid_to=TODAY)
    factories.give_role(coordinator, coalition, Role.COMMISSIONER, valid_from=TODAY)

    assert coalition.roles.current().get(role=Role.COMMISSIONER).person == coordinator


def test_a_week_has_sixty_hours_of_work_at_most(coordinator):
    with refuses("coalitions_coalitionrole_hours_in_a_week"):
        CoalitionRole.objects.update(hours_per_week=61)
