"""Telling who works with figures what a release changed."""

import datetime
from typing import ClassVar

from django.db import models

from monitoring.models.releases import Release
from portal.jobs import Job


class ReleaseAlert(Job):
    """The pointer moved from one release to another: coordinators and analysts hear what that changes."""

    lease: ClassVar[datetime.timedelta] = datetime.timedelta(minutes=2)
    max_attempts: ClassVar[int] = 5

    old = models.ForeignKey(Release, models.PROTECT, related_name="+")
    new = models.ForeignKey(Release, models.PROTECT, related_name="alerts")

    class Meta(Job.Meta):
        verbose_name = "bericht over nieuwe cijfers"
        verbose_name_plural = "berichten over nieuwe cijfers"

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def work(self) -> None:
        """Write the mails."""
        from monitoring.alerts import tell

        tell(self)
