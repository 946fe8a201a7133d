"""What is not shown besides small counts, and what was told so far."""

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from monitoring.models.figures import Partition
from partners.models import Area
from portal.jobs import Job


class Audit(Job):
    """The check of one worked-out indicator and period: can a reader work a small count out?"""

    lease: ClassVar[datetime.timedelta] = datetime.timedelta(minutes=3)
    max_attempts: ClassVar[int] = 3
    # Minutes of work at national scale; mail and signatures do not wait for it.
    queue: ClassVar[str] = "audits"

    partition = models.OneToOneField(Partition, models.CASCADE, related_name="audit")
    protected_count = models.PositiveIntegerField("beschermde aantallen", default=0)
    hidden_count = models.PositiveIntegerField("extra weggelaten", default=0)
    # The least that a reader is unsure of any protected count, in persons.
    narrowest = models.FloatField("smalste marge voor een lezer", null=True)

    class Meta(Job.Meta):
        verbose_name = "controle op kleine aantallen"
        verbose_name_plural = "controles op kleine aantallen"

    def __str__(self) -> str:
        return str(self.partition)

    def work(self) -> None:
        """Decide what else is left out, and keep it with what is told."""
        from monitoring.protection import protect_partition

        protect_partition(self)


class HiddenFigure(models.Model):
    """A figure that is large enough, yet not shown: with it a small one could be worked out."""

    pk = models.CompositePrimaryKey("partition_id", "area_id")
    partition = models.ForeignKey(Partition, models.CASCADE, related_name="hidden_figures", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="hidden_figures", db_index=False)

    class Meta:
        verbose_name = "weggelaten cijfer"
        verbose_name_plural = "weggelaten cijfers"

    def __str__(self) -> str:
        return f"{self.partition} {self.area}"


class Told(models.Model):
    """What one partition tells: the sum of these observations, or each of them where no area is named.

    Once published it cannot be taken back, so every later check counts with it.
    """

    is_bulk = True

    partition = models.ForeignKey(Partition, models.CASCADE, related_name="told")
    area = models.ForeignKey(Area, models.PROTECT, related_name="told", null=True, db_index=False)
    observations = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = "verteld aantal"
        verbose_name_plural = "vertelde aantallen"

    def __str__(self) -> str:
        return f"{self.partition} {self.area or 'los'}"
