"""Three years put together, where one is too few: what may be shown of them, and who checks that."""

import datetime
from typing import ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.functional import cached_property

from monitoring.models.figures import Edition, Partition
from monitoring.models.indicators import Indicator
from monitoring.models.observations import Status
from monitoring.models.releases import Publication, Release, Withdrawal
from partners.models import Area, AreaKind
from portal.checked import Checked
from portal.jobs import Job, JobQuerySet
from portal.subqueries import IsOneOf


class WindowAuditQuerySet(JobQuerySet):
    def of_releases(self, releases: models.QuerySet[Release]) -> Self:
        """Those of which all three years stand in one of these releases as they were put together."""
        editions = Edition.objects.filter(release=OuterRef("pk"))
        found = releases.filter(
            *(
                Exists(editions.filter(partition=OuterRef(OuterRef(f"{year}_id"))))
                for year in ("earliest", "middle", "latest")
            )
        )
        return self.filter(Exists(found))

    def for_page(self) -> Self:
        """With what they are about, in the order of a page."""
        return self.select_related("indicator").order_by("indicator__name", "first_year")


class WindowAudit(Job):
    """The check of one indicator in three years: which sums of years tell nothing that a year hides.

    It is about the years as three partitions made them, so it stands in every release that has these.
    """

    lease: ClassVar[datetime.timedelta] = datetime.timedelta(minutes=3)
    max_attempts: ClassVar[int] = 3
    queue: ClassVar[str] = "audits"

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="window_audits", db_index=False)
    first_year = models.PositiveSmallIntegerField("eerste jaar")
    earliest = models.ForeignKey(Partition, models.CASCADE, related_name="windows_from")
    middle = models.ForeignKey(Partition, models.CASCADE, related_name="windows_around", db_index=False)
    latest = models.ForeignKey(Partition, models.CASCADE, related_name="windows_until", db_index=False)
    shown_count = models.PositiveIntegerField("getoonde tijdvakken", default=0)
    hidden_count = models.PositiveIntegerField("niet getoonde tijdvakken", default=0)

    objects = WindowAuditQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Job.Meta):
        verbose_name = "controle van een tijdvak"
        verbose_name_plural = "controles van tijdvakken"
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["earliest", "middle", "latest"], name="monitoring_windowaudit_once_per_years"
            ),
        ]
        indexes = [
            *Job.Meta.indexes,
            models.Index(fields=["indicator", "first_year"], name="monitoring_windowaudit_window"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.label}"

    @property
    def label(self) -> str:
        """`2021-2023`."""
        return f"{self.first_year}-{self.first_year + 2}"

    def work(self) -> None:
        """Decide which sums of three years are shown, and keep these."""
        from monitoring.window_protection import protect_window

        protect_window(self)


class PooledFigureQuerySet(models.QuerySet):
    def of_release(self, release: Release) -> Self:
        """Of one release, without areas of which a year was withdrawn."""
        return self._of_editions(Edition.objects.filter(release=release)).not_withdrawn()

    def of_one_alone(self, old: Release, new: Release) -> Self:
        """What stands in one of two releases and not in the other; adds `is_new`."""
        of_old, of_new = (
            Q(pk__in=WindowAudit.objects.of_releases(Release.objects.filter(pk=release.pk)).values("pk"))
            for release in (old, new)
        )
        anew = WindowAudit.objects.filter(of_new, pk=OuterRef("audit"))
        audits = WindowAudit.objects.filter(of_old ^ of_new)
        return self.filter(audit__in=audits).not_withdrawn().annotate(is_new=Exists(anew))

    def not_withdrawn(self) -> Self:
        """Without areas of which a year is not shown in any release."""
        withdrawn = Withdrawal.objects.in_force().filter(
            indicator=OuterRef("audit__indicator"), area=OuterRef("area")
        )
        year = Cast("period__code", models.IntegerField())
        in_window = withdrawn.filter(period__code__regex=r"^\d{4}$").annotate(year=year)
        first = OuterRef("audit__first_year")
        return self.exclude(Exists(in_window.filter(year__gte=first, year__lte=first + 2)))

    def _of_editions(self, editions: models.QuerySet[Edition]) -> Self:
        partitions = editions.values("partition")
        return self.filter(
            audit__earliest__in=partitions, audit__middle__in=partitions, audit__latest__in=partitions
        )

    def of_indicators(self, codes: list[str]) -> Self:
        """Of the version in force of each of these indicators."""
        return self.filter(audit__indicator__is_current=True, audit__indicator__code__in=codes)

    def of_areas_and_country(self, *areas: Area) -> Self:
        """Of these areas, and of the country to compare them with."""
        places = Area.objects.filter(Q(pk__in=[area.pk for area in areas]) | Q(kind=AreaKind.COUNTRY))
        return self.filter(IsOneOf("area_id", ArraySubquery(places.order_by().values("pk"))))

    def for_page(self) -> Self:
        """With the names on the screen, the oldest window first."""
        return (
            self.select_related("area", "audit__indicator")
            .annotate(first_year=F("audit__first_year"))
            .order_by("audit__first_year", "area__sort_key")
        )


class PooledFigureManager(models.Manager.from_queryset(PooledFigureQuerySet)):  # type: ignore[misc]
    @cached_property
    def _published(self) -> PooledFigureQuerySet:
        release = Publication.objects.values("release")[:1]
        return self.all()._of_editions(Edition.objects.filter(release=release)).not_withdrawn()

    def published(self) -> PooledFigureQuerySet:
        """The same of the release that everybody reads. Every page of an indicator asks this, and to put the
        question together is nearly half of the work, so that is done once for each process."""
        return self._published.all()


class PooledFigure(Checked):
    """Three years of one area together: the sums where they may be shown, else the reason why not."""

    pk = models.CompositePrimaryKey("area_id", "audit_id")
    audit = models.ForeignKey(WindowAudit, models.CASCADE, related_name="figures")
    area = models.ForeignKey(Area, models.PROTECT, related_name="pooled_figures", db_index=False)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    status = models.CharField(max_length=20, choices=Status)
    # What the sum tells that its years do not; once published, every later check counts with it.
    observations = ArrayField(models.BigIntegerField(), default=list)

    objects = PooledFigureManager()

    class Meta:
        verbose_name = "cijfer van drie jaren samen"
        verbose_name_plural = "cijfers van drie jaren samen"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="reported", numerator__isnull=False, denominator__isnull=False)
                | (~Q(status="reported") & Q(numerator__isnull=True, denominator__isnull=True)),
                name="monitoring_pooledfigure_number_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit} {self.area}"
