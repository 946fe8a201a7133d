"""The figures of the board page: of a region and of one of its municipalities, beside the country."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString

from monitoring import region_figures
from monitoring.catalogue import load_definitions
from monitoring.headlines import fit_to_lead
from monitoring.models import Aggregate
from monitoring.presenters import board as presenter
from monitoring.presenters.readings import by_indicator, calculated_at, country_of
from partners.models import Area, AreaMember
from portal import charts


@dataclass(frozen=True, kw_only=True)
class BoardFigures:
    """Everything that the board page says of figures."""

    headlines: list[tuple[presenter.Headline, SafeString | None]]
    summary: str
    own_summary: str
    lines: list[presenter.Line]
    line_sources: list[str]
    beside_region: list[presenter.BesideRegion]
    calculated_at: datetime.datetime | None


def figures_of(
    area: Area, municipality: Area | None, codes: Sequence[str], chosen: Sequence[str] = ()
) -> BoardFigures:
    """The newest figure of every indicator is read, and all periods of the few shown in full; four
    queries at most. `codes` is what the coordinator chose to lead, `chosen` the set of the coalition."""
    definitions = load_definitions()
    regional = Aggregate.objects.filter(area=area).of_indicators(item.code for item in definitions)
    latest = regional.newest().with_moment().select_related("indicator")
    newest = {figure.indicator.code: figure for figure in latest.only("compared_998", "indicator__code")}
    fit = fit_to_lead(chosen)
    shown = presenter.chosen(fit_to_lead() if codes else fit, newest, codes)
    describing = presenter.describing(definitions, newest)
    wanted = [item.code for item in (*shown, *describing)]
    rows = list(Aggregate.objects.of_indicators(wanted).of_areas_and_country(area, municipality).for_page())
    figures, country = by_indicator(rows), country_of(rows)
    headlines = presenter.headlines(shown, figures, area=area, country=country)
    pictures = charts.draw({item.definition.code: item.chart for item in headlines if item.chart})
    beside = []
    if municipality and not _is_all_of(municipality, area):
        windows = by_indicator(region_figures.windows_of(shown, municipality))
        beside = presenter.beside_region(
            headlines, figures, municipality=municipality, area=area, country=country, windows=windows
        )
    lines = presenter.lines_about(describing, figures, area=area, country=country)
    return BoardFigures(
        headlines=[(item, pictures.get(item.definition.code)) for item in headlines],
        summary=presenter.summary(fit, newest),
        own_summary=presenter.own_summary(beside),
        lines=lines,
        line_sources=list(dict.fromkeys(line.source for line in lines)),
        beside_region=beside,
        calculated_at=calculated_at(newest.values()),
    )


def _is_all_of(municipality: Area, region: Area) -> bool:
    """Whether the region is this one municipality, which then says nothing beside itself."""
    places = AreaMember.objects.on(timezone.localdate()).filter(region=region)
    return not places.exclude(member=municipality).exists()
