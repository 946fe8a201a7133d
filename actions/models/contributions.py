"""What an organisation puts in: promised first, then decided, then received."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from actions.models.budgets import BudgetYear, FundingSource
from partners.models import Organisation
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class ContributionState(models.TextChoices):
    PROMISED = "promised", "Toegezegd"
    DECIDED = "decided", "Besloten"
    RECEIVED = "received", "Ontvangen"
    WITHDRAWN = "withdrawn", "Ingetrokken"


CONTRIBUTION_MOVES: dict[str, tuple[str, ...]] = {
    ContributionState.PROMISED: (ContributionState.DECIDED, ContributionState.WITHDRAWN),
    ContributionState.DECIDED: (ContributionState.RECEIVED, ContributionState.WITHDRAWN),
}
# Money that may be given out: somebody who may, said yes.
SURE_STATES = (ContributionState.DECIDED, ContributionState.RECEIVED)
STANDING_STATES = (ContributionState.PROMISED, *SURE_STATES)


class ContributionQuerySet(models.QuerySet):
    def sure(self) -> Self:
        """Contributions that were decided, received or not."""
        return self.filter(state__in=SURE_STATES)


@pghistory.track()
class Contribution(Checked):
    """Money or hours of one organisation in one year."""

    budget_year = models.ForeignKey(BudgetYear, models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contributions")
    source = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        related_name="contributions",
        verbose_name="geldbron",
        null=True,
        blank=True,
    )
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)
    hours = models.PositiveIntegerField("uren", null=True, blank=True)
    earmark = models.CharField("alleen voor", max_length=200, blank=True, validators=[refuse_bsn])
    state = models.CharField(
        "stand", max_length=10, choices=ContributionState, default=ContributionState.PROMISED
    )
    decided_on = models.DateField("besloten op", null=True, blank=True)
    decision_ref = models.CharField("besluit", max_length=200, blank=True, validators=[refuse_bsn])
    state_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "bijdrage"
        verbose_name_plural = "bijdragen"
        ordering = ["organisation__sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(amount=0, hours__isnull=False, hours__gt=0),
                name="actions_contribution_is_something",
                violation_error_message="Vul een bedrag of een aantal uren in.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) | ~Q(state__in=SURE_STATES),
                name="actions_contribution_decided_on_a_day",
                violation_error_message="Vul in op welke dag dit is besloten.",
            ),
            models.CheckConstraint(
                condition=~Q(state_reason="") | ~Q(state=ContributionState.WITHDRAWN),
                name="actions_contribution_withdrawn_for_a_reason",
                violation_error_message="Schrijf op waarom deze bijdrage is ingetrokken.",
            ),
        ]
        triggers = [
            Transitions(
                name="moves",
                field="state",
                allowed=CONTRIBUTION_MOVES,
                initial=(ContributionState.PROMISED,),
                message="Deze stap kan niet bij een bijdrage: eerst toegezegd, dan besloten, dan ontvangen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.budget_year.year}"

    def get_absolute_url(self) -> str:
        return f"{self.budget_year.get_absolute_url()}#bijdragen"
