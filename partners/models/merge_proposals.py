"""Two organisations that may be the same one, and what was decided about it."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from partners.models.organisations import Organisation
from partners.models.people import Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class MergeState(models.TextChoices):
    OPEN = "open", "wacht"
    MERGED = "merged", "samengevoegd"
    REJECTED = "rejected", "niet samengevoegd"


@pghistory.track()
class MergeProposal(Checked):
    """A coordinator thinks that two organisations are one, and may not merge them herself."""

    kept = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proposals_to_keep", verbose_name="blijft"
    )
    gone = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proposals_to_merge", verbose_name="gaat erin op"
    )
    reason = models.CharField("waarom is dit dezelfde?", max_length=300, validators=[refuse_bsn])
    state = models.CharField("stand", max_length=10, choices=MergeState, default=MergeState.OPEN)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="proposed_merges")
    proposed_at = models.DateTimeField("voorgesteld", db_default=Now())
    decided_by = models.ForeignKey(
        Person, models.PROTECT, related_name="decided_merges", null=True, blank=True
    )
    decided_at = models.DateTimeField("besloten", null=True, blank=True)
    answer = models.CharField("antwoord", max_length=300, blank=True, validators=[refuse_bsn])

    class Meta:
        verbose_name = "voorstel tot samenvoegen"
        verbose_name_plural = "voorstellen tot samenvoegen"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("gone")),
                name="partners_mergeproposal_two_organisations",
                violation_error_message="Kies twee verschillende organisaties.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="partners_mergeproposal_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(answer=""),
                name="partners_mergeproposal_rejected_says_why",
                violation_error_message="Schrijf op waarom dit niet dezelfde organisatie is.",
            ),
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(state="open"),
                name="partners_mergeproposal_one_open",
                violation_error_message="Voor deze organisatie wacht al een voorstel.",
            ),
        ]
        triggers = [
            Transitions(
                name="decided_once",
                field="state",
                allowed={MergeState.OPEN: (MergeState.MERGED, MergeState.REJECTED)},
                initial=(MergeState.OPEN,),
                message="Over dit voorstel is al besloten.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
