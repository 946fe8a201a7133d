"""The end of a whole document: proposed by one person, confirmed by another."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from covenants.models.documents import Covenant
from covenants.models.two_people import by_two, settled_once
from partners.models import Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn


class EndProposalQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Proposals that a second person still has to look at."""
        return self.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)


class EndProposal(Checked):
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
            *by_two(
                first="proposed_by",
                otherwise="withdrawn",
                name="covenants_endproposal",
                message="Iemand anders dan wie het voorstelde bevestigt het.",
            ),
        ]
        triggers = [
            settled_once(
                otherwise="withdrawn",
                message="Dit voorstel verandert niet: het wordt bevestigd of ingetrokken.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.covenant}: beëindigen per {self.ended_on}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person still has to look."""
        return self.confirmed_at is None and self.withdrawn_at is None
