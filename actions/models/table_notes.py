"""What people at the tables of a meeting said."""

import pghistory
from django.db import models
from django.db.models.functions import Now

from actions.models.meetings import Meeting
from partners.models import Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn


@pghistory.track()
class Question(models.Model):
    """One question for the tables of a meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("vraag", max_length=300, validators=[refuse_bsn])

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="actions_question_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


@pghistory.track()
class TableNote(Checked):
    """One thing that one table said, to a question or by itself."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="table_notes")
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="table_notes", verbose_name="vraag", null=True, blank=True
    )
    table_number = models.PositiveSmallIntegerField("tafel")
    text = models.CharField("wat zei de tafel?", max_length=500, validators=[refuse_bsn])
    written_by = models.ForeignKey(
        Person, models.PROTECT, related_name="written_notes", null=True, blank=True
    )
    written_at = models.DateTimeField("opgeschreven", db_default=Now())

    class Meta:
        verbose_name = "tafelnotitie"
        verbose_name_plural = "tafelnotities"
        ordering = ["question__number", "table_number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(table_number__gte=1),
                name="actions_tablenote_table_from_one",
                violation_error_message="Tafels tellen vanaf 1.",
            )
        ]

    def __str__(self) -> str:
        return self.text
