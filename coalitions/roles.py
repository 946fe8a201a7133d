"""Who does what for a coalition, and who sits at which of its tables."""

import datetime
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from coalitions.models import Coalition, CoalitionRole, Membership, Role, Seat, SeatKind
from coalitions.models.coalitions import COMMISSIONED_PHASES
from coalitions.models.memberships import MEMBER_STATES
from partners import invitations, people, representatives
from partners.login import has_account
from partners.models import Person, Representative
from portal import files, outbox
from portal.acts import Refused, act
from portal.revisions import refuse_if_changed

Fact = TypeVar("Fact", CoalitionRole, Seat)


class LastCoordinator(Refused):
    def __init__(self) -> None:
        super().__init__("Een coalitie heeft altijd een coördinator. Wijs eerst een opvolger aan.")


class HasCoordinator(Refused):
    def __init__(self) -> None:
        super().__init__("Deze coalitie heeft al een coördinator. Die kan anderen zelf een rol geven.")


class WithoutCoordinator(Refused):
    def __init__(self) -> None:
        super().__init__("Deze coalitie heeft nog geen coördinator om uit te nodigen.")


class LastCommissioner(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Vanaf de fase ‘opgericht’ heeft een coalitie een opdrachtgever. Draag de rol over aan een ander."
        )


class AlreadyOver(Refused):
    def __init__(self) -> None:
        super().__init__("Dit is al eerder beëindigd. Ververs de pagina om te zien hoe het nu is.")


class NotAMember(Refused):
    def __init__(self, membership: Membership) -> None:
        super().__init__(f"{membership.organisation} is nu geen lid. Alleen een lid heeft een zetel.")


class NoLongerRepresentative(Refused):
    def __init__(self, representative: Representative) -> None:
        super().__init__(f"{representative.person} vertegenwoordigt {representative.organisation} niet meer.")


def give_role(
    *,
    coalition: Coalition,
    person: Person,
    role: str,
    by: Person | None,
    from_date: datetime.date | None = None,
    until: datetime.date | None = None,
    employer: str = "",
    hours_per_week: int | None = None,
    document: UploadedFile | None = None,
) -> CoalitionRole:
    """`person` has `role` from `from_date`, today by default."""
    with act(by=by):
        _lock(coalition)
        given = CoalitionRole(
            coalition=coalition,
            person=person,
            role=role,
            employer=employer,
            hours_per_week=hours_per_week,
            assignment_document=files.store(document) if document else None,
            valid_from=from_date or timezone.localdate(),
            valid_to=until,
        )
        given.full_clean()
        given.save(force_insert=True)
    return given


def end_role(*, role: CoalitionRole, by: Person | None, on: datetime.date | None = None) -> CoalitionRole:
    """`role` holds no longer from `on`; who ends today has it no more today."""
    with act(by=by):
        _lock(role.coalition)
        role = _end(CoalitionRole.objects.get(pk=role.pk), on or timezone.localdate())
        if role.role == Role.COORDINATOR and not _has(role.coalition, Role.COORDINATOR):
            raise LastCoordinator
        if (
            role.role == Role.COMMISSIONER
            and role.coalition.phase in COMMISSIONED_PHASES
            and not _has(role.coalition, Role.COMMISSIONER)
        ):
            raise LastCommissioner
    return role


def hand_over(
    *,
    role: CoalitionRole,
    to: Person,
    by: Person | None,
    on: datetime.date | None = None,
    employer: str = "",
    hours_per_week: int | None = None,
    document: UploadedFile | None = None,
) -> CoalitionRole:
    """`to` takes over `role` on `on`, today by default; the new role."""
    day = on or timezone.localdate()
    with act(by=by):
        _lock(role.coalition)
        old = _end(CoalitionRole.objects.get(pk=role.pk), day)
        return give_role(
            coalition=old.coalition,
            person=to,
            role=old.role,
            from_date=day,
            employer=employer,
            hours_per_week=hours_per_week,
            document=document,
            by=by,
        )


def appoint(
    *, coalition: Coalition, role: str, name: str, email: str, by: Person, **details: Any
) -> CoalitionRole:
    """Somebody, known already or new, gets `role` and hears of it; `details` as those of `give_role`."""
    with act(by=by):
        person = _person(name=name, email=email, by=by)
        given = give_role(coalition=coalition, person=person, role=role, by=by, **details)
        _tell(given, by=by)
    return given


def hand_over_to(*, role: CoalitionRole, name: str, email: str, by: Person, **details: Any) -> CoalitionRole:
    """Somebody, known already or new, takes over `role` and hears of it; `details` as those of
    `hand_over`."""
    with act(by=by):
        given = hand_over(role=role, to=_person(name=name, email=email, by=by), by=by, **details)
        _tell(given, by=by)
    return given


def change_details(
    *,
    role: CoalitionRole,
    employer: str,
    hours_per_week: int | None,
    by: Person,
    document: UploadedFile | None = None,
    seen: int | None = None,
) -> CoalitionRole:
    """Write for whom and how many hours somebody works, and the document of the assignment."""
    with act(by=by):
        _lock(role.coalition)
        role = CoalitionRole.objects.get(pk=role.pk)
        wanted = {"employer": employer.strip(), "hours_per_week": hours_per_week}
        refuse_if_changed(role, seen=seen, wanted=wanted)
        role.employer, role.hours_per_week = employer.strip(), hours_per_week
        if document:
            role.assignment_document = files.store(document)
        role.full_clean()
        role.save(update_fields=["employer", "hours_per_week", "assignment_document"])
    return role


def appoint_first_coordinator(
    *,
    coalition: Coalition,
    name: str,
    email: str,
    by: Person | None,
    employer: str = "",
    hours_per_week: int | None = None,
) -> CoalitionRole:
    """Somebody, known already or new, coordinates `coalition` from today and gets an invitation."""
    with act(by=by):
        _lock(coalition)
        if _has(coalition, Role.COORDINATOR):
            raise HasCoordinator
        person = _person(name=name, email=email, by=by)
        role = give_role(
            coalition=coalition,
            person=person,
            role=Role.COORDINATOR,
            employer=employer,
            hours_per_week=hours_per_week,
            by=by,
        )
        _invite(role, by=by)
    return role


def invite_coordinator_again(*, coalition: Coalition, by: Person | None) -> CoalitionRole:
    """A new invitation for the coordinator, whose first one got lost or ran out."""
    with act(by=by):
        role = (
            coalition.roles.current()
            .filter(role=Role.COORDINATOR, person__email__isnull=False)
            .select_related("person", "coalition")
            .order_by("valid_from", "pk")
            .first()
        )
        if role is None:
            raise WithoutCoordinator
        _invite(role, by=by)
    return role


def give_seat(
    *,
    membership: Membership,
    representative: Representative,
    level: str,
    by: Person | None,
    kind: str = SeatKind.REGULAR,
    from_date: datetime.date | None = None,
) -> Seat:
    """`representative` sits for its organisation at `level` from `from_date`, today by default."""
    with act(by=by):
        # So that the member cannot leave between this look and the new seat.
        membership = (
            Membership.objects.select_for_update(of=("self",), no_key=True)
            .select_related("organisation")
            .get(pk=membership.pk)
        )
        if membership.state not in MEMBER_STATES:
            raise NotAMember(membership)
        if not representative.is_current:
            raise NoLongerRepresentative(representative)
        seat = Seat(
            membership=membership,
            representative=representative,
            level=level,
            kind=kind,
            valid_from=from_date or timezone.localdate(),
        )
        seat.full_clean()
        seat.save(force_insert=True)
    return seat


def invite_to_seat(
    *,
    membership: Membership,
    name: str,
    email: str,
    function: str,
    level: str,
    by: Person,
    kind: str = SeatKind.REGULAR,
    from_date: datetime.date | None = None,
) -> Seat:
    """Somebody new speaks for the member, has a seat at once, and gets an invitation to log in."""
    with act(by=by):
        representative = representatives.invite(
            organisation=membership.organisation, name=name, email=email, function=function, by=by
        )
        return give_seat(
            membership=membership,
            representative=representative,
            level=level,
            kind=kind,
            from_date=from_date,
            by=by,
        )


def end_seat(*, seat: Seat, by: Person | None, on: datetime.date | None = None) -> Seat:
    """`seat` is empty from `on`, today by default."""
    with act(by=by):
        return _end(
            Seat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk),
            on or timezone.localdate(),
        )


def _lock(coalition: Coalition) -> None:
    """Whoever changes the roles of a coalition waits for whoever is doing so."""
    Coalition.objects.select_for_update(of=("self",), no_key=True).get(pk=coalition.pk)


def _end(fact: Fact, on: datetime.date) -> Fact:
    if fact.valid_to is not None and fact.valid_to <= on:
        raise AlreadyOver
    fact.valid_to = on
    fact.full_clean()
    fact.save(update_fields=["valid_to"])
    return fact


def _has(coalition: Coalition, role: str) -> bool:
    return coalition.roles.filter(role=role, valid_to__isnull=True).exists()


def _person(*, name: str, email: str, by: Person | None) -> Person:
    known = Person.objects.filter(email__iexact=email.strip()).first()
    return known or people.add_person(name=name, email=email, by=by)


def _tell(role: CoalitionRole, *, by: Person) -> None:
    """Who has no account gets an invitation, who has one a mail."""
    if not has_account(role.person):
        invitations.invite(
            person=role.person, reason=f"{role.get_role_display()} van {role.coalition.name}", by=by
        )
        return
    outbox.post(
        purpose="role_given",
        reference=f"role:{role.pk}",
        recipient=role.person.email or "",
        context={"role": role, "by": by},
    )


def _invite(role: CoalitionRole, *, by: Person | None) -> None:
    invitations.invite(person=role.person, reason=f"coördinator van {role.coalition.name}", by=by)
