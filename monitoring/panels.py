"""Blocks with figures on pages of lower floors."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from coalitions.models import Coalition
from monitoring import keeping, region_figures
from monitoring.catalogue import Definition, load_definitions
from monitoring.models import Aggregate
from monitoring.presenters import catalogue, region
from monitoring.presenters.readings import by_indicator, country_of
from partners.models import Area
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """The figures of a coalition or a municipality beside those of the country."""
    match place:
        case Place.COALITION | Place.WORKPLACE:
            more = reverse("monitoring:region", args=[subject.slug])
            return _figures(subject.area, more=more)
        case Place.MUNICIPALITY:
            return _profile(subject, person)
        case Place.SETTINGS:
            return [_choice(subject), _board(subject)]
        case _:
            return []


def _figures(area: Area, *, more: str) -> list[Panel]:
    stamp = keeping.stamp()
    if not stamp:
        # Nothing is published yet.
        return []
    made_of = (stamp, area.pk, area.name, more)
    return _kept(keeping.keep("panel", made_of, lambda: _drawn_figures(area, more)))


def _drawn_figures(area: Area, more: str) -> str:
    definitions = load_definitions()
    known = Aggregate.objects.of_indicators(item.code for item in definitions)
    rows = list(known.of_areas_and_country(area).newest_of(area).for_page())
    if all(row.area_id != area.pk for row in rows):
        return ""
    figures = by_indicator(rows)
    themes = catalogue.themes(definitions, figures, area=area, country=country_of(rows))
    found = [row for theme in themes for row in theme.rows if area.pk in figures[row.definition.code]]
    return _drawn("_panel", rows=found, area=area, more=more)


def _profile(municipality: Area, person: Any) -> list[Panel]:
    """Every indicator of one municipality with its margin, trend and burden; what clearly differs first.

    Where a coalition around it chose figures, these lead, and the others are folded away.
    """
    facts = region_figures.facts_of_municipality(municipality, person)
    coalition, codes = facts["chosen_by"] or {}, facts["codes"]
    about = (municipality.pk, municipality.name, sorted(coalition.items()), codes)
    made_of = (keeping.stamp_of(facts), *about)
    return _kept(keeping.keep("profile", made_of, lambda: _drawn_profile(municipality, coalition, codes)))


def _drawn_profile(municipality: Area, coalition: dict[str, str], codes: list[str]) -> str:
    every = region_figures.definitions_of(())
    rows = region_figures.rows_of(every, municipality)
    if all(row.area_id != municipality.pk for row in rows):
        return ""
    figures, country = by_indicator(rows), country_of(rows)
    windows = by_indicator(region_figures.windows_of(every, municipality))

    def page_of(definitions: list[Definition]) -> region.RegionPage:
        return region.region_page(definitions, figures, area=municipality, country=country, windows=windows)

    chosen = region_figures.definitions_of(codes)
    page, others = page_of(chosen), page_of([item for item in every if item not in chosen])
    return _drawn("_profile", page=page, others=others, area=municipality, coalition=coalition)


def _drawn(part: str, **context: Any) -> str:
    # Rendered by our own template, which escapes what people wrote.
    return mark_safe(render_to_string(f"monitoring/{part}.html", context))  # noqa: S308


def _kept(content: str) -> list[Panel]:
    """A panel of what was drawn before for the same figures; none of nothing."""
    if not content:
        return []
    return [
        Panel(title="Cijfers", template="monitoring/_kept_panel.html", context={"content": content}, order=30)
    ]


def _choice(coalition: Coalition) -> Panel:
    return Panel(
        title="Cijfers van de coalitie",
        template="monitoring/_choice_panel.html",
        context={
            "count": coalition.chosen_indicators.count(),
            "url": reverse("monitoring:indicator-choice", args=[coalition.slug]),
        },
    )


def _board(coalition: Coalition) -> Panel:
    return Panel(
        title="Pagina voor bestuurders",
        template="monitoring/_board_panel.html",
        context={
            "count": coalition.headline_choices.count(),
            "headlines_url": reverse("monitoring:headline-choice", args=[coalition.slug]),
            "items_url": reverse("monitoring:board-item-list", args=[coalition.slug]),
        },
    )
