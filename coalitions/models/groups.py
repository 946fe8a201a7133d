"""Working groups of a coalition, who takes part in them, and their documents."""

from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from coalitions.models.coalitions import Coalition
from partners.models import Person
from portal.checked import Checked
from portal.models import StoredFile
from portal.names import sort_key_of
from portal.periods import Dated, DatedQuerySet, DatePeriod
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class GroupKind(models.TextChoices):
    WORKING_GROUP = "working_group", "werkgroep"
    STEERING = "steering", "regiegroep"
    SOUNDING_BOARD = "sounding_board", "klankbordgroep"
    BOARD_TABLE = "board_table", "bestuurlijk overleg"
    LEARNING = "learning", "leergroep"


class GroupState(models.TextChoices):
    PROPOSED = "proposed", "Voorgesteld"
    ACTIVE = "active", "Actief"
    RESTING = "resting", "Ligt stil"
    CLOSED = "closed", "Afgerond"
    DECLINED = "declined", "Gaat niet door"


LIVING_STATES = (GroupState.ACTIVE, GroupState.RESTING)
OVER_STATES = (GroupState.CLOSED, GroupState.DECLINED)
GROUP_MOVES: dict[str, tuple[str, ...]] = {
    GroupState.PROPOSED: (GroupState.ACTIVE, GroupState.DECLINED),
    GroupState.ACTIVE: (GroupState.RESTING, GroupState.CLOSED),
    GroupState.RESTING: (GroupState.ACTIVE, GroupState.CLOSED),
}
LEADLESS = "Een actieve werkgroep heeft altijd een trekker. Wijs eerst een trekker aan."


class WorkingGroupQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Adds `member_count` as of today and `support_count`."""
        members = (
            WorkingGroupSeat.objects.current()
            .filter(group=OuterRef("pk"))
            .order_by()
            .values("group")
            .annotate(count=Count("*"))
            .values("count")
        )
        supporters = (
            WorkingGroupSupport.objects.filter(group=OuterRef("pk"))
            .order_by()
            .values("group")
            .annotate(count=Count("*"))
            .values("count")
        )
        return self.annotate(
            member_count=Coalesce(Subquery(members), 0), support_count=Coalesce(Subquery(supporters), 0)
        )


@pghistory.track()
class WorkingGroup(Checked):
    """People of several organisations who work on one thing together."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="groups")
    name = models.CharField("naam", max_length=120)
    slug = models.SlugField("naam in het webadres", max_length=80)
    kind = models.CharField("soort", max_length=15, choices=GroupKind, default=GroupKind.WORKING_GROUP)
    purpose = models.TextField("waarvoor is deze groep?", max_length=2000, validators=[refuse_bsn])
    state = models.CharField("stand", max_length=10, choices=GroupState, default=GroupState.PROPOSED)
    is_open = models.BooleanField("iedereen uit de coalitie kan zelf meedoen", default=False)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="proposed_groups", null=True, blank=True
    )
    proposed_on = models.DateField("voorgesteld op")
    started_on = models.DateField("gestart op", null=True, blank=True)
    ended_on = models.DateField("gestopt op", null=True, blank=True)
    ending_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    sort_key = sort_key_of("name")

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "werkgroep"
        verbose_name_plural = "werkgroepen"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "slug"],
                name="coalitions_workinggroup_slug_once",
                violation_error_message="Er is al een groep met deze naam. Kies een andere naam.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER_STATES, ended_on__isnull=False) & ~Q(ending_reason="")
                | (~Q(state__in=OVER_STATES) & Q(ended_on__isnull=True)),
                name="coalitions_workinggroup_ends_with_a_reason",
                violation_error_message="Vul in waarom de groep stopt of niet doorgaat.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*LIVING_STATES, GroupState.CLOSED]) | Q(started_on__isnull=False),
                name="coalitions_workinggroup_started_has_a_date",
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=GROUP_MOVES,
                message="Deze stap kan niet vanuit de stand waarin deze groep nu is.",
            ),
            pgtrigger.Trigger(
                name="active_has_a_lead",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                # Deferred: the lead comes in after the group, in the same act.
                timing=pgtrigger.Deferred,
                func=f"""
                    IF NEW.state = 'active' AND EXISTS (
                        SELECT FROM coalitions_workinggroup WHERE id = NEW.id AND state = 'active'
                    ) AND NOT EXISTS (
                        SELECT FROM coalitions_workinggroupseat
                        WHERE group_id = NEW.id AND role = 'lead' AND valid_to IS NULL
                    ) THEN
                        RAISE EXCEPTION '{LEADLESS}' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coalitions:working-group-detail", args=[self.coalition.slug, self.slug])


class GroupRole(models.TextChoices):
    LEAD = "lead", "trekker"
    SECRETARY = "secretary", "secretaris"
    MEMBER = "member", "lid"


@pghistory.track()
class WorkingGroupSeat(Dated):
    """Somebody who takes part in a working group, for a period."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_seats")
    role = models.CharField("rol", max_length=10, choices=GroupRole, default=GroupRole.MEMBER)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "plaats in een werkgroep"
        verbose_name_plural = "plaatsen in werkgroepen"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="coalitions_workinggroupseat_once",
                expressions=[
                    (F("group"), RangeOperators.EQUAL),
                    (F("person"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon zit al in deze groep.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_a_lead",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                # Deferred, so that handing over may end the old role before it starts the new one.
                timing=pgtrigger.Deferred,
                func=f"""
                    IF OLD.role = 'lead' AND OLD.valid_to IS NULL AND EXISTS (
                        SELECT FROM coalitions_workinggroup WHERE id = OLD.group_id AND state = 'active'
                    ) AND NOT EXISTS (
                        SELECT FROM coalitions_workinggroupseat
                        WHERE group_id = OLD.group_id AND role = 'lead' AND valid_to IS NULL
                    ) THEN
                        RAISE EXCEPTION '{LEADLESS}' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} van {self.group}"


class WorkingGroupSupport(models.Model):
    """Somebody who thinks that a proposed group should start."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="supporters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="supported_groups")
    given_at = models.DateTimeField("gegeven op", db_default=Now())

    class Meta:
        verbose_name = "steun voor een werkgroep"
        verbose_name_plural = "steun voor werkgroepen"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                name="coalitions_workinggroupsupport_once",
                violation_error_message="Je steunt dit voorstel al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} steunt {self.group}"


@pghistory.track()
class WorkingGroupDocument(models.Model):
    """A document that the people of one group share."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="documents")
    title = models.CharField("titel", max_length=150, validators=[refuse_bsn])
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="group_document")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="added_group_documents")
    added_at = models.DateTimeField("toegevoegd op", db_default=Now())

    class Meta:
        verbose_name = "document van een werkgroep"
        verbose_name_plural = "documenten van werkgroepen"
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title
