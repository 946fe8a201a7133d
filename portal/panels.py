"""What the ground floor shows on the platform page: health, mail and work that failed."""

from typing import Any

from django.db.models import Count, Min, Q

from portal import health, jobs
from portal.hooks import Panel, Place
from portal.jobs import Job, JobState
from portal.models import Mail

SHOWN_FAILURES = 10


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """Three blocks for who keeps the platform running."""
    if place != Place.PLATFORM:
        return []
    work = [_standing(kind) for kind in jobs.kinds()]
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


def _standing(kind: type[Job]) -> dict[str, Any]:
    """How much of one kind of work waits and failed; one query."""
    waiting = Q(state=JobState.WAITING)
    return {
        "kind": kind,
        "label": kind._meta.label_lower,
        "name": str(kind._meta.verbose_name_plural),
        **kind._default_manager.aggregate(
            waiting=Count("pk", filter=waiting),
            waiting_since=Min("created_at", filter=waiting),
            failed=Count("pk", filter=Q(state=JobState.FAILED)),
            example=Min("last_error", filter=Q(state=JobState.FAILED)),
        ),
    }
