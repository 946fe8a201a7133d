"""What waits because of a text that is being written: an answer, and a second pair of eyes."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition
from covenants.models import CovenantVersion
from portal.hooks import Ask


def to_confirm(person: Any) -> list[Ask]:
    """A text that somebody else proposed to fix, for who may confirm it. One query."""
    coalitions = coalition_ids_with(person, Permission.COVENANT_FREEZE)
    if not coalitions:
        return []
    proposed = (
        CovenantVersion.objects.drafts()
        .filter(covenant__coalition__in=coalitions, frozen_by__isnull=False, second_by__isnull=True)
        .exclude(frozen_by=person)
        .select_related("covenant__coalition", "frozen_by")
    )
    return [
        Ask(
            title=f"Bevestig versie {version.number} van {version.covenant.title}",
            detail=f"{version.frozen_by} stelt voor om deze tekst vast te stellen.",
            url=_page(version, "freeze"),
            action="Lees en bevestig",
        )
        for version in proposed
    ]


def to_answer(coalition: Coalition, person: Any) -> list[Ask]:
    """Comments on a draft that wait for the coordinator. One query."""
    if not can(person, Permission.COVENANT_WRITE, coalition):
        return []
    drafts = (
        CovenantVersion.objects.drafts()
        .filter(covenant__coalition=coalition)
        .annotate(waiting=Count("comments", filter=Q(comments__resolved_at__isnull=True)))
        .filter(waiting__gt=0)
        .select_related("covenant__coalition")
    )
    return [
        Ask(
            title=_waiting(version.waiting),
            detail=f"Over het concept van versie {version.number} van {version.covenant.title}",
            url=_page(version, "draft-detail"),
            action="Lees en antwoord",
        )
        for version in drafts
    ]


def _waiting(count: int) -> str:
    return "Beantwoord 1 opmerking" if count == 1 else f"Beantwoord {count} opmerkingen"


def _page(version: CovenantVersion, name: str) -> str:
    return reverse(f"covenants:{name}", args=[version.covenant.coalition.slug, version.covenant.slug])
