"""Figures per area, made from observations by workers."""

import datetime
import logging
from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Sum, Value, When, Window
from django.db.models.functions import Coalesce, Now

from monitoring.models.indicators import Indicator, Period
from monitoring.models.observations import DIRECT_KINDS, ImportFile, Status
from monitoring.models.releases import Release
from partners.models import Area, AreaKind, AreaMember, Person
from portal.checked import Checked
from portal.jobs import Job, JobQuerySet, JobState
from portal.kept_queries import Slot
from portal.subqueries import IsOneOf

logger = logging.getLogger(__name__)


class RunQuerySet(models.QuerySet):
    def with_progress(self) -> Self:
        """Adds how many partitions got how far, and how many rows they made; the newest run first."""
        # Grouped rows lose the order of Meta, hence the order here.
        return self.annotate(
            total=Count("partitions"),
            done=Count("partitions", filter=Q(partitions__state=JobState.DONE)),
            failed=Count("partitions", filter=Q(partitions__state=JobState.FAILED)),
            waiting=Count("partitions", filter=Q(partitions__state=JobState.WAITING)),
            stopped=Count("partitions", filter=Q(partitions__state=JobState.CANCELLED)),
            copied=Count("partitions", filter=Q(partitions__is_copied=True)),
            rows=Coalesce(Sum("partitions__rows"), 0),
        ).order_by("-pk")


class Run(models.Model):
    """One request to work out figures anew."""

    requested_at = models.DateTimeField("gevraagd", db_default=Now())
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="runs", null=True, blank=True)
    reason = models.CharField("aanleiding", max_length=200)
    # Null only for calculations of before there were releases.
    release = models.ForeignKey(Release, models.PROTECT, related_name="runs", null=True)
    # Figures whose input is that of before are taken over instead of worked out again.
    reuses = models.BooleanField(db_default=False, default=False)
    # Of all areas and what is part of what when it was asked for; empty where that is not known.
    places = models.CharField(max_length=32, db_default="", default="", editable=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "berekening"
        verbose_name_plural = "berekeningen"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Berekening {self.pk}: {self.reason}"


class Division(models.Model):
    """The municipality of every district on a day (indeling), at the place of the number of the
    district, and the number of districts of every municipality, at the place of the number of the
    municipality; 0 where there is none. It follows from the state of all areas that `places` stands
    for, so that it never changes."""

    places = models.CharField(max_length=32)
    day = models.DateField("dag")
    municipalities = ArrayField(models.BigIntegerField(), verbose_name="gemeenten")
    districts = ArrayField(models.BigIntegerField(), verbose_name="aantallen wijken")

    class Meta:
        verbose_name = "indeling"
        verbose_name_plural = "indelingen"
        constraints = [
            models.UniqueConstraint(fields=["places", "day"], name="monitoring_division_once"),
        ]

    def __str__(self) -> str:
        return f"Indeling op {self.day}"


class PartitionQuerySet(JobQuerySet):
    def for_page(self) -> Self:
        """With what they are about; what failed first, then what is not done."""
        place = {JobState.FAILED: 0, JobState.CANCELLED: 1, JobState.WAITING: 2}
        order = Case(*(When(state=state, then=Value(at)) for state, at in place.items()), default=Value(3))
        return self.select_related("indicator", "period").order_by(
            order, "indicator__name", "period__reference_date", "pk"
        )


class Partition(Job):
    """One indicator in one period: the unit that a worker works out in one transaction."""

    lease: ClassVar[datetime.timedelta] = datetime.timedelta(minutes=2)
    max_attempts: ClassVar[int] = 3
    # All indicators over ten years: one statement makes them in little more time than a few.
    batch: ClassVar[int] = 300

    run = models.ForeignKey(Run, models.PROTECT, related_name="partitions")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="partitions")
    period = models.ForeignKey(Period, models.PROTECT, related_name="partitions")
    rows = models.PositiveIntegerField("cijfers gemaakt", default=0)
    # The newest delivery that touched its figures when it was ordered; null where that is not known.
    file = models.ForeignKey(ImportFile, models.PROTECT, related_name="partitions", null=True, db_index=False)
    # Of everything that its figures follow from; empty where that is not known.
    input_hash = models.CharField(max_length=32, db_default="", default="", blank=True)
    is_copied = models.BooleanField("ongewijzigd overgenomen", db_default=False, default=False)

    objects = PartitionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Job.Meta):
        verbose_name = "onderdeel van een berekening"
        verbose_name_plural = "onderdelen van berekeningen"
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["run", "indicator", "period"], name="monitoring_partition_once_per_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

    @classmethod
    def work_claimed(cls, claimed: Sequence[Self]) -> None:
        """Work them out together; where that fails each by itself, so that one error stays one."""
        from monitoring.aggregation import aggregate_partitions

        try:
            aggregate_partitions(claimed)
        except Exception:
            logger.exception("%s partitions together failed; trying each by itself", len(claimed))
            super().work_claimed(claimed)

    def work(self) -> None:
        """Work out every area of this indicator and period."""
        from monitoring.aggregation import aggregate_partitions

        aggregate_partitions([self])


class Comparison(models.TextChoices):
    HIGHER = "higher", "hoger"
    LOWER = "lower", "lager"
    SAME = "same", "geen duidelijk verschil"


class FifthParts(models.Aggregate):
    """The values below which 20, 40, 60 and 80 percent of the rows lie."""

    function = "percentile_cont"
    template = "%(function)s(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(models.FloatField())


class Quarters(models.Aggregate):
    """The values below which 25 and 75 percent of the rows lie."""

    function = "percentile_cont"
    template = "%(function)s(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(models.FloatField())


class AggregateQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """Figures that have a number."""
        return self.filter(status=Status.REPORTED)

    def of_indicators(self, codes: Iterable[str]) -> Self:
        """Figures of the version in force of each of these indicators."""
        return self.filter(indicator__is_current=True, indicator__code__in=list(codes))

    def of_municipalities(self) -> Self:
        """Figures of single municipalities, not of regions."""
        return self.filter(area__kind=AreaKind.MUNICIPALITY)

    def of_areas_and_country(self, *areas: Area | None) -> Self:
        """Figures of these areas, and of the country to compare them with."""
        return self.of_places_and_country(*(area.pk for area in areas if area is not None))

    def of_places_and_country(self, *areas: int | Slot) -> Self:
        """The same of areas by their ids."""
        places = Area.objects.filter(Q(pk__in=areas) | Q(kind=AreaKind.COUNTRY))
        # Known before the figures are read: beside a join the database would read those of every area.
        return self.filter(IsOneOf("area_id", ArraySubquery(places.order_by().values("pk"))))

    def in_region(self, region: Area, *, on: datetime.date) -> Self:
        """Figures of the municipalities that make up `region` on that day."""
        members = AreaMember.objects.on(on).filter(region=region)
        # As above.
        return self.of_municipalities().filter(IsOneOf("area_id", ArraySubquery(members.values("member"))))

    def newest(self) -> Self:
        """Of each indicator the newest figure; for figures of one area."""
        return self.order_by("indicator_id", "-period__reference_date", "-period__code").distinct(
            "indicator_id"
        )

    def newest_of(self, area: Area | None) -> Self:
        """Of each indicator only the newest period of `area`; of every area where it has none."""
        newest = Max("period__reference_date")
        own = Max("period__reference_date", filter=Q(area=area))
        return self.annotate(
            newest=Coalesce(
                Window(own, partition_by="indicator_id"), Window(newest, partition_by="indicator_id")
            )
        ).filter(period__reference_date=F("newest"))

    def breaks(self) -> list[float]:
        """The four values that part these figures into five classes of equal size."""
        return self.order_by().aggregate(breaks=FifthParts("value"))["breaks"] or []

    def middles(self) -> dict[tuple[str, int], tuple[int, int, Sequence[float]]]:
        """Of each indicator and period: how many of these figures are shown, how many there are, and
        between which values the middle half of those shown lies. One query."""
        found = (
            self.order_by()
            .values_list("indicator__code", "period_id")
            .annotate(known=Count("value"), total=Count("area"), middle=Quarters("value"))
        )
        return {(code, period): (known, total, middle) for code, period, known, total, middle in found}

    def for_page(self) -> Self:
        """With everything a figure on the screen names, the oldest period first."""
        return (
            self.select_related("indicator", "period", "area")
            # No page names these limits, and a view works out what is asked of it.
            .defer("lower_998", "upper_998")
            .with_provisional()
            .order_by("period__reference_date", "period__code", "area__sort_key")
        )

    def with_provisional(self) -> Self:
        """Adds `is_provisional`: whether a source may still change what these figures were made of."""
        unsure = Edition.objects.filter(
            release__publications__is_only=True,
            indicator=OuterRef("indicator"),
            period=OuterRef("period"),
            is_provisional=True,
        )
        return self.annotate(is_provisional=Exists(unsure))

    def with_moment(self) -> Self:
        """Adds `calculated_at`: when the figure was worked out."""
        return self.annotate(calculated_at=F("partition__finished_at"))


class Edition(models.Model):
    """One indicator in one period as it stands in one release: everything its figures share.

    What did not change is in the next release by the same partition, so that nothing is copied.
    """

    pk = models.CompositePrimaryKey("release_id", "indicator_id", "period_id")
    release = models.ForeignKey(Release, models.PROTECT, related_name="editions", db_index=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="editions", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="editions", db_index=False)
    partition = models.ForeignKey(Partition, models.PROTECT, related_name="editions", db_index=False)
    # The newest delivery that was read, and its moment: later ones count with the next edition.
    through = models.ForeignKey(ImportFile, models.PROTECT, related_name="editions", db_index=False)
    as_of = models.DateTimeField()
    # Of what was read, a source may still change something.
    is_provisional = models.BooleanField("voorlopig", default=False, db_default=False)
    # What the other figures are compared with; null where the country has no figure.
    country = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True, db_index=False)
    benchmark = models.FloatField(null=True)

    class Meta:
        verbose_name = "uitgave van cijfers"
        verbose_name_plural = "uitgaven van cijfers"

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"


class Total(Checked):
    """The sum over the members of one area, or the reason why there is no sum.

    Of a municipality only where no source said anything about the municipality itself.
    """

    is_bulk = True

    # The area first: that is how pages search, and one index is all that these rows get.
    pk = models.CompositePrimaryKey("area_id", "indicator_id", "period_id", "partition_id")
    # Derived rows, made by one statement from rows that have these keys: to check each key again
    # would cost more than to work the sums out.
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="totals", db_constraint=False, db_index=False
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="totals", db_constraint=False, db_index=False
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="totals", db_constraint=False, db_index=False)
    partition = models.ForeignKey(
        Partition, models.PROTECT, related_name="totals", db_constraint=False, db_index=False
    )
    # As they are: which of them may be shown is decided by the view.
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    status = models.CharField(max_length=20, choices=Status)
    member_count = models.PositiveIntegerField("leden")
    reported_count = models.PositiveIntegerField("leden met cijfer")

    class Meta:
        verbose_name = "som"
        verbose_name_plural = "sommen"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="reported", numerator__isnull=False, denominator__isnull=False)
                | (~Q(status="reported") & Q(numerator__isnull=True)),
                name="monitoring_total_number_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.area}"


class Figure(models.Model):
    """The figure of one area for one indicator in one period, or the reason why there is none."""

    indicator = models.ForeignKey(Indicator, models.DO_NOTHING, related_name="%(class)ss")
    period = models.ForeignKey(Period, models.DO_NOTHING, related_name="%(class)ss")
    area = models.ForeignKey(Area, models.DO_NOTHING, related_name="%(class)ss")
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    lower_95 = models.FloatField(null=True)
    upper_95 = models.FloatField(null=True)
    lower_998 = models.FloatField(null=True)
    upper_998 = models.FloatField(null=True)
    # Against the country; null where the indicator asks for no judgement or there is no figure.
    compared_95 = models.CharField(max_length=6, choices=Comparison, null=True)
    compared_998 = models.CharField(max_length=6, choices=Comparison, null=True)
    status = models.CharField(max_length=20, choices=Status)
    # Of a sum; none of what a source said of the area itself.
    member_count = models.PositiveIntegerField("gemeenten")
    reported_count = models.PositiveIntegerField("gemeenten met cijfer")
    partition = models.ForeignKey(Partition, models.DO_NOTHING, related_name="%(class)ss")

    # Only on rows of `with_moment`, and of `for_page`.
    calculated_at: datetime.datetime | None
    is_provisional: bool

    objects = AggregateQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.area}"

    @property
    def is_direct(self) -> bool:
        """Whether the source gave it of a region itself, so that nothing was summed."""
        # What is no row of the view, such as three years together, has no partition.
        is_own = self.partition_id is not None and not self.member_count
        return is_own and self.area.kind in DIRECT_KINDS


class Aggregate(Figure):
    """A figure as everybody reads it: of the published release.

    A row of a view over what was observed and what was summed; the rules are in `monitoring.rules`.
    """

    pk = models.CompositePrimaryKey("indicator_id", "period_id", "area_id")

    class Meta:
        managed = False
        db_table = "monitoring_aggregate"
        verbose_name = "cijfer"
        verbose_name_plural = "cijfers"


class ReleaseFigure(Figure):
    """The same of every release, for analysts: what is in preparation, and what was before."""

    pk = models.CompositePrimaryKey("release_id", "indicator_id", "period_id", "area_id")
    release = models.ForeignKey(Release, models.DO_NOTHING, related_name="figures")

    class Meta:
        managed = False
        db_table = "monitoring_releasefigure"
        verbose_name = "cijfer van een uitgave"
        verbose_name_plural = "cijfers van uitgaven"
