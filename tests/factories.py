"""Rows for tests, made through operations where a rule guards the model."""

import datetime
import functools
import itertools
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from actions import meetings
from actions.models import Meeting, MeetingKind, MeetingState
from coalitions.models import (
    Coalition,
    CoalitionRole,
    GroupRole,
    GroupState,
    Level,
    Membership,
    MembershipState,
    Phase,
    Role,
    Seat,
    SeatLevel,
    WorkingGroup,
    WorkingGroupSeat,
)
from covenants import texts
from covenants.models import CovenantVersion
from monitoring import releases
from monitoring.models import Audit, Partition, Release, WindowAudit
from partners.models import (
    Area,
    AreaKind,
    AreaMember,
    Mandate,
    MandateKind,
    Organisation,
    OrganisationLink,
    OrganisationType,
    Person,
    PlatformRole,
    Representative,
)
from portal import jobs
from tests.covenants.samples import BLOCKS, MEANING
from tests.rows import again, create

PASSWORD = "een-lang-wachtwoord-voor-tests"
LONG_AGO = datetime.date(2020, 1, 1)

TYPE = "SELECT * FROM partners_organisationtype WHERE code = %s"

_numbers = itertools.count(1)


def number_from(start: int) -> None:
    """Names go on from `start`, where rows of an earlier run may still be there."""
    global _numbers
    _numbers = itertools.count(start)


def make_person(name: str = "", *, email: str | None = "", logs_in: bool = True) -> Person:
    number = next(_numbers)
    if email == "":
        email = f"persoon{number}@example.org"
    facts = {"name": name or f"Persoon {number}", "email": email}
    if not email or not logs_in:
        return create(Person, **facts)
    # What `open_account` leaves, in two rows: nearly every test begins with some people.
    facts["email"] = email.lower()
    person = create(Person, **facts, password=_hashed(PASSWORD))
    create(EmailAddress, user=person, email=person.email, verified=True, primary=True)
    return person


@functools.cache
def _hashed(password: str) -> str:
    return make_password(password)


def make_area(
    name: str = "",
    *,
    kind: str = AreaKind.MUNICIPALITY,
    code: str = "",
    valid_from: datetime.date = LONG_AGO,
    valid_to: datetime.date | None = None,
) -> Area:
    number = next(_numbers)
    return create(
        Area,
        kind=kind,
        code=code
        or (f"GM{9000 + number % 1000:04d}" if kind == AreaKind.MUNICIPALITY else f"gebied-{number}"),
        name=name or f"Gebied {number}",
        valid_from=valid_from,
        valid_to=valid_to,
        longitude=5.0 + (number % 20) / 10,
        latitude=51.0 + (number % 20) / 10,
    )


def put_in_region(
    region: Area,
    *members: Area,
    valid_from: datetime.date = LONG_AGO,
    valid_to: datetime.date | None = None,
) -> None:
    period = {"valid_from": valid_from, "valid_to": valid_to}
    for member in members:
        create(AreaMember, region=region, member=member, kind=region.kind, **period)


def make_coalition(
    name: str = "",
    *,
    level: str = Level.REGIONAL,
    parent: Coalition | None = None,
    municipalities: tuple[Area, ...] = (),
    phase: str = Phase.EXECUTING,
    is_public: bool = True,
) -> Coalition:
    number = next(_numbers)
    slug = f"coalitie-{number}"
    area = create(
        Area, kind=AreaKind.COALITION, code=slug, name=name or f"Coalitie {number}", valid_from=LONG_AGO
    )
    put_in_region(area, *municipalities)
    return create(
        Coalition,
        name=name or f"Coalitie {number}",
        slug=slug,
        level=level,
        parent=parent,
        area=area,
        phase=phase,
        is_public=is_public,
    )


@again
def make_maas_en_peel() -> Coalition:
    """The coalition of the cast."""
    venlo, beesel = make_area("Venlo", code="GM0983"), make_area("Beesel", code="GM0889")
    return make_coalition("Maas en Peel", municipalities=(venlo, beesel))


def make_type(code: str = "welzijn", *, domain: str = "social") -> OrganisationType:
    # Not `get_or_create`, which makes a savepoint against others who do the same: most tests make one.
    found = list(OrganisationType.objects.raw(TYPE, [code]))
    return (
        found[0]
        if found
        else create(OrganisationType, code=code, name=code, name_plural=f"{code}en", domain=domain)
    )


def make_organisation(
    name: str = "", *, type_code: str = "welzijn", municipality: Area | None = None
) -> Organisation:
    return create(
        Organisation,
        name=name or f"Organisatie {next(_numbers)}",
        type=make_type(type_code),
        municipality=municipality,
    )


def make_member(
    coalition: Coalition,
    organisation: Organisation | None = None,
    *,
    state: str = MembershipState.MEMBER,
    joined_on: datetime.date | None = datetime.date(2021, 12, 1),
    left_on: datetime.date | None = None,
) -> Membership:
    is_over = state in {MembershipState.LEFT, MembershipState.DECLINED}
    return create(
        Membership,
        coalition=coalition,
        organisation=organisation or make_organisation(),
        state=state,
        joined_on=joined_on,
        left_on=left_on or (timezone.localdate() if is_over else None),
    )


def make_representative(
    person: Person,
    organisation: Organisation,
    *,
    function: str = "adviseur",
    is_primary: bool = False,
) -> Representative:
    return create(
        Representative,
        person=person,
        organisation=organisation,
        function=function,
        is_primary=is_primary,
        valid_from=LONG_AGO,
    )


def give_role(
    person: Person,
    coalition: Coalition,
    role: str = Role.COORDINATOR,
    *,
    valid_from: datetime.date = LONG_AGO,
    valid_to: datetime.date | None = None,
) -> CoalitionRole:
    return create(
        CoalitionRole, coalition=coalition, person=person, role=role, valid_from=valid_from, valid_to=valid_to
    )


@again
def make_coordinator(coalition: Coalition) -> Person:
    """The coordinator of the cast."""
    person = make_person("Carla Coördinator")
    give_role(person, coalition, Role.COORDINATOR)
    return person


def give_seat(membership: Membership, representative: Representative, level: str = SeatLevel.BOARD) -> Seat:
    return create(
        Seat, membership=membership, representative=representative, level=level, valid_from=LONG_AGO
    )


def give_mandate(
    representative: Representative,
    *,
    checked_by: Person | None,
    need: int = 1,
    area: Area | None = None,
    valid_to: datetime.date | None = None,
) -> Mandate:
    return create(
        Mandate,
        representative=representative,
        kind=MandateKind.DIRECTOR,
        need=need,
        requested_by=representative.person,
        checked_by=checked_by,
        checked_at=timezone.now() if checked_by else None,
        area=area,
        valid_from=LONG_AGO,
        valid_to=valid_to,
    )


def make_upload(name: str = "volmacht.pdf", content: bytes = b"%PDF-1.7 proef") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def link(
    source: Organisation, target: Organisation, kind: str, *, valid_to: datetime.date | None = None
) -> OrganisationLink:
    return create(
        OrganisationLink, source=source, target=target, kind=kind, valid_from=LONG_AGO, valid_to=valid_to
    )


def make_group(coalition: Coalition, lead: Person, *, name: str = "") -> WorkingGroup:
    """A group that is active, led by `lead`."""
    name = name or f"Groep {next(_numbers)}"
    with transaction.atomic():
        group = create(
            WorkingGroup,
            coalition=coalition,
            name=name,
            slug=slugify(name),
            purpose="Samen beter",
            state=GroupState.ACTIVE,
            proposed_on=LONG_AGO,
            started_on=LONG_AGO,
        )
        create(WorkingGroupSeat, group=group, person=lead, role=GroupRole.LEAD, valid_from=LONG_AGO)
    return group


def make_meeting(
    coalition: Coalition, by: Person, *, state: str = MeetingState.DRAFT, in_days: int = 14, **facts: Any
) -> Meeting:
    """A meeting of two hours; one that was held began an hour ago unless told."""
    is_past = state not in {MeetingState.DRAFT, MeetingState.INVITED, MeetingState.CANCELLED}
    starts_at = timezone.now() + datetime.timedelta(days=in_days)
    if is_past and in_days > 0:
        starts_at = timezone.now() - datetime.timedelta(hours=1)
    facts = {
        "kind": MeetingKind.ENCOUNTER,
        "title": f"Bijeenkomst {next(_numbers)}",
        "starts_at": starts_at,
        "ends_at": starts_at + datetime.timedelta(hours=2),
        "place": "Venlo",
        **facts,
    }
    meeting = meetings.plan(coalition=coalition, by=by, **facts)
    if state == MeetingState.CANCELLED:
        return meetings.cancel(meeting=meeting, reason="Te weinig mensen", by=by)
    if state != MeetingState.DRAFT:
        meeting = meetings.announce(meeting=meeting, by=by)
    return meetings.hold(meeting=meeting, by=by) if is_past else meeting


def make_administrator(person: Person) -> PlatformRole:
    return create(PlatformRole, person=person, valid_from=LONG_AGO)


def today() -> datetime.date:
    """The day it is in the Netherlands."""
    return timezone.localdate()


def make_draft(
    coalition: Coalition, title: str = "Convenant Maas en Peel", *, by: Person | None = None, **terms: Any
) -> CovenantVersion:
    """A complete text that nobody proposed to freeze yet."""
    whole = {"blocks": BLOCKS, "meaning": MEANING, **terms}
    return texts.create(coalition=coalition, title=title, by=by, **whole)


def confirm_text(version: CovenantVersion, first: Person, second: Person) -> CovenantVersion:
    """Two people fix the words of `version`; its seal is still to come."""
    version = texts.propose_freeze(version=version, by=first)
    return texts.confirm_freeze(version=version, by=second, digest=texts.digest_of_version(version))


def freeze(
    version: CovenantVersion, first: Person | None = None, second: Person | None = None
) -> CovenantVersion:
    """`version` with a hash, as if its seal were there."""
    version = confirm_text(version, first or make_person(), second or make_person())
    return texts.complete_freeze(version=version, sha256=f"{version.pk:064x}")


def work_out_figures() -> None:
    """What workers do with what was ordered; the check of three years may ask for one of a whole again."""
    jobs.work_due(Partition)
    while jobs.work_due(Audit) + jobs.work_due(WindowAudit):
        pass


def publish_figures() -> Release:
    """Work out and check what was ordered, and publish it by the hands of two people."""
    work_out_figures()
    release = Release.objects.open().get()
    releases.check(release=release, by=make_person("Chris Controleur", logs_in=False))
    by = make_person("Gerda Goedkeurder", logs_in=False)
    releases.approve(release=release, by=by)
    return releases.publish(release=release, by=by)
