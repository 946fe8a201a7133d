"""The figures of one indicator that a visitor asked for: which area, which period, beside what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache as once
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from coalitions.access import coalition_ids_of, readable_by
from monitoring import levels, pooling, recoding
from monitoring.catalogue import INHABITANTS, Definition, load_definitions
from monitoring.levels import Beside
from monitoring.models import Aggregate, Edition, ImportFile, Indicator, Period, PooledFigure, Status
from monitoring.models.figures import AggregateQuerySet
from monitoring.presenters.readings import country_of, provisional_of
from monitoring.recoding import Recoded
from monitoring.sentences import value_text
from partners.boundaries import Outlines, outlines
from partners.models import Area, AreaKind
from partners.models.areas import AreaQuerySet
from portal.kept_queries import KeptQuery, Slot
from portal.subqueries import IsOneOf

REGION_KINDS = (AreaKind.COUNTRY, AreaKind.GGD_REGION, AreaKind.PROVINCE, AreaKind.VSV)
# The words of an address; empty is the first choice.
AREA, PERIOD, BESIDE, LEVEL = "gebied", "periode", "vergelijk", "niveau"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a visitor asked for, before any figure is read."""

    definition: Definition
    # What this person may choose from; who only shows the area itself need not read them.
    areas: Callable[[], list[Area]]
    area: Area
    period: str = ""
    beside: str = ""
    level: str = ""

    @property
    def made_of(self) -> tuple[object, ...]:
        """Everything that the figures of this choice follow from, beside the figures themselves: with
        the areas that this person may see."""
        areas = tuple((area.pk, area.code, area.name) for area in self.areas())
        return self.definition.code, self.area.pk, self.period, self.beside, self.level, areas


@dataclass(frozen=True, kw_only=True)
class Selection:
    """One indicator in one area: over the periods, and of its parts in one of them."""

    definition: Definition
    indicator: Indicator
    areas: Callable[[], list[Area]]
    area: Area
    country: Area | None
    period: Period | None
    # The periods in which the area or the country has a row, oldest first.
    periods: list[Period]
    # What the area is laid beside, other than the country; and what else it could be laid beside, which only
    # a page with that choice looks up.
    beside: Beside | None
    besides: Callable[[], list[Beside]]
    level: AreaKind | None
    levels: list[AreaKind]
    own: list[Aggregate]
    national: list[Aggregate]
    # Of the region that the area is laid beside.
    regional: list[Aggregate]
    municipalities: list[Aggregate]
    # The parts at the chosen level.
    parts: list[Aggregate]
    # Three years together: of the area and what it is laid beside all of them, of the parts the ones that
    # the chosen period lies in.
    windows: list[Aggregate]
    # Of a municipality that took over others: each period on the municipalities of now, by period.
    recoded: dict[int, Recoded]

    @property
    def figure(self) -> Aggregate | None:
        """The figure of the area in the chosen period."""
        return self._now(self.own) or self._absent()

    @property
    def provisional(self) -> set[int]:
        """The periods of which a source may still change figures."""
        return provisional_of([*self.own, *self.national])

    @property
    def benchmark(self) -> Aggregate | None:
        """The figure of the country in the chosen period."""
        return self._now(self.national)

    @property
    def region_figure(self) -> Aggregate | None:
        """The figure of the region that the area is laid beside, in the chosen period."""
        return self._now(self.regional)

    @cached_property
    def borders(self) -> Outlines | None:
        """The shapes of the municipalities on the division of the chosen period; None where their map has
        circles. One query, once."""
        if self.period is None:
            return None
        there = (row.area_id for row in self.municipalities if row.status != Status.NOT_APPLICABLE)
        return outlines(there, on=self.period.reference_date)

    def _now(self, rows: list[Aggregate]) -> Aggregate | None:
        return next((row for row in rows if row.period == self.period), None)

    def _absent(self) -> Aggregate | None:
        """What the area has in a period in which it did not exist; None where it only has no figure."""
        if self.period is None or self.area.holds_on(self.period.reference_date):
            return None
        return recoding.absent(self.indicator, self.period, self.area)

    def address(self, **other: str) -> str:
        """The same choice in the address of a page, but for what `other` names."""
        words = {
            AREA: self.area.code,
            PERIOD: self.period.code if self.period else "",
            BESIDE: self.beside.word if self.beside else "",
            LEVEL: levels.LEVEL_WORDS[self.level] if self.level and self.level != self.levels[0] else "",
            **other,
        }
        return "?" + urlencode({name: word for name, word in words.items() if word})

    @property
    def query(self) -> str:
        """The same choice in the address of another page."""
        return self.address()


def definition_of(code: str) -> Definition:
    """The definition with this code; 404 where there is none."""
    found = next((item for item in load_definitions() if item.code == code), None)
    if found is None:
        raise Http404
    return found


def areas_for(person: Any, *, also: str = "") -> AreaQuerySet:
    """The areas that `person` may choose from: regions, the coalitions she may read, and the
    municipality with the code `also`."""
    return (
        Area.objects.filter(
            Q(kind__in=REGION_KINDS)
            | Q(coalition__in=readable_by(person))
            | Q(kind=AreaKind.MUNICIPALITY, code=also)
        )
        .select_related("coalition")
        .order_by("kind", "sort_key")
    )


def choose(code: str, *, person: Any, words: Mapping[str, str], is_page: bool = True) -> Choice:
    """What the words of an address ask for; 404 for an unknown indicator or area. One query.

    A page shows all areas to choose from; anything else reads the one that the address names, and the
    others where it is laid beside one of them.
    """
    definition, wanted = definition_of(code), words.get(AREA, "")

    @once
    def areas() -> list[Area]:
        return list(areas_for(person, also=wanted))

    among = areas() if is_page or not wanted else areas_for(person, also=wanted).filter(code=wanted)
    return Choice(
        definition=definition,
        areas=areas,
        area=_chosen_area(among, wanted, person),
        period=words.get(PERIOD, ""),
        beside=words.get(BESIDE, ""),
        level=words.get(LEVEL, ""),
    )


def select(code: str, *, person: Any, words: Mapping[str, str]) -> Selection:
    """The choice of a visitor with its figures, for a file; 404 for what does not exist."""
    return read(choose(code, person=person, words=words, is_page=False))


def read(choice: Choice) -> Selection:
    """The figures of a choice; 404 for an unknown period, comparison or level."""
    indicator = next(iter(_indicators(code=choice.definition.code)), None)
    if indicator is None:
        raise Http404
    area = choice.area
    rows = _rows(indicator=indicator.pk, area=area.pk)
    own = [row for row in rows if row.area_id == area.pk]
    periods = list(dict.fromkeys(row.period for row in rows))
    period = _chosen_period([row.period for row in own] or periods, periods, choice.period)

    @once
    def besides() -> list[Beside]:
        return levels.besides(area, among=choice.areas(), on=period.reference_date) if period else []

    beside = _one(besides() if choice.beside else [], choice.beside, lambda one: one.word)
    known = levels.levels_of(area, beside, indicator, period) if period else []
    level = _one(known, choice.level, lambda kind: levels.LEVEL_WORDS[kind]) or next(iter(known), None)
    regional = _rows(indicator=indicator.pk, area=beside.region.pk) if beside and beside.region else []
    municipalities = _municipalities(indicator, area, beside, period) if period else []
    parts = _parts(indicator, level, period, municipalities) if period else []
    return Selection(
        definition=choice.definition,
        indicator=indicator,
        areas=choice.areas,
        area=area,
        country=country_of(rows),
        period=period,
        periods=periods,
        beside=beside,
        besides=besides,
        level=level,
        levels=known,
        own=own,
        national=[row for row in rows if row.area.kind == AreaKind.COUNTRY],
        regional=[row for row in regional if beside and row.area == beside.region],
        municipalities=municipalities,
        parts=parts,
        windows=_windows(indicator, period, [*own, *rows, *regional], [*municipalities, *parts]),
        recoded=_recoded(indicator, area, periods) if choice.definition.has_counts else {},
    )


def figure_of(choice: Choice) -> Aggregate:
    """The one figure that a choice is about, by itself; 404 where there is none. One query."""
    own = list(Aggregate.objects.of_indicators([choice.definition.code]).filter(area=choice.area).for_page())
    period = _chosen_period([row.period for row in own], [row.period for row in own], choice.period)
    if period is None:
        raise Http404
    return next(row for row in own if row.period == period)


@KeptQuery
def _indicators() -> QuerySet:
    return Indicator.objects.current().with_older().filter(code=Slot("code"))


@KeptQuery
def _rows() -> QuerySet:
    """All periods of an area and of the country, by name."""
    figures = Aggregate.objects.filter(indicator=Slot("indicator"))
    return figures.of_places_and_country(Slot("area")).with_moment().for_page()


def _one(found: list[Any], word: str, word_of: Any) -> Any:
    """The one that the address names; None where it names none, 404 where there is no such."""
    if not word:
        return None
    wanted = next((one for one in found if word_of(one) == word), None)
    if wanted is None:
        raise Http404
    return wanted


def _chosen_area(areas: Iterable[Area], code: str, person: Any) -> Area:
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


def _municipalities(
    indicator: Indicator, area: Area, beside: Beside | None, period: Period
) -> list[Aggregate]:
    """Those of the area; of a municipality those of what it is laid beside; none where no municipality has a
    figure."""
    if indicator.is_pooled_by_region:
        return []
    figures = _of_period(indicator, period)
    if area.kind == AreaKind.COUNTRY:
        return list(figures.of_municipalities())
    if area.kind != AreaKind.MUNICIPALITY:
        return list(figures.in_region(area, on=period.reference_date))
    if beside is None:
        return []
    if beside.region is None:
        return list(figures.of_municipalities().filter(area__code__in=beside.peers))
    return list(figures.in_region(beside.region, on=period.reference_date))


def _parts(
    indicator: Indicator, level: AreaKind | None, period: Period, municipalities: list[Aggregate]
) -> list[Aggregate]:
    if level is None or level == AreaKind.MUNICIPALITY:
        return municipalities
    return list(_of_period(indicator, period).filter(area__kind=level))


def _recoded(indicator: Indicator, area: Area, periods: list[Period]) -> dict[int, Recoded]:
    """Two queries, and one for a municipality that is as it was."""
    if area.kind != AreaKind.MUNICIPALITY or not recoding.has_changed(area):
        return {}
    found = recoding.recoded_series(indicator, periods, area, on=timezone.localdate())
    return {} if all(one.is_same for one in found.values()) else found


def _windows(
    indicator: Indicator, period: Period | None, series: list[Aggregate], parts: list[Aggregate]
) -> list[Aggregate]:
    """Figures of three years together; one query."""
    first = pooling.window_of_period(period) if period else None
    rows = _pooled(
        indicator=indicator.pk,
        series=list({row.area_id for row in series}),
        first=first,
        parts=list({row.area_id for row in parts}) if first else [],
    )
    return pooling.figures(rows)


@KeptQuery
def _pooled() -> QuerySet:
    # A list in a slot is one value, however many are in it.
    every = Q(IsOneOf("area_id", Slot("series"))) | Q(
        IsOneOf("area_id", Slot("parts")), audit__first_year=Slot("first")
    )
    return PooledFigure.objects.published().filter(every, audit__indicator=Slot("indicator")).for_page()


def _of_period(indicator: Indicator, period: Period) -> AggregateQuerySet:
    """The figures of one period by name; indicator and period are known, so only the area is read."""
    return period.aggregates.filter(indicator=indicator).select_related("area").order_by("area__sort_key")


def of_theme(selection: Selection) -> tuple[list[Definition], list[Aggregate]]:
    """The other indicators of the same theme, and what the area and the country have of them."""
    theme, own = selection.definition.theme, selection.definition.code
    definitions = [item for item in load_definitions() if item.theme == theme and item.code != own]
    rows = Aggregate.objects.of_indicators(item.code for item in definitions)
    return definitions, list(rows.of_areas_and_country(selection.area).for_page())


def breaks(selection: Selection) -> list[float]:
    """The limits of the map's classes: the same for every area and period of an indicator.

    Fewer where many places have the same figure: two classes with the same words are one, and none is below
    zero.
    """
    found = selection.indicator.aggregates.of_municipalities().shown().breaks()
    by_words = {value_text(limit, selection.definition): limit for limit in reversed(found)}
    by_words.pop(value_text(0, selection.definition), None)
    return sorted(by_words.values())


def inhabitants() -> dict[int, float]:
    """The newest known number of inhabitants by area."""
    figures = Aggregate.objects.of_indicators([INHABITANTS]).of_municipalities().shown()
    newest = figures.order_by("area_id", "-period__reference_date").distinct("area_id")
    return dict(newest.values_list("area_id", "numerator"))


def files_of(selection: Selection) -> list[ImportFile]:
    """The deliveries that the figures of the chosen period were made from; not what came in since."""
    if selection.period is None:
        return []
    published = Edition.objects.filter(
        release__publications__is_only=True, indicator=selection.indicator, period=selection.period
    )
    as_of = Subquery(published.values("as_of")[:1])
    # As `rules.KNOWN_TO`.
    observations = selection.indicator.observations.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=as_of),
        period=selection.period,
        import_file__lte=Subquery(published.values("through")[:1]),
    )
    return list(ImportFile.objects.filter(pk__in=observations.values("import_file")))
