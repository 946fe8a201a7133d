"""What is new in the coalitions of somebody because of what is known: figures that were published."""

import datetime
from typing import Any

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition
from monitoring.models import Publication
from portal.addresses import address_of
from portal.hooks import News, NewsKind


def news_for(person: Any, *, since: datetime.datetime) -> list[News]:
    """A line for each coalition whose figures she reads; they are published for all at once."""
    coalitions = coalition_ids_with(person, Permission.FIGURES_READ)
    if not coalitions or not Publication.objects.filter(moved_at__gt=since).exists():
        return []
    return [
        News(
            line=f"{one}: er zijn nieuwe cijfers",
            url=address_of("monitoring:region", one.slug),
            coalition_id=one.pk,
            kind=NewsKind.FIGURES,
        )
        for one in Coalition.objects.filter(pk__in=coalitions).order_by("sort_key")
    ]
