"""What the ground floor shows on the platform page: health, mail and work that failed."""

from typing import Any

from django.db.models import Count, Min, Q, Value

from portal import health, jobs
from portal.hooks import Panel, Place
from portal.jobs import JobState
from portal.models import Mail

SHOWN_FAILURES = 10


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """Three blocks for who keeps the platform running."""
    if place != Place.PLATFORM:
        return []
    work = _standings()
    mail = next(standing for standing in work if standing["kind"] is Mail)
    failures = [standing for standing in work if standing["failed"] and standing is not mail]
    return [
        Panel(
            title="Werkt alles?",
            template="portal/_health.html",
            context={"parts": health.check_parts()},
            order=10,
        ),
        Panel(
            title="Post",
            template="portal/_outbox.html",
            context={**mail, "failures": Mail.objects.failed().order_by("-pk")[:SHOWN_FAILURES]},
            order=20,
        ),
        Panel(
            title="Mislukt werk",
            template="portal/_failed_jobs.html",
            context={"kinds": failures},
            order=30,
        ),
    ]


def _standings() -> list[dict[str, Any]]:
    """How much of each kind of work waits and failed; one query."""
    waiting, failed = Q(state=JobState.WAITING), Q(state=JobState.FAILED)
    kinds = list(jobs.kinds())
    counted = [
        kind._default_manager.order_by()
        .values(label=Value(kind._meta.label_lower))
        .annotate(
            waiting=Count("pk", filter=waiting),
            waiting_since=Min("created_at", filter=waiting),
            failed=Count("pk", filter=failed),
            example=Min("last_error", filter=failed),
        )
        .values_list("label", "waiting", "waiting_since", "failed", "example")
        for kind in kinds
    ]
    found = {row[0]: row[1:] for row in counted[0].union(*counted[1:], all=True)}
    nothing = (0, None, 0, None)
    return [
        {
            "kind": kind,
            "label": kind._meta.label_lower,
            "name": str(kind._meta.verbose_name_plural),
            **dict(
                zip(
                    ("waiting", "waiting_since", "failed", "example"),
                    found.get(kind._meta.label_lower, nothing),
                    strict=True,
                )
            ),
        }
        for kind in kinds
    ]
