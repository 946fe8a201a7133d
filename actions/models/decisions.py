"""What a meeting decided, and who sees to it."""

from typing import Self

import pghistory
from django.db import models
from django.utils import timezone

from actions.models.meetings import Meeting
from partners.models import Person
from portal.text_guard import refuse_bsn


class DecisionQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Decisions that somebody still has to carry out."""
        return self.filter(done_on__isnull=True, owner__isnull=False)


@pghistory.track()
class Decision(models.Model):
    """One decision of a meeting; with an owner it waits until it is done."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    text = models.CharField("besluit of afspraak", max_length=500, validators=[refuse_bsn])
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="owned_decisions",
        verbose_name="wie zorgt hiervoor?",
        null=True,
        blank=True,
    )
    due = models.DateField("uiterlijk", null=True, blank=True)
    done_on = models.DateField("gedaan op", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.due is not None and self.done_on is None and self.due < timezone.localdate()
