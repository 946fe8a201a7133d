"""Who was at a meeting: a fact of its own, whoever was invited."""

import pghistory
from django.db import models
from django.db.models.functions import Now

from actions.models.meetings import Meeting
from coalitions.models import SeatLevel
from partners.models import Organisation, Person


@pghistory.track()
class Attendance(models.Model):
    """One person was at one meeting, for an organisation and at a level as they were then."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="attendances",
        verbose_name="organisatie",
        null=True,
        blank=True,
    )
    level = models.CharField("niveau", max_length=10, choices=SeatLevel, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="recorded_attendances", null=True, blank=True
    )
    recorded_at = models.DateTimeField("vastgelegd", db_default=Now())

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="actions_attendance_once",
                violation_error_message="Deze persoon staat al op de presentielijst.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} bij {self.meeting}"
