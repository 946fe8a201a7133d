"""The end of a whole document: proposed by one person, confirmed by another."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from covenants.models.texts import Covenant
from partners.models import Person
from portal.text_guard import refuse_bsn


class EndProposalQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Proposals that a second person still has to look at."""
        return self.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)


class EndProposal(models.Model):
    """Somebody proposes that a document holds for nobody any more from a day on, because the parties
    decided so. It never changes: another person confirms it, or it is withdrawn."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="end_proposals")
    ended_on = models.DateField("geldt niet meer vanaf")
    reason = models.CharField("reden", max_length=300, validators=[refuse_bsn])
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="end_proposals")
    proposed_at = models.DateTimeField("voorgesteld", db_default=Now())
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="confirmed_end_proposals", null=True, blank=True
    )
    confirmed_at = models.DateTimeField("bevestigd", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, related_name="withdrawn_end_proposals", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    objects = EndProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel om te beëindigen"
        verbose_name_plural = "voorstellen om te beëindigen"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["covenant"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="covenants_endproposal_one_waiting",
                violation_error_message="Er is al een voorstel om dit document te beëindigen.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="covenants_endproposal_two_people",
                violation_error_message="Iemand anders dan wie het voorstelde bevestigt het.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="covenants_endproposal_confirmed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, confirmed_at__isnull=True),
                name="covenants_endproposal_withdrawn_or_confirmed",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="settled_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
                       OR (OLD.covenant_id, OLD.ended_on, OLD.reason, OLD.proposed_by_id, OLD.proposed_at)
                          IS DISTINCT FROM
                          (NEW.covenant_id, NEW.ended_on, NEW.reason, NEW.proposed_by_id, NEW.proposed_at)
                    THEN
                        RAISE EXCEPTION 'Dit voorstel verandert niet: het wordt bevestigd of ingetrokken.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.covenant}: beëindigen per {self.ended_on}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person still has to look."""
        return self.confirmed_at is None and self.withdrawn_at is None
