"""Which sums of three years are shown: those that tell nothing that one of their years hides.

The years come first: they stay as their own checks left them. Where an earlier release told sums of
years, the years that are new are checked once more beside these, and give way where that is needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from monitoring import protection
from monitoring.direct_sums import Counts, Observed
from monitoring.disclosure import Cell, Shown, Table, protect
from monitoring.disclosure import Total as Sum
from monitoring.disclosure.further import show_further
from monitoring.models import (
    Audit,
    Edition,
    Observation,
    Partition,
    PooledFigure,
    Release,
    Status,
    Told,
    WindowAudit,
)
from monitoring.protection import Known, in_order, whole
from portal.jobs import JobState

# After the regions: first a place that is hidden only to protect another one, then a small one.
RANK_OF_SMALL, RANK_OF_OTHERS = 10, 11


@dataclass
class Year:
    """One year of a window: everything known of it, and what is shown."""

    partition: Partition
    known: Known
    counts: Counts
    table: Table
    shown: Shown
    # It was published as it is.
    is_fixed: bool

    @property
    def hidden_areas(self) -> set[int]:
        """The areas of which this year has a count that is not shown."""
        cells = {area for area, key in self.known.observation_of.items() if key in self.shown.hidden}
        return cells | {area for area in self.known.sums if ("sum", area) in self.shown.withheld}

    def told_by(self, area: int) -> Observed:
        """The observations by which the count of an area is told."""
        if area in self.known.direct:
            return frozenset({self.known.direct[area].key})
        return self.members_of(area) or frozenset()

    def members_of(self, area: int) -> Observed | None:
        """The cells that the count of an area is made of; None where it has none."""
        if area in self.known.observation_of:
            return frozenset({self.known.observation_of[area]})
        if area in self.known.sums and area not in self.known.too_few:
            return self.known.sums[area][0]
        return None


@dataclass(frozen=True)
class Before:
    """The sums of these years that earlier releases told, and what was corrected since in them."""

    sums: set[Observed]
    corrected: list[Cell]


@dataclass(frozen=True)
class Window:
    """Three years of one area."""

    area: int
    members: Observed
    told_by: Observed
    count: float
    size: float
    hidden_years: int
    rank: int
    is_small: bool
    # Of some indicators a municipality does not even have three years together.
    is_local: bool
    # What an indicator is together tells of it only where everybody reads all of that.
    has_room: bool

    @property
    def is_wanted(self) -> bool:
        """Whether it may be shown if it tells nothing: with one year hidden it is that year."""
        return not (self.is_small or self.is_local) and self.has_room and self.hidden_years > 1


def protect_window(window: WindowAudit) -> None:
    """Decide which sums of three years are shown, and keep them with what they tell."""
    partitions = [window.earliest, window.middle, window.latest]
    open_release = Release.objects.open()
    is_open = WindowAudit.objects.filter(pk=window.pk).of_releases(open_release).exists()
    # What was published stays as it is, and what waits for a year is ordered again by that year.
    if not is_open or Audit.objects.filter(partition__in=partitions).exclude(state=JobState.DONE).exists():
        window.finish()
        return
    if WindowAudit.objects.filter(pk=window.pk).of_releases(Release.objects.published()).exists():
        window.finish()
        return
    told = _told(window)
    years = [_year(partition, is_anew=bool(told)) for partition in partitions]
    before = _before(years, {_under(years, one) for one in told})
    if told:
        _protect_years(years, before)
    windows = list(_windows(years))
    shown = _shown(years, windows, before)
    figures = [_figure(window, one, is_shown=one.area in shown) for one in windows if one.size]
    with transaction.atomic():
        if told:
            _keep_years(years)
        PooledFigure.objects.filter(audit=window).delete()
        PooledFigure.objects.bulk_create(figures)
        count = sum(figure.status == Status.REPORTED for figure in figures)
        window.finish(shown_count=count, hidden_count=len(figures) - count)


def _told(window: WindowAudit) -> set[Observed]:
    """The sums of these years that were public at some time."""
    audits = WindowAudit.objects.filter(indicator=window.indicator_id, first_year=window.first_year)
    public = PooledFigure.objects.filter(
        audit__in=audits.of_releases(Release.objects.published()), status=Status.REPORTED
    )
    return {frozenset(found) for found in public.values_list("observations", flat=True) if found}


def _under(years: Sequence[Year], told: Observed) -> Observed:
    """The cells of what was told: a figure that a source gave of a region stands for those under it."""
    under = {key: cells for year in years for key, cells in year.known.under.items()}
    return frozenset().union(*(under.get(key, frozenset({key})) for key in told if isinstance(key, int)))


def _before(years: Sequence[Year], told: set[Observed]) -> Before:
    known = {key for year in years for key in year.counts}
    gone = Observation.objects.filter(pk__in=set().union(*told) - known).order_by("pk")
    is_zero_sensitive = years[0].known.zero_is_sensitive
    return Before(
        told,
        [
            Cell(key, whole(count), whole(size), zero_is_sensitive=is_zero_sensitive)
            for key, count, size in gone.values_list("pk", "numerator", "denominator")
        ],
    )


def _year(partition: Partition, *, is_anew: bool) -> Year:
    edition = Edition.objects.filter(partition=partition).order_by("release_id")[0]
    known, counts = protection.everything_known(partition, edition)
    table, not_shown = known.table(counts)
    is_fixed = Release.objects.published().filter(editions__partition=partition).exists()
    if is_anew and not is_fixed:
        # Worked out and not read, as an earlier try of this may have hidden more already.
        shown = protection.protected(known, counts).shown
    else:
        shown = _as_kept(partition, known, table, not_shown)
    return Year(partition, known, counts, table, shown, is_fixed)


def _as_kept(partition: Partition, known: Known, table: Table, not_shown: set[object]) -> Shown:
    primary = Shown.primary(table)
    told = {row.area_id: row.observations for row in Told.objects.filter(partition=partition)}
    hidden = set(known.observation_of.values()) - set(told.get(None, ()))
    by_itself = {area for area, one in known.direct.items() if one.key in told.get(None, ())}
    withheld = {("sum", area) for area in known.sums.keys() - told.keys() - by_itself}
    return Shown(
        primary.hidden | hidden | (not_shown & table.cells.keys()),
        primary.withheld | withheld | (not_shown & table.totals.keys()),
    )


def _windows(years: Sequence[Year]) -> Iterator[Window]:
    """Every area that has a count in each year."""
    hidden = [year.hidden_areas for year in years]
    indicator = years[0].partition.indicator
    for area in sorted(set().union(*(year.known.observation_of.keys() | year.known.sums for year in years))):
        parts = [year.members_of(area) for year in years]
        found = [part for part in parts if part is not None]
        if len(found) < len(years):
            continue
        pairs = [year.known.pair_of(area, year.counts) for year in years]
        rooms = [year.known.rooms.get(key) for year, part in zip(years, found, strict=True) for key in part]
        own = [year.known.is_small_count(*pair) for year, pair in zip(years, pairs, strict=True)]
        ranks = [year.known.sums[area][1] for year in years if area in year.known.sums]
        count, size = sum(x for x, _ in pairs), sum(n for _, n in pairs)
        yield Window(
            area=area,
            members=frozenset().union(*found),
            told_by=frozenset().union(*(year.told_by(area) for year in years)),
            count=count,
            size=size,
            hidden_years=sum(area in one for one in hidden),
            rank=ranks[-1] if ranks else RANK_OF_SMALL if any(own) else RANK_OF_OTHERS,
            is_small=years[-1].known.is_small_count(count, size),
            is_local=indicator.is_pooled_by_region and any(area in year.known.local for year in years),
            has_room=all(room is None or room.is_shown for room in rooms),
        )


def _shown(years: Sequence[Year], windows: Sequence[Window], before: Before) -> set[int]:
    """The areas of which the three years together are shown."""
    # What is small together must not be worked out either; what else nobody asks for is left out.
    asked = [one for one in windows if one.hidden_years and (one.is_wanted or one.is_small)]
    table, shown = _joined(years, before, [one for one in asked if one.members not in before.sums])
    wanted: set[object] = {("window", one.area) for one in asked if one.is_wanted}
    small = {key for key in shown.withheld & wanted if table.is_small_total(table.totals[key])}
    further = show_further(table, shown, (wanted & table.totals.keys()) - small)
    # With each of its years on the screen a sum is no news, and what was told stays told.
    return {
        one.area
        for one in windows
        if not one.hidden_years
        or (one.members in before.sums and not one.is_local)
        or ("window", one.area) in wanted - further.withheld
    }


def _joined(years: Sequence[Year], before: Before, windows: Iterable[Window]) -> tuple[Table, Shown]:
    """The three years as one table with one set of what is shown; none of `windows` is."""
    cells, totals = [*before.corrected], []
    hidden: set[object] = {cell.key for cell in cells}
    withheld: set[object] = {("window", one.area) for one in windows}
    for number, year in enumerate(years):
        cells += year.table.cells.values()
        hidden |= year.shown.hidden
        withheld |= {(number, key) for key in year.shown.withheld}
        for key, total in year.table.totals.items():
            is_public = total.is_known or (year.is_fixed and key not in year.shown.withheld)
            totals.append(Sum((number, key), total.members, total.rank, is_known=is_public))
        if year.is_fixed:
            visible = year.table.cells.keys() - year.shown.hidden
            totals += [Sum((number, "cell", key), frozenset({key}), is_known=True) for key in visible]
    totals += [
        Sum(("told", number), members, is_known=True) for number, members in enumerate(in_order(before.sums))
    ]
    totals += [Sum(("window", one.area), one.members, one.rank) for one in windows]
    return Table.of(cells, totals), Shown(frozenset(hidden), frozenset(withheld))


def _protect_years(years: Sequence[Year], before: Before) -> None:
    """Hide more of the years that are new, where these would tell with the sums of before."""
    small = [one for one in _windows(years) if one.hidden_years and one.is_small]
    table, shown = _joined(years, before, small)
    found = protect(table, withheld=shown.hidden | shown.withheld).shown
    for number, year in enumerate(years):
        if not year.is_fixed:
            withheld = {key for key in year.table.totals if (number, key) in found.withheld}
            year.shown = Shown(found.hidden & year.table.cells.keys(), frozenset(withheld))


def _keep_years(years: Sequence[Year]) -> None:
    for year in years:
        if year.is_fixed:
            continue
        hidden = protection.hidden_areas(year.known, year.counts, year.shown)
        before = set(year.partition.hidden_figures.values_list("area", flat=True))
        if hidden != before:
            protection.keep(year.partition, year.known, year.shown, hidden)
            protection.check_wholes_again(year.partition)


def _figure(window: WindowAudit, one: Window, *, is_shown: bool) -> PooledFigure:
    small = Status.SUPPRESSED_PRIMARY if one.is_small else Status.SUPPRESSED_SECONDARY
    return PooledFigure(
        audit=window,
        area_id=one.area,
        numerator=one.count if is_shown else None,
        denominator=one.size if is_shown else None,
        status=Status.REPORTED if is_shown else small,
        observations=sorted(one.told_by) if is_shown and one.hidden_years else [],
    )
