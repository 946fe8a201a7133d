"""Who was there is written down, and counted once each."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from actions.meetings import locked
from actions.models import Attendance, Meeting
from actions.models.meetings import HELD_STATES
from coalitions.groups import participants
from coalitions.models import Coalition, Seat
from coalitions.models.memberships import MEMBER_STATES
from partners import people as partners_people
from partners.models import Organisation, Person, Representative
from portal.acts import Refused, act


class NotHeld(Refused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"Zet ‘{meeting}’ eerst op gehouden. Daarna kun je dit vastleggen.")


class NoSuchPerson(Refused):
    def __init__(self) -> None:
        super().__init__("Deze persoon staat niet op de lijst en doet niet mee in deze coalitie.")


def record(*, meeting: Meeting, present: Iterable[int], by: Person) -> int:
    """Of the people in reach of `meeting` exactly `present` were there; how many that makes.

    Organisation and level are written as they were on the day of the meeting.
    """
    wanted = set(present)
    with act(by=by):
        meeting = held(meeting)
        known = set(expected(meeting).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted - known:
            raise NoSuchPerson
        meeting.attendances.exclude(person__in=wanted).delete()
        there = set(meeting.attendances.values_list("person", flat=True))
        _write(meeting, wanted - there, by)
    return len(wanted)


def add_guest(
    *, meeting: Meeting, name: str, organisation: Organisation | None, by: Person, level: str = ""
) -> Attendance:
    """Somebody the portal does not know yet was there; she becomes a person without a log-in."""
    with act(by=by):
        meeting = held(meeting)
        person = partners_people.add_person(name=name, by=by)
        attendance = Attendance(
            meeting=meeting, person=person, organisation=organisation, level=level, recorded_by=by
        )
        attendance.full_clean()
        attendance.save(force_insert=True)
    return attendance


def expected(meeting: Meeting) -> QuerySet[Person]:
    """Everybody who may have been there: invited, written down already, or in the coalition."""
    invited = Person.objects.filter(pk__in=meeting.invitations.values("person"))
    there = Person.objects.filter(pk__in=meeting.attendances.values("person"))
    inside = Person.objects.filter(pk__in=participants(meeting.coalition).order_by().values("pk"))
    return (invited | there | inside).order_by("sort_key", "pk")


def distinct_by_level(coalition: Coalition) -> dict[str, int]:
    """How many different people came to a meeting, by the level at which they came; one query.

    Somebody who came at two levels counts at both, so the total stands apart, under "total".
    """
    attendances = Attendance.objects.filter(meeting__coalition=coalition).order_by()
    rows = attendances.values("level").annotate(count=Count("person", distinct=True))
    counted = {row["level"]: row["count"] for row in rows}
    return {**counted, "total": attendances.aggregate(count=Count("person", distinct=True))["count"]}


def held(meeting: Meeting) -> Meeting:
    """The meeting, locked; refused while it did not take place."""
    meeting = locked(meeting)
    if meeting.state not in HELD_STATES:
        raise NotHeld(meeting)
    return meeting


def _write(meeting: Meeting, people: set[int], by: Person) -> None:
    organisations, levels = _places_on(meeting, people)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            person_id=pk,
            organisation_id=organisations.get(pk),
            level=levels.get(pk, ""),
            recorded_by=by,
        )
        for pk in sorted(people)
    )


def _places_on(meeting: Meeting, people: set[int]) -> tuple[dict[int, int], dict[int, str]]:
    """For which member each of `people` spoke on the day, and at which level; two queries."""
    of_members = {
        "organisation__memberships__coalition": meeting.coalition,
        "organisation__memberships__state__in": MEMBER_STATES,
    }
    speaks = Representative.objects.on(meeting.day).filter(person__in=people, **of_members)
    organisations = dict(speaks.order_by("is_primary", "pk").values_list("person", "organisation"))
    seats = Seat.objects.on(meeting.day).filter(
        representative__person__in=people, membership__coalition=meeting.coalition
    )
    levels: dict[int, str] = {}
    for person, organisation, level in seats.order_by("pk").values_list(
        "representative__person", "membership__organisation", "level"
    ):
        # The seat says best for whom she came.
        levels[person], organisations[person] = level, organisation
    return organisations, levels
