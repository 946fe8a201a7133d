"""A table with figures that an analyst brought in, from the file to what stands in the portal."""

import datetime
from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.timezone import localtime

from monitoring.models.observations import ImportFile, Status
from partners.models import Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.jobs import Job
from portal.models import StoredFile
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class DeliveryState(models.TextChoices):
    COLUMNS = "columns", "kolommen koppelen"
    CHECKING = "checking", "wordt gecontroleerd"
    CHECKED = "checked", "gecontroleerd"
    ACCEPTING = "accepting", "wordt overgenomen"
    ACCEPTED = "accepted", "overgenomen"
    UNDONE = "undone", "teruggedraaid"
    CANCELLED = "cancelled", "gestopt"


# These a worker is at.
UNDER_WAY = (DeliveryState.CHECKING, DeliveryState.ACCEPTING)
DELIVERIES_OVER = (DeliveryState.ACCEPTED, DeliveryState.UNDONE, DeliveryState.CANCELLED)


class DeliveryQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Deliveries that wait for somebody."""
        return self.exclude(state__in=DELIVERIES_OVER)

    def for_page(self) -> Self:
        """With who did what, the newest first."""
        return self.select_related("created_by", "import_file", "undone_by").order_by("-pk")


@pghistory.track(fields=["state", "mapping", "reason", "undo_reason"], model_name="DeliveryEvent")
class Delivery(Checked):
    """One file with figures, and how far it is: nothing of it counts before it is accepted."""

    name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="deliveries")
    source_name = models.CharField("bron", max_length=200, validators=[refuse_bsn])
    # The source may still change these figures.
    is_provisional = models.BooleanField("voorlopig", default=False, db_default=False)
    state = models.CharField("stand", max_length=10, choices=DeliveryState, default=DeliveryState.COLUMNS)
    # The headings, and by which a table with the same ones is recognised.
    header = models.JSONField("koppen", default=list, blank=True)
    header_key = models.CharField(max_length=64, blank=True)
    # The first row below them, as an example beside each column.
    sample = models.JSONField("eerste rij", default=list, blank=True)
    # {columns: {name: place}, fixed: {name: value}, decimal_mark, recodes}
    mapping = models.JSONField("gekoppelde kolommen", default=dict, blank=True)
    # What the check found: one dictionary an issue, a changed figure, an indicator in a period.
    issues = models.JSONField("problemen", default=list, blank=True)
    differences = models.JSONField("wijzigingen", default=list, blank=True)
    summary = models.JSONField("inhoud", default=list, blank=True)
    notes = models.JSONField("opmerkingen", default=list, blank=True)
    row_count = models.PositiveIntegerField("rijen", default=0)
    rows_done = models.PositiveIntegerField("rijen gedaan", default=0, db_default=0)
    new_count = models.PositiveIntegerField("nieuw", default=0)
    revised_count = models.PositiveIntegerField("gewijzigd", default=0)
    unchanged_count = models.PositiveIntegerField("gelijk", default=0)
    # Why it was accepted although something looked odd.
    reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    created_at = models.DateTimeField("gebracht op", db_default=Now())
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="deliveries")
    import_file = models.OneToOneField(
        ImportFile, models.PROTECT, related_name="delivery", null=True, blank=True
    )
    undone_at = models.DateTimeField("teruggedraaid op", null=True, blank=True)
    undone_by = models.ForeignKey(
        Person, models.PROTECT, related_name="undone_deliveries", null=True, blank=True
    )
    undo_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "levering"
        verbose_name_plural = "leveringen"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["header_key"], name="monitoring_delivery_header")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "undone"], import_file__isnull=False)
                | Q(
                    state__in=["columns", "checking", "checked", "accepting", "cancelled"],
                    import_file__isnull=True,
                ),
                name="monitoring_delivery_accepted_has_figures",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="monitoring_delivery_undone_has_moment",
            ),
        ]
        triggers: ClassVar = [
            Transitions(
                name="delivery_moves",
                field="state",
                initial=["columns", "checked"],
                allowed={
                    "columns": ["checking", "checked", "cancelled"],
                    "checking": ["checked", "cancelled"],
                    "checked": ["columns", "checking", "accepting", "accepted", "cancelled"],
                    "accepting": ["accepted", "checked", "cancelled"],
                    "accepted": ["undone"],
                },
                message="Deze levering is al een stap verder. Ververs de pagina.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("monitoring:delivery-detail", str(self.pk))

    @property
    def is_under_way(self) -> bool:
        """A worker checks it, or takes it over."""
        return self.state in UNDER_WAY

    @property
    def errors(self) -> list[dict[str, str]]:
        """What must be mended before it can be accepted."""
        return [issue for issue in self.issues if issue["severity"] == "error"]

    @property
    def warnings(self) -> list[dict[str, str]]:
        """What may be right, if somebody says why."""
        return [issue for issue in self.issues if issue["severity"] == "warning"]

    @property
    def is_acceptable(self) -> bool:
        return self.state == DeliveryState.CHECKED and not self.errors

    @property
    def moment(self) -> str:
        """When it was brought in, in words."""
        at = localtime(self.created_at)
        return f"{date_format(at, 'j F Y')} om {date_format(at, 'H.i')} uur"


class StagedFigure(models.Model):
    """A row of a delivery that was checked and waits; unlogged, because the file itself is kept."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="staged", db_constraint=False)
    row_number = models.PositiveIntegerField()
    area_code = models.TextField()
    period = models.TextField()
    indicator_code = models.TextField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    status = models.CharField(max_length=20, choices=Status)

    class Meta:
        verbose_name = "klaargezet cijfer"
        verbose_name_plural = "klaargezette cijfers"

    def __str__(self) -> str:
        return f"{self.delivery_id}, rij {self.row_number}"


class DeliveryTask(models.TextChoices):
    CHECK = "check", "controleren"
    ACCEPT = "accept", "overnemen"


class DeliveryWork(Job):
    """The checking or taking over of a table that is too long to wait for."""

    # Short, as it is kept while the work goes on: nobody waits long for a worker that died.
    lease: ClassVar[datetime.timedelta] = datetime.timedelta(minutes=1)
    max_attempts: ClassVar[int] = 3

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="works")
    task = models.CharField("wat", max_length=10, choices=DeliveryTask)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Job.Meta):
        verbose_name = "werk aan een levering"
        verbose_name_plural = "werk aan leveringen"
        constraints: ClassVar = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["delivery"],
                condition=Q(state="waiting"),
                name="monitoring_deliverywork_one_at_a_time",
                violation_error_message="Met deze levering is al iemand bezig. Ververs de pagina.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_task_display()}: {self.delivery}"

    def work(self) -> None:
        """Check or take over, and finish in the transaction of that."""
        from monitoring import deliveries

        deliveries.work(self)
