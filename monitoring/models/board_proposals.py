"""What partners and analysts propose to ask of those who govern."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from coalitions.models import Coalition
from monitoring.models.board import BoardItem
from partners.models import Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import requires


class BoardProposalQuerySet(models.QuerySet):
    def open(self) -> Self:
        """What nobody decided on yet."""
        return self.filter(decided_at__isnull=True)

    def for_list(self) -> Self:
        """With everything that its line shows."""
        return self.select_related("organisation", "proposed_by", "item").order_by("-pk")


@pghistory.track()
class BoardProposal(Checked):
    """One thing that somebody wants the coalition to ask of those who govern; it becomes a bespreekpunt, or
    the proposer hears why not."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="board_proposals")
    question = models.CharField("vraag", max_length=140, validators=[refuse_bsn])
    explanation = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])
    # Null where it is meant for everybody who governs.
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="board_proposals",
        verbose_name="aan wie?",
        null=True,
        blank=True,
    )
    proposed_at = models.DateTimeField("voorgesteld", db_default=Now())
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="board_proposals")
    item = models.OneToOneField(
        BoardItem, models.PROTECT, related_name="proposal", verbose_name="bespreekpunt", null=True, blank=True
    )
    declined_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    decided_at = models.DateTimeField("besloten", null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, related_name="decided_board_proposals", null=True, blank=True
    )

    objects = BoardProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel voor een bespreekpunt"
        verbose_name_plural = "voorstellen voor bespreekpunten"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="monitoring_boardproposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, item__isnull=True, declined_reason="")
                | Q(decided_at__isnull=False, item__isnull=False, declined_reason="")
                | (Q(decided_at__isnull=False, item__isnull=True) & ~Q(declined_reason="")),
                name="monitoring_boardproposal_asked_or_declined",
                violation_error_message="Neem het voorstel over, of schrijf op waarom niet.",
            ),
        ]
        triggers = [
            requires(
                name="stays_decided",
                condition="TG_OP = 'INSERT' OR OLD.decided_at IS NULL",
                message="Over dit voorstel is al besloten.",
            ),
            requires(
                name="item_of_its_coalition",
                condition="""
                    NEW.item_id IS NULL OR NEW.coalition_id =
                    (SELECT coalition_id FROM monitoring_boarditem WHERE id = NEW.item_id)
                """,
                message="Dat bespreekpunt is van een andere coalitie.",
            ),
        ]

    def __str__(self) -> str:
        return self.question
