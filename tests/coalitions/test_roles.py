"""Roles and seats: given, ended, handed over, and never without a coordinator."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coalitions import roles
from coalitions.models import CoalitionRole, Role, Seat, SeatLevel
from partners.models import Invitation, Person
from portal.acts import Refused
from portal.models import Mail
from tests import factories
from tests.coalitions.test_members import at_the_same_time

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def coordination(coalition, coordinator):
    return coalition.roles.get(role=Role.COORDINATOR)


@pytest.fixture
def successor(db):
    return factories.make_person("Sofie Opvolger")


def test_a_role_is_given_from_today(coalition, coordinator, successor):
    role = roles.give_role(
        coalition=coalition,
        person=successor,
        role=Role.TEAM,
        employer="Robuust",
        hours_per_week=8,
        by=coordinator,
    )

    assert role.valid_from == TODAY
    assert role.is_current
    assert role.events.get().pgh_context.metadata["user"] == coordinator.pk


def test_the_same_role_is_not_given_twice(coalition, coordinator):
    with pytest.raises(Refused, match="heeft deze rol in deze periode al"):
        roles.give_role(coalition=coalition, person=coordinator, role=Role.COORDINATOR, by=coordinator)


def test_a_coalition_has_one_commissioner(coalition, coordinator, successor, alderman):
    roles.give_role(coalition=coalition, person=alderman, role=Role.COMMISSIONER, by=coordinator)

    with pytest.raises(Refused, match="al een opdrachtgever"):
        roles.give_role(coalition=coalition, person=successor, role=Role.COMMISSIONER, by=coordinator)


def test_a_role_of_more_than_a_week_is_refused(coalition, coordinator, successor):
    with pytest.raises(Refused, match="ten hoogste 60 uur"):
        roles.give_role(
            coalition=coalition,
            person=successor,
            role=Role.TEAM,
            hours_per_week=61,
            by=coordinator,
        )


def test_a_role_that_ends_today_is_over_today(coalition, coordinator, analyst):
    role = roles.end_role(role=coalition.roles.get(role=Role.ANALYST), by=coordinator)

    assert role.valid_to == TODAY
    assert not role.is_current


def test_a_role_does_not_end_twice(coalition, coordinator, analyst):
    role = coalition.roles.get(role=Role.ANALYST)
    roles.end_role(role=role, by=coordinator)

    with pytest.raises(roles.AlreadyOver):
        roles.end_role(role=role, by=coordinator)


def test_a_role_does_not_end_before_it_starts(coalition, coordinator, analyst):
    with pytest.raises(Refused, match="De einddatum ligt voor de begindatum"):
        roles.end_role(
            role=coalition.roles.get(role=Role.ANALYST),
            by=coordinator,
            on=datetime.date(2019, 1, 1),
        )


def test_the_last_coordinator_stays(coordination, coordinator):
    with pytest.raises(roles.LastCoordinator, match="altijd een coördinator"):
        roles.end_role(role=coordination, by=coordinator)
    coordination.refresh_from_db()
    assert coordination.valid_to is None


def test_one_of_two_coordinators_may_stop(coalition, coordination, coordinator, successor):
    roles.give_role(coalition=coalition, person=successor, role=Role.COORDINATOR, by=coordinator)

    assert roles.end_role(role=coordination, by=coordinator).valid_to == TODAY


@pytest.mark.parametrize("change", ["end", "delete", "other role", "other coalition"])
def test_the_last_coordinator_stays_by_sql_as_well(coordination, change):
    rows = CoalitionRole.objects.filter(pk=coordination.pk)
    acts = {
        "end": lambda: rows.update(valid_to=TODAY),
        "delete": rows.delete,
        "other role": lambda: rows.update(role=Role.READER),
        "other coalition": lambda: rows.update(coalition=factories.make_coalition()),
    }

    def change_and_look() -> None:
        acts[change]()
        # What happens at commit, which never comes in a test.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="altijd een coördinator"), transaction.atomic():
        change_and_look()


def test_a_role_is_handed_over_on_one_day(coordination, coordinator, successor):
    new = roles.hand_over(role=coordination, to=successor, by=coordinator, employer="Robuust")

    coordination.refresh_from_db()
    assert coordination.valid_to == new.valid_from == TODAY
    assert (new.person, new.role, new.employer) == (successor, Role.COORDINATOR, "Robuust")


def test_a_role_can_be_handed_over_later(coordination, coordinator, successor):
    new = roles.hand_over(role=coordination, to=successor, by=coordinator, on=TOMORROW)

    coordination.refresh_from_db()
    assert coordination.is_current
    assert not new.is_current
    assert coordination.valid_to == new.valid_from == TOMORROW


def test_nothing_is_left_behind_when_a_later_step_fails(coordination, coordinator, successor):
    """The successor has the role already, so the second half of the hand-over is refused."""
    roles.give_role(coalition=coordination.coalition, person=successor, role=Role.COORDINATOR, by=coordinator)

    with pytest.raises(Refused, match="heeft deze rol in deze periode al"):
        roles.hand_over(role=coordination, to=successor, by=coordinator)

    coordination.refresh_from_db()
    assert coordination.valid_to is None


def test_the_first_coordinator_gets_an_invitation(coalition, administrator):
    role = roles.appoint_first_coordinator(
        coalition=coalition,
        name="Nora Nieuw",
        email="Nora@Example.org",
        employer="Robuust",
        hours_per_week=24,
        by=administrator,
    )

    assert (role.person.name, role.person.email) == ("Nora Nieuw", "nora@example.org")
    assert (role.role, role.employer, role.hours_per_week) == (Role.COORDINATOR, "Robuust", 24)
    invitation = Invitation.objects.get(person=role.person)
    assert invitation.reason == f"coördinator van {coalition.name}"
    assert Mail.objects.get().recipient == "nora@example.org"


def test_who_is_known_by_address_is_not_made_again(coalition, administrator):
    known = factories.make_person("Nora Bekend", email="nora@example.org")

    role = roles.appoint_first_coordinator(
        coalition=coalition, name="N. Nieuw", email="NORA@example.org", by=administrator
    )

    assert role.person == known
    assert Person.objects.get(pk=known.pk).name == "Nora Bekend"


def test_a_coalition_with_a_coordinator_gets_no_first_one(coalition, coordinator, administrator):
    with pytest.raises(roles.HasCoordinator):
        roles.appoint_first_coordinator(
            coalition=coalition, name="Nora", email="nora@example.org", by=administrator
        )
    assert not Mail.objects.exists()


def test_without_invitation_there_is_no_coordinator(coalition, administrator):
    """Somebody whose account is closed gets no invitation, and then no role either."""
    closed = factories.make_person("Gert Gesloten", email="gert@example.org")
    closed.is_active = False
    closed.save()

    with pytest.raises(Refused, match="staat uit"):
        roles.appoint_first_coordinator(
            coalition=coalition, name="Gert", email="gert@example.org", by=administrator
        )
    assert not coalition.roles.exists()


def test_the_coordinator_can_be_invited_again(coalition, administrator):
    roles.appoint_first_coordinator(
        coalition=coalition, name="Nora", email="nora@example.org", by=administrator
    )

    roles.invite_coordinator_again(coalition=coalition, by=administrator)

    assert Invitation.objects.open().count() == 1
    assert Mail.objects.count() == 2


def test_without_coordinator_nobody_is_invited_again(coalition, administrator):
    with pytest.raises(roles.WithoutCoordinator):
        roles.invite_coordinator_again(coalition=coalition, by=administrator)


def test_a_representative_of_a_member_gets_a_seat(coalition, coordinator, partner):
    seat = roles.give_seat(
        membership=coalition.memberships.get(),
        representative=partner.representatives.get(),
        level=SeatLevel.MANAGEMENT,
        by=coordinator,
    )

    assert (seat.level, seat.valid_from) == (SeatLevel.MANAGEMENT, TODAY)


def test_a_seat_is_given_once_per_level(coalition, coordinator, partner):
    given = {
        "membership": coalition.memberships.get(),
        "representative": partner.representatives.get(),
        "by": coordinator,
    }
    roles.give_seat(level=SeatLevel.BOARD, **given)
    roles.give_seat(level=SeatLevel.EXECUTION, **given)

    with pytest.raises(Refused, match="op dit niveau al een zetel"):
        roles.give_seat(level=SeatLevel.BOARD, **given)


@pytest.mark.parametrize("state", ["prospect", "in_talks", "invited", "left", "declined"])
def test_who_is_no_member_has_no_seat(coalition, coordinator, successor, state):
    membership = factories.make_member(coalition, state=state)
    representative = factories.make_representative(successor, membership.organisation)

    with pytest.raises(roles.NotAMember, match="is nu geen lid"):
        roles.give_seat(
            membership=membership,
            representative=representative,
            level=SeatLevel.BOARD,
            by=coordinator,
        )


def test_a_seat_is_for_somebody_of_the_organisation_itself(coalition, coordinator, partner):
    other = factories.make_member(coalition)

    with pytest.raises(Refused, match="iemand van de organisatie die lid is"):
        roles.give_seat(
            membership=other,
            representative=partner.representatives.get(),
            level=SeatLevel.BOARD,
            by=coordinator,
        )


def test_a_past_representative_has_no_seat(coalition, coordinator, partner):
    past = partner.representatives.get()
    past.valid_to = TODAY
    past.save()

    with pytest.raises(roles.NoLongerRepresentative):
        roles.give_seat(
            membership=coalition.memberships.get(),
            representative=past,
            level=SeatLevel.BOARD,
            by=coordinator,
        )


def test_a_seat_ends_today_and_once(coalition, coordinator, alderman):
    seat = Seat.objects.get()

    assert not roles.end_seat(seat=seat, by=coordinator).is_current
    with pytest.raises(roles.AlreadyOver):
        roles.end_seat(seat=seat, by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_over_at_once_one_hears_that_it_is_done(coordination, coordinator, successor):
    other = factories.make_person("Tom Tweede")

    outcomes = at_the_same_time(
        lambda: roles.hand_over(role=coordination, to=successor, by=coordinator),
        lambda: roles.hand_over(role=coordination, to=other, by=coordinator),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "AlreadyOver",
        "CoalitionRole",
    ]
    assert coordination.coalition.roles.current().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_stop_at_once_do_not_both_stop(coalition, coordination, coordinator, successor):
    second = roles.give_role(coalition=coalition, person=successor, role=Role.COORDINATOR, by=coordinator)

    outcomes = at_the_same_time(
        lambda: roles.end_role(role=coordination, by=coordinator),
        lambda: roles.end_role(role=second, by=coordinator),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "CoalitionRole",
        "LastCoordinator",
    ]
    assert coalition.roles.current().count() == 1
