"""The mail with news: once a week, or at once; one mail for each person, written when sent.

What is asked of somebody is never stored, so that "at once" means to look every few minutes, and to
tell what was not there the time before. A number that falls is no news: fewer organisations still have
to sign.
"""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coalitions import news_topics
from coalitions.menu import is_formal
from coalitions.models import CoalitionRole, Digest
from coalitions.models.memberships import MEMBER_STATES
from partners import unsubscribing
from partners.models import Person, Representative
from portal import hooks, outbox
from portal.jobs import JobState, ring

MOST_LINES = 20
WEEK, DAY = datetime.timedelta(days=7), datetime.timedelta(days=1)
# How Django marks a person without a password of her own.
UNUSABLE = "!"


def order_weekly(*, on: datetime.date | None = None) -> int:
    """A row for everybody who wants news once a week; how many there are in this week."""
    today = on or timezone.localdate()
    year, week, _ = today.isocalendar()
    period = f"{year}-W{week:02}"
    with transaction.atomic():
        _add(_readers().filter(mail_choice=Person.MailChoice.WEEKLY), period, timezone.now() - WEEK)
        ring(Digest)
    return Digest.objects.filter(period=period).count()


def order_direct() -> int:
    """Look again for everybody who wants news at once; how many those are."""
    readers = _readers().filter(mail_choice=Person.MailChoice.DIRECT)
    with transaction.atomic():
        _add(readers, Digest.DIRECT, timezone.now())
        rows = Digest.objects.filter(period=Digest.DIRECT, person__in=readers)
        rows.filter(state=JobState.DONE).wait_again()
        ring(Digest)
    return rows.count()


def _add(readers: Any, period: str, since: datetime.datetime) -> None:
    Digest.objects.bulk_create(
        (Digest(person=person, period=period, since=since) for person in readers), ignore_conflicts=True
    )


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
    is_direct = digest.period == Digest.DIRECT
    asks = hooks.asks_of(person)
    since = timezone.now() - DAY if is_direct else digest.since
    news = news_topics.wanted_by(person, hooks.news_for(person, since=since))
    found = _weights(asks, news)
    if is_direct:
        fresh = {url for url, weight in found.items() if weight > digest.told.get(url, 0)}
        asks = [ask for ask in asks if ask.url in fresh]
        news = [one for one in news if one.url in fresh]
    choice = Person.MailChoice.DIRECT if is_direct else Person.MailChoice.WEEKLY
    wants = person.mail_choice == choice and person.is_active and person.email
    with transaction.atomic():
        if wants and (asks or news):
            _post(digest, asks, news)
        digest.finish(line_count=len(asks) + len(news), told=found if is_direct else {})


def _weights(asks: Sequence[hooks.Ask], news: Sequence[hooks.News]) -> dict[str, int]:
    """How much there is behind each address: "3 organisaties willen meedoen" is three."""
    found: Counter[str] = Counter()
    for words, url in [*((ask.title, ask.url) for ask in asks), *((one.line, one.url) for one in news)]:
        number = re.search(r"\d+", words)
        found[url] += int(number[0]) if number else 1
    return dict(found)


def _post(digest: Digest, asks: Sequence[hooks.Ask], news: Sequence[hooks.News]) -> None:
    person = digest.person
    is_weekly = digest.period != Digest.DIRECT
    lines = [*(ask.title for ask in asks), *(one.line for one in news)]
    shown_asks = asks[:MOST_LINES]
    shown_news = news[: MOST_LINES - len(shown_asks)]
    unsubscribe_url = unsubscribing.address_for(person)
    outbox.post(
        purpose="digest",
        # A row that looks again posts one mail each time.
        reference=digest.period if is_weekly else f"{digest.period} {digest.lease_token}",
        recipient=person.email or "",
        context={
            "person": person,
            "asks": [(ask.title, ask.detail, _whole(ask.url)) for ask in shown_asks],
            "news": [(one.line, _whole(one.url)) for one in shown_news],
            "more": len(asks) + len(news) - len(shown_asks) - len(shown_news),
            "is_formal": is_formal(person),
            "is_weekly": is_weekly,
            "only": lines[0] if len(lines) == 1 and not is_weekly else "",
            "unsubscribe_url": unsubscribe_url,
        },
        unsubscribe_url=unsubscribe_url,
    )


def _whole(url: str) -> str:
    return url if url.startswith("http") else settings.PORTAL_ORIGIN + url
