"""What waits because of a text that is being written: a second pair of eyes."""

from typing import Any

from django.urls import reverse

from coalitions.access import Permission, coalition_ids_with
from covenants.models import CovenantVersion
from portal.hooks import Ask, AskKind


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
            kind=AskKind.COVENANT,
            title=f"Bevestig versie {version.number} van {version.covenant.title}",
            detail=f"{version.frozen_by} stelt voor om deze tekst vast te stellen.",
            url=_page(version, "freeze"),
            action="Lees en bevestig",
        )
        for version in proposed
    ]


def _page(version: CovenantVersion, name: str) -> str:
    return reverse(f"covenants:{name}", args=[version.covenant.coalition.slug, version.covenant.slug])
