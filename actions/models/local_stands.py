"""How municipalities stand with an action of their region."""

from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from actions.models.actions import Action
from partners.models import Area
from portal.periods import Dated, DatedQuerySet, DatePeriod
from portal.text_guard import refuse_bsn
from portal.triggers import requires


class LocalState(models.TextChoices):
    """That a municipality said nothing yet is no state but a row that is not there."""

    PREPARING = "preparing", "Bereidt voor"
    RUNNING = "running", "Loopt"
    SECURED = "secured", "Geborgd"
    STOPPED = "stopped", "Gestopt"
    ABSTAINING = "abstaining", "Doet niet mee"


CARRIED_OUT = (LocalState.RUNNING, LocalState.SECURED)
NEEDS_A_REASON = (LocalState.STOPPED, LocalState.ABSTAINING)
SAY_WHY = "Vul bij ‘Toelichting’ in waarom de gemeente stopt of niet meedoet."


class LocalStandQuerySet(DatedQuerySet):
    def carried_out(self) -> Self:
        """Where the action runs or goes on for good."""
        return self.filter(state__in=CARRIED_OUT)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LocalStand(Dated):
    """How one municipality stood with one action, for a period; a new stand is a new row."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="local_stands")
    municipality = models.ForeignKey(
        Area, models.PROTECT, related_name="local_stands", verbose_name="gemeente"
    )
    state = models.CharField("stand", max_length=10, choices=LocalState)
    note = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])

    objects = LocalStandQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "stand van een gemeente"
        verbose_name_plural = "standen van gemeenten"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="actions_localstand_once",
                expressions=[
                    (F("action"), RangeOperators.EQUAL),
                    (F("municipality"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor deze gemeente staat al een stand in deze periode.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NEEDS_A_REASON) | ~Q(note=""),
                name="actions_localstand_no_has_a_reason",
                violation_error_message=SAY_WHY,
            ),
        ]
        triggers = [
            requires(
                name="action_is_decided",
                condition="(SELECT state FROM actions_action WHERE id = NEW.action_id) <> 'idea'",
                message="Deze actie is nog een idee. Geef een stand op als de actie gepland is.",
            ),
            requires(
                name="municipality_of_its_region",
                condition="""
                    EXISTS (
                        SELECT FROM partners_areamember m
                        JOIN coalitions_coalition c ON c.area_id = m.region_id
                        JOIN actions_action a ON a.coalition_id = c.id
                        WHERE a.id = NEW.action_id AND m.member_id = NEW.municipality_id
                    )
                """,
                message="Deze gemeente hoort niet bij de regio van deze actie. Kies een andere gemeente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} in {self.municipality}: {self.get_state_display()}"
