"""What this app itself shows in the blocks of a page."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from coalitions.access import Permission, can
from coalitions.organisation_access import mandates_in
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """On the workplace: how many may sign."""
    if place == Place.WORKPLACE and can(person, Permission.MANDATE_CHECK, subject):
        return [_mandates(subject)]
    return []


def _mandates(coalition: Any) -> Panel:
    today = timezone.localdate()
    kept = Q(revoked_at__isnull=True) & ~Q(valid_to__lte=today) & ~Q(representative__valid_to__lte=today)
    counts = mandates_in(coalition).aggregate(
        checked=Count("pk", filter=kept & Q(checked_at__isnull=False)),
        unchecked=Count("pk", filter=kept & Q(checked_at__isnull=True)),
    )
    return Panel(
        title="Tekenbevoegdheden",
        template="coalitions/_mandate_panel.html",
        context={**counts, "coalition": coalition},
        order=40,
    )
