"""What the coalition does: its actions, who takes part in them, and what each went through."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from actions.models.bottlenecks import Bottleneck, Factor
from actions.models.programmes import Programme
from actions.models.themes import Theme
from coalitions.models import Coalition, Membership, WorkingGroup
from partners.models import Area, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.names import sort_key_of
from portal.periods import ENDS_BEFORE_IT_STARTS
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, append_only, requires


class ActionKind(models.TextChoices):
    SIGNALLING = "signalling", "signaleren en verwijzen"
    HANDOVER = "handover", "warme overdracht"
    INFORMATION = "information", "voorlichting"
    HOME_VISIT = "home_visit", "huisbezoek"
    TRAINING = "training", "training"
    ONE_DESK = "one_desk", "één loket"
    INTERVENTION = "intervention", "interventie aanbieden"
    COOPERATION = "cooperation", "samen werken en afspreken"
    MEASURING = "measuring", "meten en leren"
    OTHER = "other", "iets anders"


class ActionState(models.TextChoices):
    IDEA = "idea", "Idee"
    PLANNED = "planned", "Gepland"
    RUNNING = "running", "Loopt"
    BLOCKED = "blocked", "Zit vast"
    PAUSED = "paused", "Gepauzeerd"
    DONE = "done", "Afgerond"
    SECURED = "secured", "Geborgd"
    STOPPED = "stopped", "Losgelaten"


ACTION_MOVES: dict[str, tuple[str, ...]] = {
    ActionState.IDEA: (ActionState.PLANNED, ActionState.STOPPED),
    ActionState.PLANNED: (ActionState.RUNNING, ActionState.STOPPED),
    ActionState.RUNNING: (
        ActionState.BLOCKED,
        ActionState.PAUSED,
        ActionState.DONE,
        ActionState.STOPPED,
    ),
    ActionState.BLOCKED: (ActionState.RUNNING, ActionState.STOPPED),
    ActionState.PAUSED: (ActionState.RUNNING, ActionState.STOPPED),
    ActionState.DONE: (ActionState.SECURED,),
}
# Work that goes on, well or badly: of these a reporting round asks how it goes.
LIVE_STATES = (ActionState.RUNNING, ActionState.BLOCKED, ActionState.PAUSED)
OPEN_STATES = (ActionState.PLANNED, *LIVE_STATES)
OVER_STATES = (ActionState.DONE, ActionState.SECURED, ActionState.STOPPED)
LEARNED_STATES = OVER_STATES


class ActionPhase(models.TextChoices):
    BEFORE = "before", "voor de zwangerschap"
    DURING = "during", "tijdens de zwangerschap"
    AFTER = "after", "na de geboorte"


class ActionScope(models.TextChoices):
    REGIONAL = "regional", "de hele regio"
    LOCAL = "local", "een deel van de regio"


class ActionPriority(models.IntegerChoices):
    HIGH = 1, "hoog"
    NORMAL = 2, "gewoon"
    LOW = 3, "laag"


class ActionQuerySet(models.QuerySet):
    def late(self) -> Self:
        """Actions that should have been done by now and are not."""
        return self.filter(state__in=OPEN_STATES, due_on__lt=timezone.localdate())

    def for_list(self) -> Self:
        """With everything a row of the programme shows, and no more; the file asks for the rest."""
        return self.select_related("theme", "lead__organisation").only(
            "coalition",
            "number",
            "title",
            "state",
            "state_reason",
            "starts_on",
            "due_on",
            "lead_name",
            "theme__number",
            "theme__title",
            "lead__organisation__name",
        )


@pghistory.track()
class Action(Checked):
    """One thing that the coalition does, or thinks of doing."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="actions")
    # A coalition may act before it has a programme.
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="actions", verbose_name="programma", null=True, blank=True
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="actions", verbose_name="thema", null=True, blank=True
    )
    number = models.PositiveIntegerField("nummer")
    title = models.CharField("titel", max_length=150, validators=[refuse_bsn])
    kind = models.CharField("soort", max_length=15, choices=ActionKind, default=ActionKind.OTHER)
    why = models.TextField("waarom doen we dit?", max_length=2000, blank=True, validators=[refuse_bsn])
    result_expected = models.TextField(
        "wat moet het opleveren?", max_length=2000, blank=True, validators=[refuse_bsn]
    )
    phase = models.CharField("moment", max_length=10, choices=ActionPhase, blank=True)
    scope = models.CharField("waar", max_length=10, choices=ActionScope, default=ActionScope.REGIONAL)
    # Municipalities, where the action is not for the whole region.
    areas = models.ManyToManyField(Area, related_name="actions", verbose_name="gebieden", blank=True)
    # In words or codes of the CBS: the portal does not keep a list of districts.
    districts = models.CharField("wijken", max_length=200, blank=True, validators=[refuse_bsn])
    factors = ArrayField(
        models.CharField(max_length=20, choices=Factor),
        verbose_name="omstandigheden",
        default=list,
        blank=True,
    )
    indicator_codes = ArrayField(
        models.SlugField(max_length=60), verbose_name="cijfers", default=list, blank=True
    )
    priority = models.PositiveSmallIntegerField(
        "voorrang", choices=ActionPriority, default=ActionPriority.NORMAL
    )
    starts_on = models.DateField("begint op", null=True, blank=True)
    due_on = models.DateField("klaar op", null=True, blank=True)
    lead = models.ForeignKey(
        Membership,
        models.PROTECT,
        related_name="led_actions",
        verbose_name="trekker",
        null=True,
        blank=True,
    )
    # Somebody without a place in the coalition may pull as well.
    lead_name = models.CharField(
        "trekker buiten de coalitie", max_length=120, blank=True, validators=[refuse_bsn]
    )
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="actions", verbose_name="werkgroep", null=True, blank=True
    )
    state = models.CharField("stand", max_length=10, choices=ActionState, default=ActionState.IDEA)
    state_since = models.DateField("in deze stand sinds", default=timezone.localdate)
    state_reason = models.CharField("reden", max_length=500, blank=True, validators=[refuse_bsn])
    needs_help = models.CharField("gevraagde hulp", max_length=300, blank=True, validators=[refuse_bsn])
    lesson = models.TextField("wat hebben we geleerd?", max_length=2000, blank=True, validators=[refuse_bsn])
    secured_by = models.ForeignKey(
        Membership,
        models.PROTECT,
        related_name="secured_actions",
        verbose_name="wie gaat ermee door?",
        null=True,
        blank=True,
    )
    secured_funding = models.CharField(
        "waarvan betaald?", max_length=300, blank=True, validators=[refuse_bsn]
    )
    is_public = models.BooleanField("openbaar", default=False)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="proposed_actions", null=True, blank=True
    )
    bottlenecks: models.ManyToManyField = models.ManyToManyField(
        Bottleneck, through="Origin", related_name="actions"
    )
    sort_key = sort_key_of("title")

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "number"], name="actions_action_number_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="actions_action_due_after_it_starts",
                violation_error_message=ENDS_BEFORE_IT_STARTS,
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ActionState.IDEA, ActionState.STOPPED])
                | (Q(lead__isnull=False) & Q(lead_name=""))
                | (Q(lead__isnull=True) & ~Q(lead_name="")),
                name="actions_action_planned_has_one_lead",
                violation_error_message="Een actie die gepland is, heeft precies één trekker. "
                "Kies een lid, of vul de naam in van iemand buiten de coalitie.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ActionState.BLOCKED, ActionState.PAUSED, ActionState.STOPPED])
                | ~Q(state_reason=""),
                name="actions_action_standstill_has_a_reason",
                violation_error_message="Vul in waarom de actie vastzit, stilligt of is losgelaten.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LEARNED_STATES) | ~Q(lesson=""),
                name="actions_action_over_has_a_lesson",
                violation_error_message="Vul in wat jullie geleerd hebben.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.SECURED)
                | (Q(secured_by__isnull=False) & ~Q(secured_funding="")),
                name="actions_action_secured_has_owner_and_funding",
                violation_error_message="Vul in wie ermee doorgaat en waarvan dat betaald wordt.",
            ),
            models.CheckConstraint(
                condition=Q(factors__contained_by=Factor.values), name="actions_action_known_factors"
            ),
        ]
        indexes = [models.Index(fields=["coalition", "state"], name="actions_action_state")]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=ACTION_MOVES,
                initial=(ActionState.IDEA, ActionState.PLANNED),
                message="Deze stap kan niet vanuit de stand waarin deze actie nu is.",
            ),
            requires(
                name="theme_of_its_programme",
                condition="""
                    NEW.theme_id IS NULL OR EXISTS (
                        SELECT FROM actions_theme WHERE id = NEW.theme_id AND programme_id = NEW.programme_id)
                """,
                message="Dit thema hoort bij een ander programma. Kies een thema van het programma zelf.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("actions:action-detail", self.coalition.slug, self.number)

    @property
    def is_live(self) -> bool:
        """Whether it runs, so that its reporters are asked how it goes."""
        return self.state in LIVE_STATES

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now; computed, never a state."""
        return self.state in OPEN_STATES and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def lead_words(self) -> str:
        """Who pulls it; empty where nobody does yet."""
        return self.lead.organisation.name if self.lead else self.lead_name


class ActionStep(models.Model):
    """One step in the life of an action: who did it, when, why, and what was learned."""

    append_only = True

    action = models.ForeignKey(Action, models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, choices=ActionState, blank=True)
    to_state = models.CharField(max_length=10, choices=ActionState)
    reason = models.CharField("reden", max_length=500, blank=True, validators=[refuse_bsn])
    lesson = models.TextField("les", max_length=2000, blank=True, validators=[refuse_bsn])
    happened_on = models.DateField("op")
    recorded_at = models.DateTimeField("vastgelegd", db_default=Now())
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="action_steps", null=True, blank=True
    )

    class Meta:
        verbose_name = "stap van een actie"
        verbose_name_plural = "stappen van acties"
        ordering = ["pk"]
        triggers = append_only(message="Een stap van een actie verandert niet.")

    def __str__(self) -> str:
        return f"{self.action}: {self.get_to_state_display()}"


@pghistory.track()
class Origin(models.Model):
    """An action that answers a bottleneck or a dream."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="origins")
    bottleneck = models.ForeignKey(Bottleneck, models.PROTECT, related_name="origins")

    class Meta:
        verbose_name = "herkomst van een actie"
        verbose_name_plural = "herkomst van acties"
        constraints = [
            models.UniqueConstraint(
                fields=["action", "bottleneck"],
                name="actions_origin_once",
                violation_error_message="Deze actie hoort al bij dit knelpunt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bottleneck} → {self.action}"


class PartnerRole(models.TextChoices):
    CO_LEAD = "co_lead", "trekt mee"
    CONTRIBUTOR = "contributor", "doet mee"
    INFORMED = "informed", "wordt op de hoogte gehouden"


@pghistory.track()
class ActionPartner(models.Model):
    """A member that takes part in an action, and what it promised."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="partners")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="action_parts", verbose_name="lid"
    )
    role = models.CharField("rol", max_length=12, choices=PartnerRole, default=PartnerRole.CONTRIBUTOR)
    promise = models.CharField("wat brengt het lid in?", max_length=300, blank=True, validators=[refuse_bsn])
    hours = models.PositiveSmallIntegerField("uren per maand", null=True, blank=True)

    class Meta:
        verbose_name = "deelnemer aan een actie"
        verbose_name_plural = "deelnemers aan acties"
        constraints = [
            models.UniqueConstraint(
                fields=["action", "membership"],
                name="actions_actionpartner_once",
                violation_error_message="Dit lid doet al mee aan deze actie.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership.organisation}: {self.get_role_display()}"


@pghistory.track()
class Milestone(models.Model):
    """A moment at which something of an action is to be ready."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="milestones")
    title = models.CharField("wat is er dan klaar?", max_length=150, validators=[refuse_bsn])
    due_on = models.DateField("uiterlijk")
    done_on = models.DateField("klaar op", null=True, blank=True)

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not there."""
        return self.done_on is None and self.due_on < timezone.localdate()
