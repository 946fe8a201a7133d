"""Parents who were asked what they think: a day, a number and themes, and nothing else."""

import pghistory
from django.core.validators import MinValueValidator
from django.db import models

from coalitions.models import Coalition
from partners.models import Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn


@pghistory.track()
class Consultation(Checked):
    """How many parents were asked on one day, and about what."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="consultations")
    on = models.DateField("datum")
    count = models.PositiveIntegerField("aantal ouders", validators=[MinValueValidator(1)])
    themes = models.CharField("thema’s", max_length=300, validators=[refuse_bsn])
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="recorded_consultations", null=True, blank=True
    )

    class Meta:
        verbose_name = "raadpleging van ouders"
        verbose_name_plural = "raadplegingen van ouders"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(count__gte=1),
                name="actions_consultation_counts_somebody",
                violation_error_message="Vul minstens 1 ouder in.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.count} ouders"
