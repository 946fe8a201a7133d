"""The mail with news: ordered once a week or a morning, one mail for each person, written when sent."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coalitions.menu import is_formal
from coalitions.models import CoalitionRole, Digest
from coalitions.models.memberships import MEMBER_STATES
from partners import unsubscribing
from partners.models import Person, Representative
from portal import hooks, outbox
from portal.jobs import ring

MOST_LINES = 20
# How Django marks a person without a password of her own.
UNUSABLE = "!"


def order_weekly(*, on: datetime.date | None = None) -> int:
    """A row for everybody who wants news once a week; how many there are in this week."""
    today = on or timezone.localdate()
    year, week, _ = today.isocalendar()
    since = timezone.now() - datetime.timedelta(days=7)
    return _order(Person.MailChoice.WEEKLY, f"{year}-W{week:02}", since)


def order_direct(*, on: datetime.date | None = None) -> int:
    """A row for everybody who wants news the next morning."""
    today = on or timezone.localdate()
    return _order(Person.MailChoice.DIRECT, today.isoformat(), timezone.now() - datetime.timedelta(days=1))


def _order(choice: str, period: str, since: datetime.datetime) -> int:
    with transaction.atomic():
        Digest.objects.bulk_create(
            (
                Digest(person=person, period=period, since=since)
                for person in _readers().filter(mail_choice=choice)
            ),
            ignore_conflicts=True,
        )
        ring(Digest)
    return Digest.objects.filter(period=period).count()


def _readers() -> Any:
    """People with an account and an address who take part in a coalition today."""
    speaks = Representative.objects.current().filter(
        person=OuterRef("pk"), organisation__memberships__state__in=MEMBER_STATES
    )
    has_role = CoalitionRole.objects.current().filter(person=OuterRef("pk"))
    return (
        Person.objects.filter(Q(Exists(speaks)) | Q(Exists(has_role)))
        .filter(is_active=True, email__isnull=False)
        .exclude(Q(("password__startswith", UNUSABLE), last_login__isnull=True))
        .order_by("pk")
    )


def write(digest: Digest) -> None:
    """Post the mail of one row, and finish with it; who chose otherwise since gets none."""
    person = digest.person
    asks = hooks.asks_of(person)
    news = hooks.news_for(person, since=digest.since)
    wants = person.mail_choice != Person.MailChoice.NEEDED and person.is_active and person.email
    # Asks alone come once a week: every morning the same would be noise.
    is_worth_it = bool(news) or (bool(asks) and "W" in digest.period)
    with transaction.atomic():
        if wants and is_worth_it:
            _post(digest, asks, news)
        digest.finish(line_count=len(asks) + len(news))


def _post(digest: Digest, asks: Sequence[hooks.Ask], news: Sequence[hooks.News]) -> None:
    person = digest.person
    shown_asks = asks[:MOST_LINES]
    shown_news = news[: MOST_LINES - len(shown_asks)]
    unsubscribe_url = unsubscribing.address_for(person)
    outbox.post(
        purpose="digest",
        reference=digest.period,
        recipient=person.email or "",
        context={
            "person": person,
            "asks": [(ask.title, ask.detail, _whole(ask.url)) for ask in shown_asks],
            "news": [(one.line, _whole(one.url)) for one in shown_news],
            "more": len(asks) + len(news) - len(shown_asks) - len(shown_news),
            "is_formal": is_formal(person),
            "is_weekly": "W" in digest.period,
            "unsubscribe_url": unsubscribe_url,
        },
        unsubscribe_url=unsubscribe_url,
    )


def _whole(url: str) -> str:
    return url if url.startswith("http") else settings.PORTAL_ORIGIN + url
