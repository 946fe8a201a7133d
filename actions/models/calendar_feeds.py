"""The address by which somebody's own calendar program follows her meetings."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from partners.models import Person


class CalendarFeedQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Feeds whose address works."""
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """One address of one person's meetings; only the hash of its secret is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("gemaakt", db_default=Now())
    read_on = models.DateField("laatst opgehaald", null=True)
    revoked_at = models.DateTimeField("vervallen", null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "agenda-abonnement"
        verbose_name_plural = "agenda-abonnementen"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at__isnull=True),
                name="actions_calendarfeed_one_alive",
            )
        ]

    def __str__(self) -> str:
        return f"Agenda van {self.person}"
