"""Working groups are proposed, supported, started, put to rest and closed; people come and go."""

import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from coalitions.models import (
    Coalition,
    CoalitionRole,
    GroupRole,
    GroupState,
    WorkingGroup,
    WorkingGroupDocument,
    WorkingGroupSeat,
    WorkingGroupSupport,
)
from coalitions.models.groups import GROUP_MOVES, OVER_STATES
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Person, Representative
from portal import files
from portal.acts import Refused, act
from portal.revisions import last_change, refuse_if_changed


class IllegalGroupStep(Refused):
    def __init__(self, group: WorkingGroup, to: str) -> None:
        super().__init__(
            f"‘{group}’ staat nu op ‘{group.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{GroupState(to).label}’ niet."
        )


class GroupChanged(Refused):
    def __init__(self, group: WorkingGroup, *, seen: str, to: str) -> None:
        super().__init__(
            f"{last_change(group)}. Je zag ‘{group}’ op ‘{GroupState(seen).label}’ en "
            f"koos ‘{GroupState(to).label}’, maar de stand is nu ‘{group.get_state_display()}’. "
            "Er is niets veranderd."
        )


class NotInCoalition(Refused):
    def __init__(self, person: Person) -> None:
        super().__init__(f"{person} doet niet mee in deze coalitie. Kies iemand van een lid, of met een rol.")


class GroupIsOver(Refused):
    def __init__(self, group: WorkingGroup) -> None:
        super().__init__(f"‘{group}’ is {group.get_state_display().lower()}. Er verandert niets meer aan.")


class NotOpen(Refused):
    def __init__(self, group: WorkingGroup) -> None:
        super().__init__(f"Bij ‘{group}’ kun je niet zelf aanschuiven. Vraag het aan de trekker.")


class OnlyProposals(Refused):
    def __init__(self) -> None:
        super().__init__("Steunen kan alleen zolang een groep voorgesteld is.")


def participants(coalition: Coalition) -> QuerySet[Person]:
    """Everybody who takes part in `coalition` today: speaks for a member, or has a role."""
    speaks = Representative.objects.current().filter(
        person=OuterRef("pk"),
        organisation__memberships__coalition=coalition,
        organisation__memberships__state__in=MEMBER_STATES,
    )
    has_role = CoalitionRole.objects.current().filter(person=OuterRef("pk"), coalition=coalition)
    return Person.objects.filter(Q(Exists(speaks)) | Q(Exists(has_role))).order_by("sort_key", "pk")


def propose(
    *, coalition: Coalition, name: str, purpose: str, kind: str, is_open: bool, by: Person
) -> WorkingGroup:
    """A group that may come, supported by who thought of it."""
    with act(by=by):
        group = WorkingGroup(
            coalition=coalition,
            name=name.strip(),
            slug=slugify(name)[:80] or "groep",
            purpose=purpose.strip(),
            kind=kind,
            is_open=is_open,
            proposed_by=by,
            proposed_on=timezone.localdate(),
        )
        group.full_clean()
        group.save(force_insert=True)
        WorkingGroupSupport.objects.create(group=group, person=by)
    return group


def support(*, group: WorkingGroup, by: Person) -> None:
    """`by` thinks that the proposed group should start."""
    with act(by=by):
        if _locked(group).state != GroupState.PROPOSED:
            raise OnlyProposals
        WorkingGroupSupport.objects.get_or_create(group=group, person=by)


def withdraw_support(*, group: WorkingGroup, by: Person) -> None:
    """`by` thinks so no longer."""
    with act(by=by):
        if _locked(group).state != GroupState.PROPOSED:
            raise OnlyProposals
        WorkingGroupSupport.objects.filter(group=group, person=by).delete()


def edit(*, group: WorkingGroup, by: Person, seen: int | None = None, **details: Any) -> WorkingGroup:
    """Write name, purpose, kind or openness; the address stays."""
    with act(by=by):
        group = _locked(group)
        if group.state in OVER_STATES:
            raise GroupIsOver(group)
        refuse_if_changed(group, seen=seen, wanted=details)
        for field in ("name", "purpose", "kind", "is_open"):
            setattr(group, field, details.get(field, getattr(group, field)))
        group.full_clean()
        group.save(update_fields=["name", "purpose", "kind", "is_open"])
    return group


def start(*, group: WorkingGroup, lead: Person, by: Person, seen: str = "") -> WorkingGroup:
    """The group begins, with a lead."""
    today = timezone.localdate()
    with act(by=by):
        group = _moved(group, GroupState.ACTIVE, seen=seen, only_from=GroupState.PROPOSED, started_on=today)
        _seat(group, lead, GroupRole.LEAD, today)
    return group


def decline(*, group: WorkingGroup, reason: str, by: Person, seen: str = "") -> WorkingGroup:
    """The proposal does not go on."""
    return _ended(group, GroupState.DECLINED, reason, by=by, seen=seen)


def rest(*, group: WorkingGroup, by: Person, seen: str = "") -> WorkingGroup:
    """The group does nothing for now."""
    with act(by=by):
        return _moved(group, GroupState.RESTING, seen=seen)


def resume(*, group: WorkingGroup, by: Person, seen: str = "") -> WorkingGroup:
    """The group goes on where it left off."""
    with act(by=by):
        return _moved(group, GroupState.ACTIVE, seen=seen, only_from=GroupState.RESTING)


def close(*, group: WorkingGroup, reason: str, by: Person, seen: str = "") -> WorkingGroup:
    """The group is done; everybody's place in it ends."""
    with act(by=by):
        group = _ended(group, GroupState.CLOSED, reason, by=by, seen=seen)
        group.seats.filter(valid_to__isnull=True).update(valid_to=timezone.localdate())
    return group


def add_person(*, group: WorkingGroup, person: Person, role: str, by: Person) -> WorkingGroupSeat:
    """`person` takes part from today; who was in it with another role gets the new one."""
    today = timezone.localdate()
    with act(by=by):
        group = _locked(group)
        if group.state in OVER_STATES:
            raise GroupIsOver(group)
        seat = group.seats.current().filter(person=person).exclude(role=role).first()
        if seat is not None:
            _end(seat, today)
        return _seat(group, person, role, today)


def join(*, group: WorkingGroup, by: Person) -> WorkingGroupSeat:
    """`by` takes part in an open group."""
    if not group.is_open:
        raise NotOpen(group)
    return add_person(group=group, person=by, role=GroupRole.MEMBER, by=by)


def end_seat(*, seat: WorkingGroupSeat, by: Person) -> None:
    """Somebody's place ends today; the last lead of an active group stays."""
    with act(by=by):
        _locked(seat.group)
        _end(seat, timezone.localdate())


def add_document(
    *, group: WorkingGroup, title: str, upload: UploadedFile, by: Person
) -> WorkingGroupDocument:
    """A document that the people of the group may read."""
    with act(by=by):
        group = _locked(group)
        if group.state in OVER_STATES:
            raise GroupIsOver(group)
        document = WorkingGroupDocument(
            group=group, title=title.strip(), file=files.store(upload), added_by=by
        )
        document.full_clean(exclude=["added_at"])
        document.save(force_insert=True)
    return document


def remove_document(*, document: WorkingGroupDocument, by: Person) -> None:
    """The document and its file are gone; the history knows that it was there."""
    with act(by=by):
        file = document.file
        document.delete()
        file.delete()


def _locked(group: WorkingGroup) -> WorkingGroup:
    return (
        WorkingGroup.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition")
        .get(pk=group.pk)
    )


def _moved(
    group: WorkingGroup, to: str, *, seen: str, only_from: str | None = None, **facts: datetime.date | str
) -> WorkingGroup:
    group = _locked(group)
    if seen and group.state != seen:
        raise GroupChanged(group, seen=seen, to=to)
    if to not in GROUP_MOVES.get(group.state, ()) or (only_from and group.state != only_from):
        raise IllegalGroupStep(group, to)
    group.state = to
    for field, value in facts.items():
        setattr(group, field, value)
    group.full_clean()
    group.save(update_fields=["state", *facts])
    return group


def _ended(group: WorkingGroup, to: str, reason: str, *, by: Person, seen: str) -> WorkingGroup:
    with act(by=by):
        return _moved(group, to, seen=seen, ended_on=timezone.localdate(), ending_reason=reason.strip())


def _seat(group: WorkingGroup, person: Person, role: str, today: datetime.date) -> WorkingGroupSeat:
    if not participants(group.coalition).filter(pk=person.pk).exists():
        raise NotInCoalition(person)
    seat = WorkingGroupSeat(group=group, person=person, role=role, valid_from=today)
    seat.full_clean()
    seat.save(force_insert=True)
    return seat


def _end(seat: WorkingGroupSeat, today: datetime.date) -> None:
    seat.valid_to = today
    seat.full_clean()
    seat.save(update_fields=["valid_to"])
