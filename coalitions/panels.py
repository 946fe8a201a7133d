"""What this app itself shows in the blocks of a page."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from coalitions.access import Permission, can
from coalitions.organisation_access import mandates_in
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """On the workplace: how many may sign, and the ways to the register of organisations."""
    if place != Place.WORKPLACE:
        return []
    found = []
    if can(person, Permission.MANDATE_CHECK, subject):
        found.append(_mandates(subject))
    if can(person, Permission.ORGANISATION_MERGE, subject):
        found.append(
            Panel(
                title="Organisaties",
                template="coalitions/_organisations_panel.html",
                context={"coalition": subject},
                order=45,
            )
        )
    return found


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
