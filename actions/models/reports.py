"""Half-yearly rounds in which everybody says how the actions go, and what each said."""

from typing import Self

import pghistory
import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from actions.models.actions import Action
from coalitions.models import Coalition, Membership
from partners.models import Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, append_only, requires


class RoundState(models.TextChoices):
    PLANNED = "planned", "Gepland"
    OPEN = "open", "Open"
    CLOSING = "closing", "Wordt nagekeken"
    FIXED = "fixed", "Vastgesteld"
    REOPENED = "reopened", "Opnieuw open"


ROUND_MOVES: dict[str, tuple[str, ...]] = {
    RoundState.PLANNED: (RoundState.OPEN,),
    RoundState.OPEN: (RoundState.CLOSING,),
    RoundState.CLOSING: (RoundState.FIXED,),
    RoundState.FIXED: (RoundState.REOPENED,),
    RoundState.REOPENED: (RoundState.FIXED,),
}
# As long as a round is not fixed, reports still come in.
WRITABLE_ROUNDS = (RoundState.OPEN, RoundState.CLOSING, RoundState.REOPENED)


class ReportingRoundQuerySet(models.QuerySet):
    def writable(self) -> Self:
        """Rounds in which reports still come in."""
        return self.filter(state__in=WRITABLE_ROUNDS)

    def begun(self) -> Self:
        """Rounds that are or were open."""
        return self.exclude(state=RoundState.PLANNED)


@pghistory.track()
class ReportingRound(Checked):
    """One time that a coalition asks how its actions go."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="rounds")
    title = models.CharField("titel", max_length=80, validators=[refuse_bsn])
    opens_on = models.DateField("gaat open op")
    due_on = models.DateField("melden uiterlijk op")
    state = models.CharField("stand", max_length=10, choices=RoundState, default=RoundState.PLANNED)
    # What nobody asks about counts as read after this many days.
    fixes_after_days = models.PositiveSmallIntegerField(
        "dagen om een bericht na te kijken", default=10, validators=[MinValueValidator(1)]
    )
    reopened_reason = models.CharField(
        "waarom opnieuw open?", max_length=300, blank=True, validators=[refuse_bsn]
    )

    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "rapportageronde"
        verbose_name_plural = "rapportageronden"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("opens_on")),
                name="actions_reportinground_due_after_it_opens",
                violation_error_message="Kies een dag om te melden die na de opening ligt.",
            ),
            models.UniqueConstraint(
                fields=["coalition"],
                condition=Q(state__in=["open", "closing"]),
                name="actions_reportinground_one_at_a_time",
                violation_error_message="Er loopt al een rapportageronde. Stel die eerst vast.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.REOPENED) | ~Q(reopened_reason=""),
                name="actions_reportinground_reopened_has_a_reason",
                violation_error_message="Vul in waarom de ronde opnieuw open gaat.",
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=ROUND_MOVES,
                initial=(RoundState.PLANNED,),
                message="Deze stap kan niet vanuit de stand waarin deze ronde nu is.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("actions:round-detail", self.coalition.slug, self.pk)


class StatusClaim(models.TextChoices):
    ON_TRACK = "on_track", "Op schema"
    ATTENTION = "attention", "Let op"
    STUCK = "stuck", "Zit vast"


class ReportState(models.TextChoices):
    DRAFT = "draft", "Concept"
    SUBMITTED = "submitted", "Ingediend"
    RETURNED = "returned", "Terug met een vraag"
    FIXED = "fixed", "Vastgesteld"


REPORT_MOVES: dict[str, tuple[str, ...]] = {
    ReportState.DRAFT: (ReportState.SUBMITTED,),
    ReportState.SUBMITTED: (ReportState.FIXED, ReportState.RETURNED),
    ReportState.RETURNED: (ReportState.SUBMITTED,),
    # Only in a round that was opened again, which another trigger guards.
    ReportState.FIXED: (ReportState.RETURNED,),
}
# What counts as reported: a report with a question still open does not.
COUNTED_STATES = (ReportState.SUBMITTED, ReportState.FIXED)
WRITABLE_REPORTS = (ReportState.DRAFT, ReportState.RETURNED)


class ReportQuerySet(models.QuerySet):
    def counted(self) -> Self:
        """Reports that say how an action goes."""
        return self.filter(state__in=COUNTED_STATES)

    def told(self) -> Self:
        """Reports that others may read: whatever was sent once, what is asked back included."""
        return self.exclude(state=ReportState.DRAFT)


@pghistory.track()
class ProgressReport(Checked):
    """How an action goes, as one member says it; without a round it is news in between."""

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="reports", null=True, blank=True)
    action = models.ForeignKey(Action, models.PROTECT, related_name="reports")
    # Nobody where the lead is no member; the coordinator then reports. Its index is below, with the day.
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="reports", null=True, blank=True, db_index=False
    )
    state = models.CharField("stand", max_length=10, choices=ReportState, default=ReportState.DRAFT)
    claim = models.CharField("hoe gaat het?", max_length=10, choices=StatusClaim, blank=True)
    done_text = models.TextField("wat is gedaan?", max_length=2000, blank=True, validators=[refuse_bsn])
    stuck_text = models.TextField("wat zit vast?", max_length=2000, blank=True, validators=[refuse_bsn])
    help_text = models.TextField("welke hulp is nodig?", max_length=1000, blank=True, validators=[refuse_bsn])
    next_text = models.TextField(
        "wat is de volgende stap?", max_length=1000, blank=True, validators=[refuse_bsn]
    )
    lesson = models.TextField("wat leerden jullie?", max_length=2000, blank=True, validators=[refuse_bsn])
    review_note = models.CharField("vraag", max_length=500, blank=True, validators=[refuse_bsn])
    author = models.ForeignKey(
        Person, models.PROTECT, related_name="progress_reports", verbose_name="geschreven door"
    )
    saved_at = models.DateTimeField("bewaard", db_default=Now())
    submitted_at = models.DateTimeField("ingediend", null=True, blank=True)
    fixed_at = models.DateTimeField("vastgesteld", null=True, blank=True)
    fixed_by = models.ForeignKey(Person, models.PROTECT, related_name="fixed_reports", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "voortgangsbericht"
        verbose_name_plural = "voortgangsberichten"
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "action", "membership"],
                condition=Q(round__isnull=False),
                nulls_distinct=False,
                name="actions_progressreport_once_a_round",
                violation_error_message="Over deze actie is in deze ronde al een bericht begonnen.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT)
                | (~Q(claim="") & ~Q(done_text="") & Q(submitted_at__isnull=False)),
                name="actions_progressreport_sent_is_complete",
                violation_error_message="Kies hoe het gaat en vul in wat er gedaan is.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | ~Q(claim=StatusClaim.STUCK) | ~Q(stuck_text=""),
                name="actions_progressreport_stuck_says_on_what",
                violation_error_message="Vul in wat er vastzit.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(review_note=""),
                name="actions_progressreport_returned_has_a_question",
                violation_error_message="Stel de vraag waarmee het bericht teruggaat.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.FIXED, fixed_at__isnull=False)
                | (~Q(state=ReportState.FIXED) & Q(fixed_at__isnull=True)),
                name="actions_progressreport_fixed_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["action", "-submitted_at"], name="actions_report_newest"),
            models.Index(fields=["membership", "-submitted_at"], name="actions_report_last_of_member"),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=REPORT_MOVES,
                initial=(ReportState.DRAFT,),
                message="Deze stap kan niet vanuit de stand waarin dit bericht nu is.",
            ),
            requires(
                name="round_takes_reports",
                condition="""
                    NEW.round_id IS NULL OR EXISTS (
                        SELECT FROM actions_reportinground
                        WHERE id = NEW.round_id AND state IN ('open', 'closing', 'reopened'))
                """,
                message="Deze ronde is niet open. Een bericht in deze ronde verandert niet meer.",
            ),
            pgtrigger.Trigger(
                name="fixed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="fixed"),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM actions_reportinground
                        WHERE id = OLD.round_id AND state = 'reopened'
                    ) THEN
                        RAISE EXCEPTION 'Dit bericht is vastgesteld en verandert niet meer.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_claim_display() or 'nog niets gemeld'}"

    @property
    def headline(self) -> str:
        """In which round it was said, or that it was news in between."""
        return self.round.title if self.round else "Tussendoor gemeld"


class RoundSnapshot(Checked):
    """A round as it stood when it was fixed: counts, and what was said of every action."""

    append_only = True

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="snapshots")
    expected = models.PositiveIntegerField("acties")
    on_track = models.PositiveIntegerField("op schema")
    attention = models.PositiveIntegerField("let op")
    stuck = models.PositiveIntegerField("zit vast")
    rows = models.JSONField("wat er gemeld is")
    fixed_at = models.DateTimeField("vastgesteld", db_default=Now())
    fixed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="round_snapshots", null=True, blank=True
    )

    class Meta:
        verbose_name = "vastgestelde ronde"
        verbose_name_plural = "vastgestelde ronden"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected__gte=F("on_track") + F("attention") + F("stuck")),
                name="actions_roundsnapshot_adds_up",
            )
        ]
        triggers = append_only(message="Een vastgestelde ronde verandert niet.")

    def __str__(self) -> str:
        return f"{self.round}, vastgesteld"

    @property
    def reported(self) -> int:
        """Of how many actions something was said."""
        return self.on_track + self.attention + self.stuck
