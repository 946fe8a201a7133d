"""What hospitals said of which several make up one VSV."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from monitoring.models.indicators import Indicator, Period
from monitoring.models.observations import ImportFile, Status, replaced_never_changed
from partners.models import Area, Organisation
from portal.checked import Checked


class HospitalFigure(Checked):
    """A count of one of several hospitals of a VSV; only the sum of all of them is a figure, and is shown."""

    append_only = True
    closing_columns = ("superseded_at",)

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_index=False)
    vsv = models.ForeignKey(Area, models.PROTECT, related_name="+")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    numerator = models.FloatField("teller", null=True)
    denominator = models.FloatField("noemer", null=True)
    status = models.CharField(max_length=20, choices=Status)
    import_file = models.ForeignKey(ImportFile, models.PROTECT, related_name="hospital_figures")
    row_number = models.PositiveIntegerField("rij")
    superseded_at = models.DateTimeField("vervangen", null=True)

    class Meta:
        verbose_name = "cijfer van een ziekenhuis"
        verbose_name_plural = "cijfers van ziekenhuizen"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "period", "vsv", "hospital", "superseded_at"],
                nulls_distinct=False,
                name="monitoring_hospitalfigure_one_current",
            ),
            models.CheckConstraint(
                condition=Q(status="reported", numerator__isnull=False, denominator__isnull=False)
                | (~Q(status="reported") & Q(numerator__isnull=True)),
                name="monitoring_hospitalfigure_number_or_reason",
            ),
        ]
        triggers: ClassVar = replaced_never_changed()

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.hospital}"
