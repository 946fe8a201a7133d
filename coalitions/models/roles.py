"""Seats at the tables of a coalition, and the roles of people in it."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from coalitions.models.coalitions import Coalition
from coalitions.models.memberships import Membership
from partners.models import Person, Representative
from portal.models import StoredFile
from portal.periods import Dated, DatedQuerySet, DatePeriod
from portal.triggers import requires


class SeatLevel(models.TextChoices):
    EXECUTION = "execution", "uitvoering"
    MANAGEMENT = "management", "management"
    BOARD = "board", "bestuur"


class SeatKind(models.TextChoices):
    REGULAR = "regular", "vast"
    DEPUTY = "deputy", "plaatsvervanger"
    LIVED_EXPERIENCE = "lived_experience", "ervaringsdeskundige"
    ADVISOR = "advisor", "adviseur"


@pghistory.track(pghistory.InsertEvent(level=pghistory.Statement), pghistory.UpdateEvent())
class Seat(Dated):
    """A place of one representative at one level, which belongs to the person, not the organisation."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="seats")
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="seats")
    level = models.CharField("niveau", max_length=10, choices=SeatLevel)
    kind = models.CharField("soort", max_length=16, choices=SeatKind, default=SeatKind.REGULAR)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "zetel"
        verbose_name_plural = "zetels"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="coalitions_seat_once",
                expressions=[
                    (F("membership"), RangeOperators.EQUAL),
                    (F("representative"), RangeOperators.EQUAL),
                    (F("level"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon heeft op dit niveau al een zetel.",
            ),
        ]
        triggers = [
            requires(
                name="seat_of_own_organisation",
                # A seat of before may end after its organisation was merged into another.
                condition="""
                    (NEW.membership_id, NEW.representative_id)
                    IS NOT DISTINCT FROM (OLD.membership_id, OLD.representative_id)
                    OR (SELECT organisation_id FROM partners_representative WHERE id = NEW.representative_id)
                    = (SELECT organisation_id FROM coalitions_membership WHERE id = NEW.membership_id)
                """,
                message="Een zetel is voor iemand van de organisatie die lid is.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.representative} ({self.get_level_display()})"


class Role(models.TextChoices):
    """Roles that somebody is given; other roles follow from facts, see `coalitions.access`."""

    COORDINATOR = "coordinator", "coördinator"
    TEAM = "team", "kernteam"
    COMMISSIONER = "commissioner", "opdrachtgever"
    FIGUREHEAD = "figurehead", "boegbeeld"
    ANALYST = "analyst", "analist"
    READER = "reader", "meelezer"


@pghistory.track()
class CoalitionRole(Dated):
    """What somebody does for the coalition as a whole, for a period."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, models.PROTECT, related_name="coalition_roles")
    role = models.CharField("rol", max_length=15, choices=Role)
    employer = models.CharField("in dienst van", max_length=120, blank=True)
    hours_per_week = models.PositiveSmallIntegerField("uren per week", null=True, blank=True)
    assignment_document = models.OneToOneField(
        StoredFile,
        models.PROTECT,
        related_name="coalition_role",
        verbose_name="opdracht",
        null=True,
        blank=True,
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="coalitions_coalitionrole_once",
                expressions=[
                    (F("coalition"), RangeOperators.EQUAL),
                    (F("person"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon heeft deze rol in deze periode al.",
            ),
            ExclusionConstraint(
                name="coalitions_coalitionrole_one_commissioner",
                expressions=[
                    (F("coalition"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role="commissioner"),
                violation_error_message="Deze coalitie heeft in deze periode al een opdrachtgever.",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__lte=60),
                name="coalitions_coalitionrole_hours_in_a_week",
                violation_error_message="Vul ten hoogste 60 uur per week in.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_a_coordinator",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                # Deferred, so that handing over may end the old role before it starts the new one.
                timing=pgtrigger.Deferred,
                func="""
                    IF OLD.role = 'coordinator' AND OLD.valid_to IS NULL AND NOT EXISTS (
                        SELECT FROM coalitions_coalitionrole
                        WHERE coalition_id = OLD.coalition_id
                          AND role = 'coordinator' AND valid_to IS NULL
                    ) THEN
                        RAISE EXCEPTION
                            'Een coalitie heeft altijd een coördinator. Wijs eerst een opvolger aan.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="keeps_a_commissioner",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="""
                    IF OLD.role = 'commissioner' AND OLD.valid_to IS NULL AND EXISTS (
                        SELECT FROM coalitions_coalition
                        WHERE id = OLD.coalition_id AND phase IN ('founded', 'executing', 'sustaining')
                    ) AND NOT EXISTS (
                        SELECT FROM coalitions_coalitionrole
                        WHERE coalition_id = OLD.coalition_id
                          AND role = 'commissioner' AND valid_to IS NULL
                    ) THEN
                        RAISE EXCEPTION
                            'Een opgerichte coalitie heeft een opdrachtgever. Draag de rol over.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} van {self.coalition}"
