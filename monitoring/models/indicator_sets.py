"""Which figures a coalition talks about, in its own order."""

from typing import Self

import pghistory
from django.db import models

from coalitions.models import Coalition


class ChosenIndicatorQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """As the coalition ordered them."""
        return self.order_by("place")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChosenIndicator(models.Model):
    """One indicator that a coalition chose, by its code, so that it outlives a new version."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="chosen_indicators")
    code = models.SlugField("indicator", max_length=60)
    place = models.PositiveSmallIntegerField("plaats")

    objects = ChosenIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "gekozen cijfer"
        verbose_name_plural = "gekozen cijfers"
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "code"],
                name="monitoring_chosenindicator_once",
                violation_error_message="Dit cijfer staat al in de lijst van de coalitie.",
            ),
            models.UniqueConstraint(
                fields=["coalition", "place"],
                # Two that change places are at one place for a moment.
                deferrable=models.Deferrable.DEFERRED,
                name="monitoring_chosenindicator_one_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.code}"
