"""Documents of a coalition, and everything of it as one file."""

import datetime

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from coalitions.models.coalitions import Coalition
from partners.models import Person
from portal.jobs import Job
from portal.models import StoredFile


class Audience(models.TextChoices):
    TEAM = "team", "alleen coördinatoren en kernteam"
    MEMBERS = "members", "alle leden van de coalitie"


@pghistory.track()
class CoalitionDocument(models.Model):
    """One document that belongs to a coalition as a whole."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="documents")
    title = models.CharField("titel", max_length=150)
    audience = models.CharField("wie mag dit lezen?", max_length=10, choices=Audience, default=Audience.TEAM)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="coalition_document")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="added_documents")
    added_at = models.DateTimeField("toegevoegd op", db_default=Now())

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class DataExport(Job):
    """An order to put everything of a coalition in one ZIP file."""

    lease = datetime.timedelta(minutes=2)

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="exports")
    ordered_by = models.ForeignKey(Person, models.PROTECT, related_name="ordered_exports")
    parts_done = models.PositiveSmallIntegerField("delen klaar", default=0)
    parts_total = models.PositiveSmallIntegerField("delen", default=0)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="data_export", null=True, blank=True)

    class Meta(Job.Meta):
        verbose_name = "export van een coalitie"
        verbose_name_plural = "exports van coalities"
        ordering = ["-pk"]
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="done") | Q(file__isnull=False),
                name="coalitions_dataexport_done_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Export van {self.coalition}"

    def work(self) -> None:
        """Write the file; doing it twice makes the same."""
        from coalitions.data_export import write

        write(self)
