"""Which figures a coalition waits for, and until when."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from coalitions.models import Coalition
from monitoring.models.observations import Observation
from partners.models import Person
from portal.text_guard import refuse_bsn


class ExpectedDeliveryQuerySet(models.QuerySet):
    def with_delivered(self) -> Self:
        """Adds `is_delivered`: whether any municipality of the coalition has a count."""
        said = Observation.objects.current().filter(
            indicator__code=OuterRef("indicator_code"),
            indicator__is_current=True,
            period__code=OuterRef("period_code"),
            area__region_links__region=OuterRef("coalition__area"),
        )
        return self.annotate(is_delivered=Exists(said))

    def missed(self) -> Self:
        """What should have come before today and did not."""
        return self.with_delivered().filter(due_on__lt=timezone.localdate(), is_delivered=False)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ExpectedDelivery(models.Model):
    """One indicator of one period that somebody will deliver before a day.

    By codes: neither the period nor the version of the indicator need be there yet.
    """

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="expected_deliveries")
    indicator_code = models.SlugField("cijfer", max_length=60)
    period_code = models.SlugField("periode", max_length=20)
    supplier = models.CharField("wie levert?", max_length=150, validators=[refuse_bsn])
    due_on = models.DateField("uiterlijk")
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="expected_deliveries")
    # When coordinators and analysts heard that it did not come.
    told_at = models.DateTimeField("verteld", null=True, blank=True)

    # Only on rows of `with_delivered`.
    is_delivered: bool

    objects = ExpectedDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "verwachte levering"
        verbose_name_plural = "verwachte leveringen"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "indicator_code", "period_code"],
                name="monitoring_expecteddelivery_once",
                violation_error_message="Van dit cijfer en deze periode staat er al een dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_code} {self.period_code}"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nothing came."""
        return not self.is_delivered and self.due_on < timezone.localdate()
