"""Organisations come onto the list of a coalition, become members, and leave.

Every move is a named step; each writes a line in the life of the membership. `seen` is the state
that the person who acts had on her screen: where it is another by now, she is told so and nothing
changes.
"""

import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.text import capfirst

from coalitions.models import Coalition, Membership, MembershipState, MembershipStep, Role, Seat
from coalitions.models.memberships import STATE_MOVES
from partners import organisations
from partners.models import Area, Organisation, OrganisationType, Person
from portal import outbox
from portal.acts import Refused, act
from portal.revisions import meanwhile, refuse_if_changed


class IllegalStep(Refused):
    def __init__(self, membership: Membership, to: str) -> None:
        super().__init__(
            f"{membership.organisation} staat nu op ‘{membership.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{MembershipState(to).label}’ niet."
        )


class AlreadyOnList(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} staat al op de lijst van deze coalitie.")


class OrganisationGone(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} bestaat niet meer onder deze naam.")


class ChangedMeanwhile(Refused):
    def __init__(self, membership: Membership, *, seen: str, to: str) -> None:
        last = membership.steps.select_related("recorded_by").order_by("pk").last()
        super().__init__(
            f"{meanwhile(last.recorded_by, last.recorded_at) if last else meanwhile()}. "
            f"Je zag {membership.organisation} op "
            f"‘{MembershipState(seen).label}’ en koos ‘{MembershipState(to).label}’, maar de stand is nu "
            f"‘{membership.get_state_display()}’. Er is niets veranderd."
        )


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__("Schrijf op waarom de organisatie stopt of niet meedoet.")


class DateInFuture(Refused):
    def __init__(self) -> None:
        super().__init__("De datum ligt in de toekomst. Kies vandaag of een eerdere datum.")


def put_on_list(
    *,
    coalition: Coalition,
    organisation: Organisation,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    source_note: str = "",
) -> Membership:
    """`organisation` is wanted in `coalition`; who comes back after leaving starts a new spell."""
    with act(by=by):
        if organisation.archived_at or organisation.merged_into_id:
            raise OrganisationGone(organisation)
        # The row of the coalition, so that of two who add the same one the second is told so.
        Coalition.objects.select_for_update(of=("self",), no_key=True).get(pk=coalition.pk)
        if Membership.objects.filter(
            coalition=coalition, organisation=organisation, left_on__isnull=True
        ).exists():
            raise AlreadyOnList(organisation)
        membership = Membership(coalition=coalition, organisation=organisation, source_note=source_note)
        membership.full_clean()
        membership.save(force_insert=True)
        _write_down(membership, start="", reason=reason, on=_day(on), by=by)
    return membership


def wish_for(
    *, coalition: Coalition, type: OrganisationType, municipality: Area | None, by: Person
) -> Membership:
    """A party of this kind is missed here, or in the whole area: it stands on the list under a name that
    says so."""
    with act(by=by):
        place = municipality.name if municipality else coalition.name
        organisation = organisations.add_organisation(
            name=f"{capfirst(type.name)} in {place} (nog te vinden)",
            type=type,
            municipality=municipality,
            by=by,
        )
        return put_on_list(
            coalition=coalition, organisation=organisation, by=by, reason="Gemist in het overzicht"
        )


def add_new(*, coalition: Coalition, by: Person, reason: str = "", **details: Any) -> Membership:
    """An organisation that the portal did not know, on the list at once; `details` as those of
    `organisations.add_organisation`."""
    with act(by=by):
        organisation = organisations.add_organisation(by=by, **details)
        return put_on_list(coalition=coalition, organisation=organisation, by=by, reason=reason)


def change_contribution(
    *, membership: Membership, contribution_role: str, by: Person, seen: int | None = None
) -> Membership:
    """Write what the organisation is in the coalition, such as initiator or sponsor."""
    with act(by=by):
        membership = _locked(membership)
        contribution_role = contribution_role.strip()
        refuse_if_changed(membership, seen=seen, wanted={"contribution_role": contribution_role})
        membership.contribution_role = contribution_role
        membership.full_clean()
        membership.save(update_fields=["contribution_role"])
    return membership


def start_talks(
    *,
    membership: Membership,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    seen: str = "",
) -> Membership:
    """The first talk took place."""
    return _step(membership, MembershipState.IN_TALKS, by=by, on=on, reason=reason, seen=seen)


def invite(
    *,
    membership: Membership,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    seen: str = "",
) -> Membership:
    """The organisation is asked to become a member."""
    return _step(membership, MembershipState.INVITED, by=by, on=on, reason=reason, seen=seen)


def admit(
    *,
    membership: Membership,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    seen: str = "",
) -> Membership:
    """The organisation is a member from `on`."""
    return _step(
        membership,
        MembershipState.MEMBER,
        by=by,
        on=on,
        reason=reason,
        seen=seen,
        only_from=(MembershipState.PROSPECT, MembershipState.IN_TALKS, MembershipState.INVITED),
        joined_on=_day(on),
    )


def rest(
    *,
    membership: Membership,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    seen: str = "",
) -> Membership:
    """The member stays a member and does nothing for now."""
    return _step(membership, MembershipState.DORMANT, by=by, on=on, reason=reason, seen=seen)


def resume(
    *,
    membership: Membership,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    seen: str = "",
) -> Membership:
    """A resting member is active again; its first day as a member stays what it was."""
    return _step(
        membership,
        MembershipState.MEMBER,
        by=by,
        on=on,
        reason=reason,
        seen=seen,
        only_from=(MembershipState.DORMANT,),
    )


def leave(
    *,
    membership: Membership,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    seen: str = "",
) -> Membership:
    """The member stops on `on`, and with it its seats."""
    with act(by=by):
        membership = _step(
            membership,
            MembershipState.LEFT,
            by=by,
            on=on,
            reason=reason,
            seen=seen,
            needs_reason=True,
            left_on=_day(on),
            leave_reason=reason,
        )
        Seat.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=_day(on)), membership=membership
        ).update(valid_to=Greatest("valid_from", _day(on)))
    return membership


def give_notice(
    *, membership: Membership, by: Person, on: datetime.date | None, reason: str, seen: str = ""
) -> Membership:
    """The organisation itself leaves; every coordinator gets a mail."""
    with act(by=by):
        membership = leave(membership=membership, by=by, on=on, reason=reason, seen=seen)
        coordinators = membership.coalition.roles.current().filter(
            role=Role.COORDINATOR, person__email__isnull=False
        )
        for held in coordinators.select_related("person"):
            outbox.post(
                purpose="member_left",
                reference=f"membership:{membership.pk}",
                recipient=held.person.email or "",
                context={"membership": membership, "by": by, "reason": reason},
            )
    return membership


def decline(
    *,
    membership: Membership,
    by: Person | None,
    on: datetime.date | None = None,
    reason: str = "",
    seen: str = "",
) -> Membership:
    """The organisation says that it does not take part."""
    return _step(
        membership,
        MembershipState.DECLINED,
        by=by,
        on=on,
        reason=reason,
        seen=seen,
        needs_reason=True,
        left_on=_day(on),
        leave_reason=reason,
    )


def _step(
    membership: Membership,
    to: str,
    *,
    by: Person | None,
    on: datetime.date | None,
    reason: str,
    seen: str,
    only_from: tuple[str, ...] | None = None,
    needs_reason: bool = False,
    **facts: datetime.date | str,
) -> Membership:
    """The one move that all others are, on the row as it is now."""
    with act(by=by):
        membership = _locked(membership)
        start = membership.state
        if seen and start != seen:
            raise ChangedMeanwhile(membership, seen=seen, to=to)
        if to not in STATE_MOVES.get(start, ()) or (only_from and start not in only_from):
            raise IllegalStep(membership, to)
        if needs_reason and not reason.strip():
            raise ReasonMissing
        membership.state = to
        for field, value in facts.items():
            setattr(membership, field, value)
        membership.full_clean()
        membership.save(update_fields=["state", *facts])
        _write_down(membership, start=start, reason=reason, on=_day(on), by=by)
    return membership


def _locked(membership: Membership) -> Membership:
    """The membership as it is now; who acts on it as well waits until this act is over."""
    return (
        Membership.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "coalition")
        .get(pk=membership.pk)
    )


def _day(on: datetime.date | None) -> datetime.date:
    today = timezone.localdate()
    if on is not None and on > today:
        raise DateInFuture
    return on or today


def _write_down(
    membership: Membership, *, start: str, reason: str, on: datetime.date, by: Person | None
) -> None:
    step = MembershipStep(
        membership=membership,
        from_state=start,
        to_state=membership.state,
        reason=reason,
        happened_on=on,
        recorded_by=by,
    )
    step.full_clean(exclude=["membership", "recorded_at"])
    step.save(force_insert=True)
