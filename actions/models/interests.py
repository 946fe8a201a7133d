"""Where members want to put their energy."""

import pghistory
from django.db import models
from django.db.models import Q

from actions.models.actions import Action
from actions.models.themes import Theme
from coalitions.models import Membership
from portal.checked import Checked


class InterestKind(models.TextChoices):
    LEAD = "lead", "trekken"
    JOIN = "join", "meedoen"
    FOLLOW = "follow", "volgen"


@pghistory.track()
class Interest(Checked):
    """What one member wants to do with a theme or an action."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="interests")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="interests", null=True, blank=True)
    action = models.ForeignKey(Action, models.PROTECT, related_name="interests", null=True, blank=True)
    kind = models.CharField("wat wil je?", max_length=10, choices=InterestKind)

    class Meta:
        verbose_name = "energie"
        verbose_name_plural = "energie"
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__isnull=True) ^ Q(action__isnull=True),
                name="actions_interest_in_one_thing",
            ),
            models.UniqueConstraint(
                fields=["membership", "theme", "action"],
                nulls_distinct=False,
                name="actions_interest_once",
                violation_error_message="Dit lid gaf dit al aan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.organisation} wil {self.get_kind_display()}"
