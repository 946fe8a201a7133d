"""The figures of one indicator that a visitor asked for: which area, which period."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from coalitions.access import coalition_ids_of, readable_by
from monitoring.catalogue import INHABITANTS, Definition, load_definitions
from monitoring.models import Aggregate, ImportFile, Indicator, Period
from monitoring.models.figures import AggregateQuerySet
from monitoring.presenters.readings import country_of
from partners.models import Area, AreaKind

REGION_KINDS = (AreaKind.COUNTRY, AreaKind.GGD_REGION, AreaKind.PROVINCE, AreaKind.VSV)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """One indicator in one area: over the periods, and per municipality in one of them."""

    definition: Definition
    indicator: Indicator
    areas: list[Area]
    area: Area
    country: Area | None
    period: Period | None
    # The periods in which the area or the country has a row, oldest first.
    periods: list[Period]
    own: list[Aggregate]
    national: list[Aggregate]
    municipalities: list[Aggregate]

    @property
    def figure(self) -> Aggregate | None:
        """The figure of the area in the chosen period."""
        return next((row for row in self.own if row.period == self.period), None)

    @property
    def benchmark(self) -> Aggregate | None:
        """The figure of the country in the chosen period."""
        return next((row for row in self.national if row.period == self.period), None)

    @property
    def query(self) -> str:
        """The same choice in the address of another page."""
        period = f"&periode={self.period.code}" if self.period else ""
        return f"?gebied={self.area.code}{period}"


def definition_of(code: str) -> Definition:
    """The definition with this code; 404 where there is none."""
    found = next((item for item in load_definitions() if item.code == code), None)
    if found is None:
        raise Http404
    return found


def areas_for(person: Any, *, also: str = "") -> list[Area]:
    """The areas that `person` may choose from: regions, the coalitions she may read, and the
    municipality with the code `also`."""
    return list(
        Area.objects.filter(
            Q(kind__in=REGION_KINDS)
            | Q(coalition__in=readable_by(person))
            | Q(kind=AreaKind.MUNICIPALITY, code=also)
        )
        .select_related("coalition")
        .order_by("kind", "sort_key")
    )


def select(code: str, *, person: Any, area_code: str, period_code: str) -> Selection:
    """The choice of a visitor with its figures; 404 for an unknown indicator, area or period."""
    definition = definition_of(code)
    indicator = get_object_or_404(Indicator.objects.current(), code=code)
    areas = areas_for(person, also=area_code)
    area = _chosen_area(areas, area_code, person)
    rows = list(indicator.aggregates.of_areas_and_country(area).with_moment().for_page())
    own = [row for row in rows if row.area_id == area.pk]
    periods = list(dict.fromkeys(row.period for row in rows))
    period = _chosen_period([row.period for row in own] or periods, periods, period_code)
    return Selection(
        definition=definition,
        indicator=indicator,
        areas=areas,
        area=area,
        country=country_of(rows),
        period=period,
        periods=periods,
        own=own,
        national=[row for row in rows if row.area.kind == AreaKind.COUNTRY],
        municipalities=_municipalities(indicator, area, period) if period else [],
    )


def _chosen_area(areas: list[Area], code: str, person: Any) -> Area:
    if code:
        wanted = next((area for area in areas if area.code == code), None)
    else:
        mine = set(coalition_ids_of(person))
        coalitions = (area for area in areas if area.kind == AreaKind.COALITION)
        wanted = next(
            (area for area in coalitions if area.coalition.pk in mine),
            next((area for area in areas if area.kind == AreaKind.COUNTRY), None),
        )
    if wanted is None:
        raise Http404
    return wanted


def _chosen_period(own: list[Period], known: list[Period], code: str) -> Period | None:
    if not code:
        return own[-1] if own else None
    wanted = next((period for period in known if period.code == code), None)
    if wanted is None:
        raise Http404
    return wanted


def _municipalities(indicator: Indicator, area: Area, period: Period) -> list[Aggregate]:
    figures = _of_period(indicator, period)
    if area.kind == AreaKind.COUNTRY:
        return list(figures.of_municipalities())
    return list(figures.in_region(area, on=period.reference_date))


def provinces(selection: Selection) -> list[Aggregate]:
    """The figures of the provinces, where the municipalities are too many for a chart of rows."""
    if selection.area.kind != AreaKind.COUNTRY or selection.period is None:
        return []
    return list(_of_period(selection.indicator, selection.period).filter(area__kind=AreaKind.PROVINCE))


def _of_period(indicator: Indicator, period: Period) -> AggregateQuerySet:
    """The figures of one period by name; indicator and period are known, so only the area is read."""
    return period.aggregates.filter(indicator=indicator).select_related("area").order_by("area__sort_key")


def breaks(selection: Selection) -> list[float]:
    """The limits of the map's classes: the same for every area and period of an indicator."""
    return selection.indicator.aggregates.of_municipalities().shown().breaks()


def inhabitants() -> dict[int, float]:
    """The newest known number of inhabitants by area."""
    figures = Aggregate.objects.of_indicators([INHABITANTS]).of_municipalities().shown()
    newest = figures.order_by("area_id", "-period__reference_date").distinct("area_id")
    return dict(newest.values_list("area_id", "numerator"))


def files_of(selection: Selection) -> list[ImportFile]:
    """The deliveries that the figures of the chosen period were made from."""
    if selection.period is None:
        return []
    observations = selection.indicator.observations.current().filter(period=selection.period)
    return list(ImportFile.objects.filter(pk__in=observations.values("import_file")))
