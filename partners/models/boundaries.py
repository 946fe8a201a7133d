"""The borders of municipalities as they were on one day, from a file that somebody brought in."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest, Least, Now

from partners.models.areas import Area, AreaSuccession
from partners.models.people import Person


class BoundaryFileQuerySet(models.QuerySet):
    def holding_on(self, day: datetime.date) -> Self:
        """Files whose division was that of `day`: no municipality came or went between. The nearest
        before it stands first."""
        changed = AreaSuccession.objects.filter(
            on__gt=Least(OuterRef("valid_from"), day, output_field=models.DateField()),
            on__lte=Greatest(OuterRef("valid_from"), day, output_field=models.DateField()),
        )
        return (
            self.filter(~Exists(changed))
            .annotate(is_later=models.ExpressionWrapper(Q(valid_from__gt=day), models.BooleanField()))
            .order_by("is_later", "-valid_from")
        )


class BoundaryFile(models.Model):
    """All borders of one day; a later file about the same day takes its place."""

    valid_from = models.DateField("grenzen van", unique=True)
    name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    area_count = models.PositiveIntegerField("gemeenten")
    notes = models.JSONField("opmerkingen", default=list, blank=True)
    imported_at = models.DateTimeField("ingelezen", db_default=Now())
    imported_by = models.ForeignKey(
        Person, models.PROTECT, related_name="boundary_files", null=True, blank=True
    )

    objects = BoundaryFileQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand met grenzen"
        verbose_name_plural = "bestanden met grenzen"
        ordering: ClassVar = ["-valid_from"]

    def __str__(self) -> str:
        return self.name


class AreaShape(models.Model):
    """The shape of one area: the coordinates of a GeoJSON MultiPolygon in degrees (WGS84)."""

    file = models.ForeignKey(BoundaryFile, models.CASCADE, related_name="shapes", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="shapes")
    # For a map of one region, and with fewer points for a map of the whole country.
    outline = models.JSONField("omtrek")
    coarse_outline = models.JSONField("grove omtrek")

    class Meta:
        verbose_name = "omtrek van een gebied"
        verbose_name_plural = "omtrekken van gebieden"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "area"], name="partners_areashape_once_per_file")
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.file.valid_from}"
