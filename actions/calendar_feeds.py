"""Somebody's own calendar program follows her meetings by a secret address, which she can renew."""

import datetime
import hashlib
import secrets

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from actions.models import CalendarFeed, Meeting, MeetingState, Response
from coalitions.access import Permission, coalition_ids_with
from partners.models import Person
from portal.acts import act

# A cancelled meeting stays in the feed this long, so that every calendar hears of it.
CANCELLED_DAYS = 90


def renew(*, person: Person, by: Person) -> str:
    """A new address; the old one works no longer. Returns its secret, which is shown once."""
    token = secrets.token_urlsafe(48)
    with act(by=by):
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        CalendarFeed.objects.live().filter(person=person).update(revoked_at=Now())
        CalendarFeed.objects.create(person=person, token_hash=_hash(token))
    return token


def stop(*, person: Person, by: Person) -> None:
    """The address works no longer."""
    with act(by=by):
        CalendarFeed.objects.live().filter(person=person).update(revoked_at=Now())


def find(token: str) -> CalendarFeed | None:
    """The feed at this address; None where there is none (any more)."""
    return (
        CalendarFeed.objects.live()
        .filter(token_hash=_hash(token), person__is_active=True)
        .select_related("person")
        .first()
    )


def note_reading(feed: CalendarFeed) -> None:
    """Remember the day on which a program last came for it; once a day."""
    today = timezone.localdate()
    if feed.read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_on=today)


def meetings_of(person: Person) -> QuerySet[Meeting]:
    """What stands in the calendar of `person`: meetings that she is invited to and did not turn
    down, in coalitions where she takes part today."""
    recently = timezone.now() - datetime.timedelta(days=CANCELLED_DAYS)
    mine = Meeting.objects.announced().filter(
        coalition__in=coalition_ids_with(person, Permission.MEETING_READ),
        invitations__in=person.meeting_invitations.exclude(response=Response.NO),
    )
    return (
        mine.exclude(state=MeetingState.CANCELLED, changed_at__lt=recently)
        .select_related("coalition")
        .order_by("starts_at", "pk")
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
