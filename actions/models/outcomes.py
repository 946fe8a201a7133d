"""What became of the notes of the tables: the thread from what somebody said to what was done."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from actions.models.actions import Action
from actions.models.bottlenecks import Bottleneck
from actions.models.practices import Practice
from actions.models.table_notes import TableNote
from coalitions.models import Agreement, ConditionScore
from partners.models import Person
from portal.checked import Checked

TARGETS = ("bottleneck", "practice", "action", "agreement", "score")


def _exactly_one() -> Q:
    """One target and no other."""
    condition = Q()
    for target in TARGETS:
        condition |= Q(**{f"{name}__isnull": name != target for name in TARGETS})
    return condition


@pghistory.track()
class NoteOutcome(Checked):
    """One note of a table became one thing; several notes may become the same."""

    note = models.ForeignKey(TableNote, models.PROTECT, related_name="outcomes")
    bottleneck = models.ForeignKey(
        Bottleneck, models.PROTECT, related_name="note_outcomes", null=True, blank=True
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="note_outcomes", null=True, blank=True
    )
    action = models.ForeignKey(Action, models.PROTECT, related_name="note_outcomes", null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="note_outcomes", null=True, blank=True
    )
    score = models.ForeignKey(
        ConditionScore, models.PROTECT, related_name="note_outcomes", null=True, blank=True
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="made_outcomes", null=True, blank=True)
    made_at = models.DateTimeField("gemaakt op", db_default=Now())

    class Meta:
        verbose_name = "opbrengst van een notitie"
        verbose_name_plural = "opbrengst van notities"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="actions_noteoutcome_one_thing"),
            models.UniqueConstraint(
                fields=["note", *TARGETS],
                nulls_distinct=False,
                name="actions_noteoutcome_once",
                violation_error_message="Deze notitie hoort hier al bij.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note} → {self.thing}"

    @property
    def thing(self) -> models.Model:
        """What it became."""
        return next(found for name in TARGETS if (found := getattr(self, name)) is not None)
