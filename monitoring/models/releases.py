"""Which figures everybody reads: one release for the whole portal, and one pointer to it."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitoring.models.indicators import Indicator, Period
from partners.models import Area, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, requires


class ReleaseState(models.TextChoices):
    DRAFT = "draft", "concept"
    CHECKED = "checked", "gecontroleerd"
    APPROVED = "approved", "goedgekeurd"
    PUBLISHED = "published", "gepubliceerd"


class ReleaseQuerySet(models.QuerySet):
    def open(self) -> Self:
        """The one release that is still being made."""
        return self.exclude(state=ReleaseState.PUBLISHED)

    def published(self) -> Self:
        """Releases that were public at some time."""
        return self.filter(state=ReleaseState.PUBLISHED)

    def for_page(self) -> Self:
        """With who did what, the newest first."""
        return self.select_related("checked_by", "approved_by", "published_by").order_by("-pk")

    def with_own_work(self, person: Person) -> Self:
        """Adds `is_own_work`: she delivered or ordered figures of it, so that somebody else approves."""
        ordered = person.runs.filter(release=models.OuterRef("pk"))
        return self.annotate(is_own_work=models.Exists(ordered))


@pghistory.track()
class Release(Checked):
    """All figures of the portal at one moment; never two published ones side by side."""

    state = models.CharField("stand", max_length=10, choices=ReleaseState, default=ReleaseState.DRAFT)
    begun_at = models.DateTimeField("begonnen", db_default=Now())
    checked_at = models.DateTimeField("gecontroleerd", null=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="checked_releases", null=True)
    approved_at = models.DateTimeField("goedgekeurd", null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="approved_releases", null=True)
    published_at = models.DateTimeField("gepubliceerd", null=True)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="published_releases", null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "uitgave"
        verbose_name_plural = "uitgaven"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["published_at"],
                condition=Q(published_at__isnull=True),
                nulls_distinct=False,
                name="monitoring_release_one_open",
                violation_error_message="Er is al een uitgave in voorbereiding.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", checked_at__isnull=True, approved_at__isnull=True)
                | Q(state="checked", checked_at__isnull=False, approved_at__isnull=True)
                | Q(state__in=["approved", "published"], checked_at__isnull=False, approved_at__isnull=False),
                name="monitoring_release_steps_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="monitoring_release_published_has_moment",
            ),
        ]
        triggers = [
            Transitions(
                name="release_moves",
                field="state",
                initial=["draft"],
                allowed={
                    "draft": ["checked"],
                    "checked": ["approved", "draft"],
                    "approved": ["published", "draft"],
                },
                message="Een uitgave gaat van concept via controle en goedkeuring naar publicatie.",
            ),
            requires(
                name="approved_by_somebody_else",
                condition="NEW.state NOT IN ('approved', 'published') OR NOT EXISTS ("
                "SELECT FROM monitoring_run run WHERE run.release_id = NEW.id "
                "AND run.requested_by_id = NEW.approved_by_id)",
                message="Wie cijfers aanleverde of liet uitrekenen, keurt ze niet zelf goed. "
                "Vraag een andere analist.",
            ),
            requires(
                name="approved_when_all_is_done",
                condition="NEW.state = 'draft' OR NOT EXISTS ("
                "SELECT FROM monitoring_partition partition "
                "JOIN monitoring_run run ON run.id = partition.run_id "
                "WHERE run.release_id = NEW.id AND partition.state = 'waiting') AND NOT EXISTS ("
                "SELECT FROM monitoring_edition edition JOIN monitoring_audit audit "
                "ON audit.partition_id = edition.partition_id "
                "WHERE edition.release_id = NEW.id AND audit.state <> 'done') AND NOT EXISTS ("
                "SELECT FROM monitoring_windowaudit w WHERE w.state <> 'done' AND 3 = ("
                "SELECT count(*) FROM monitoring_edition edition WHERE edition.release_id = NEW.id "
                "AND edition.partition_id IN (w.earliest_id, w.middle_id, w.latest_id)))",
                message="Nog niet alle onderdelen van deze uitgave zijn klaar en gecontroleerd.",
            ),
        ]

    def __str__(self) -> str:
        return f"Uitgave {self.pk}"

    def get_absolute_url(self) -> str:
        return address_of("monitoring:release-detail", str(self.pk))


@pghistory.track()
class Publication(Checked):
    """The one pointer: the release that everybody reads."""

    is_only = models.BooleanField(primary_key=True, default=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="publications")
    moved_at = models.DateTimeField("gewijzigd", db_default=Now())
    moved_by = models.ForeignKey(Person, models.PROTECT, related_name="publications", null=True)

    class Meta:
        verbose_name = "gepubliceerde uitgave"
        verbose_name_plural = "gepubliceerde uitgaven"
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="monitoring_publication_one_pointer"),
        ]
        triggers = [
            requires(
                name="points_at_what_was_approved",
                condition="EXISTS (SELECT FROM monitoring_release release "
                "WHERE release.id = NEW.release_id AND release.state = 'published')",
                message="Alleen een goedgekeurde uitgave kan gepubliceerd zijn.",
            ),
        ]

    def __str__(self) -> str:
        return f"Gepubliceerd: {self.release}"


class WithdrawalQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """Figures that are not shown now."""
        return self.filter(restored_at__isnull=True)

    def for_page(self) -> Self:
        """With everything that names the figure, the newest first."""
        return self.select_related("indicator", "period", "area", "withdrawn_by").order_by("-pk")


@pghistory.track()
class Withdrawal(Checked):
    """One figure that is not shown, in any release, until it is restored."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="withdrawals")
    period = models.ForeignKey(Period, models.PROTECT, related_name="withdrawals")
    area = models.ForeignKey(Area, models.PROTECT, related_name="withdrawals")
    reason = models.CharField("reden", max_length=200, validators=[refuse_bsn])
    withdrawn_at = models.DateTimeField("ingetrokken", db_default=Now())
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, related_name="withdrawn_figures")
    restored_at = models.DateTimeField("weer getoond", null=True)
    restored_by = models.ForeignKey(Person, models.PROTECT, related_name="restored_figures", null=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = "ingetrokken cijfer"
        verbose_name_plural = "ingetrokken cijfers"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "area"],
                condition=Q(restored_at__isnull=True),
                name="monitoring_withdrawal_once",
                violation_error_message="Dit cijfer is al ingetrokken.",
            ),
            models.CheckConstraint(
                condition=Q(restored_at__isnull=True, restored_by__isnull=True)
                | Q(restored_at__isnull=False, restored_by__isnull=False),
                name="monitoring_withdrawal_restored_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.area}"
