"""Settings that are each fine and wrong together."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.http.request import validate_host

from portal import jobs


@register(Tags.security)
def demo_never_in_production(**_: Any) -> list[CheckMessage]:
    """The demo shows every code and asks no second factor."""
    if not settings.IS_PRODUCTION or (not settings.PORTAL_DEMO and settings.PORTAL_REQUIRES_SECOND_FACTOR):
        return []
    return [
        Error(
            "De demo of het inloggen zonder tweede stap staat aan in productie.",
            hint="Haal PORTAL_DEMO weg (zie .env.example).",
            id="portal.E001",
        )
    ]


@register(Tags.security)
def origin_is_one_of_the_hosts(**_: Any) -> list[CheckMessage]:
    """Links in mail lead to the origin; a host that is not allowed answers 400 to each."""
    origin = urlsplit(settings.PORTAL_ORIGIN)
    scheme = "https" if settings.IS_PRODUCTION else origin.scheme
    is_bare = origin.scheme in {"http", "https"} and not (origin.path or origin.query)
    if is_bare and origin.scheme == scheme and validate_host(origin.hostname or "", settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            f"PORTAL_ORIGIN is {settings.PORTAL_ORIGIN}, en dat klopt niet.",
            hint="Schrijf https:// met een van de namen uit ALLOWED_HOSTS en niets erachter, zoals "
            "https://portaal.voorbeeld.nl (zie .env.example).",
            id="portal.E002",
        )
    ]


@register(Tags.compatibility)
def broker_keeps_messages_longer_than_work(**_: Any) -> list[CheckMessage]:
    """A message that comes back while its work still runs makes a second worker look for nothing."""
    keeps = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    if keeps > settings.CELERY_TASK_TIME_LIMIT > settings.CELERY_TASK_SOFT_TIME_LIMIT:
        return []
    return [
        Error(
            "visibility_timeout van de wachtrij moet groter zijn dan CELERY_TASK_TIME_LIMIT, en "
            "die groter dan CELERY_TASK_SOFT_TIME_LIMIT.",
            id="portal.E003",
        )
    ]


@register(Tags.compatibility)
def shift_ends_before_its_time_limit(**_: Any) -> list[CheckMessage]:
    """A worker that is stopped in the middle of its last row spends a try of that row."""
    longest = max(kind.lease for kind in jobs.kinds())
    shift = datetime.timedelta(seconds=jobs.SHIFT_SECONDS)
    if shift + longest <= datetime.timedelta(seconds=settings.CELERY_TASK_SOFT_TIME_LIMIT):
        return []
    return [
        Error(
            f"Een dienst van {shift} en een lease van {longest} passen niet in CELERY_TASK_SOFT_TIME_LIMIT.",
            id="portal.E004",
        )
    ]


@register(Tags.security)
def owner_is_not_the_role_of_web_and_workers(**_: Any) -> list[CheckMessage]:
    """With one role for everything, a leak in the web server can alter evidence."""
    is_same = settings.DATABASES["default"]["USER"] == settings.APP_DATABASE_ROLE
    if not (settings.IS_PRODUCTION and settings.RUNS_AS_OWNER and is_same):
        return []
    return [
        Error(
            "DATABASE_URL en DATABASE_OWNER_URL gebruiken dezelfde rol.",
            hint="Geef web en workers een eigen rol, die bewijs niet kan veranderen (zie .env.example).",
            id="portal.E005",
        )
    ]
