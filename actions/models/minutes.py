"""The minutes of a meeting."""

import pghistory
from django.db import models
from django.db.models import Q

from actions.models.meetings import Meeting
from partners.models import Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import requires


@pghistory.track()
class Minutes(Checked):
    """What was said at one meeting; once fixed it stays as it is."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text = models.TextField("verslag", max_length=20000, validators=[refuse_bsn])
    written_by = models.ForeignKey(
        Person, models.PROTECT, related_name="written_minutes", null=True, blank=True
    )
    fixed_at = models.DateTimeField("vastgesteld op", null=True, blank=True)
    fixed_by = models.ForeignKey(Person, models.PROTECT, related_name="fixed_minutes", null=True, blank=True)

    class Meta:
        verbose_name = "verslag"
        verbose_name_plural = "verslagen"
        constraints = [
            models.CheckConstraint(
                condition=Q(fixed_at__isnull=True, fixed_by__isnull=True) | Q(fixed_at__isnull=False),
                name="actions_minutes_fixed_has_a_time",
            )
        ]
        triggers = [
            requires(
                name="fixed_minutes_stay",
                condition="TG_OP = 'INSERT' OR OLD.fixed_at IS NULL",
                message="Dit verslag is vastgesteld en verandert niet meer.",
            )
        ]

    def __str__(self) -> str:
        return f"Verslag van {self.meeting}"
