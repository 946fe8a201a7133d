"""Blocks with figures on pages of lower floors."""

from typing import Any

from django.urls import reverse

from monitoring import presenters
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate
from partners.models import Area
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """The figures of a coalition or a municipality beside those of the country."""
    match place:
        case Place.COALITION | Place.WORKPLACE:
            more = f"{reverse('monitoring:indicator-list')}?coalitie={subject.slug}"
            return _figures(subject.area, more=more)
        case Place.MUNICIPALITY:
            return _figures(subject, more=reverse("monitoring:indicator-list"))
        case _:
            return []


def _figures(area: Area, *, more: str) -> list[Panel]:
    rows = list(Aggregate.objects.current().of_areas_and_country(area).for_page())
    if all(row.area_id != area.pk for row in rows):
        return []
    figures = presenters.by_indicator(rows)
    country = presenters.country_of(rows)
    themes = presenters.catalogue(load_definitions(), figures, area=area, country=country)
    found = [row for theme in themes for row in theme.rows if area.pk in figures[row.definition.code]]
    return [
        Panel(
            title="Cijfers",
            template="monitoring/_panel.html",
            context={"rows": found, "area": area, "more": more},
            order=30,
        )
    ]
