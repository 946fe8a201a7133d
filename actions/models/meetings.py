"""Meetings of a coalition: what they are about, who speaks, and how far they are."""

import datetime
import uuid
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone

from coalitions.models import Coalition, WorkingGroup
from partners.models import Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.names import sort_key_of
from portal.subqueries import count_of
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class MeetingKind(models.TextChoices):
    KICK_OFF = "kickoff", "startbijeenkomst"
    WORK_SESSION = "work_session", "werksessie"
    ENCOUNTER = "encounter", "ontmoeting"
    BOARD = "board", "bestuurlijk overleg"
    STEERING = "steering", "regiegroep"
    GROUP = "group", "werkgroep"
    SIGNING = "signing", "ondertekening"
    LEARNING = "learning", "leertraject of training"
    PUBLIC = "public", "openbare bijeenkomst"


class MeetingState(models.TextChoices):
    DRAFT = "draft", "In voorbereiding"
    INVITED = "invited", "Uitgenodigd"
    HELD = "held", "Gehouden"
    MINUTES_DRAFT = "minutes_draft", "Verslag in concept"
    MINUTES_FIXED = "minutes_fixed", "Verslag vastgesteld"
    CANCELLED = "cancelled", "Gaat niet door"


MEETING_MOVES: dict[str, tuple[str, ...]] = {
    MeetingState.DRAFT: (MeetingState.INVITED, MeetingState.CANCELLED),
    MeetingState.INVITED: (MeetingState.HELD, MeetingState.CANCELLED),
    MeetingState.HELD: (MeetingState.MINUTES_DRAFT,),
    MeetingState.MINUTES_DRAFT: (MeetingState.MINUTES_FIXED,),
}
TO_COME_STATES = (MeetingState.DRAFT, MeetingState.INVITED)
HELD_STATES = (MeetingState.HELD, MeetingState.MINUTES_DRAFT, MeetingState.MINUTES_FIXED)


@pghistory.track()
class MeetingSeries(models.Model):
    """Meetings that follow each other, such as a yearly encounter."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="meeting_series")
    name = models.CharField("naam van de reeks", max_length=120, validators=[refuse_bsn])
    sort_key = sort_key_of("name")

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "name"],
                name="actions_meetingseries_name_once",
                violation_error_message="Deze reeks is er al. Kies haar uit de lijst.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet):
    def announced(self) -> Self:
        """Meetings that others than who prepares them may know of."""
        return self.exclude(state=MeetingState.DRAFT)

    def to_come(self) -> Self:
        """Meetings that go on and are not over."""
        return self.filter(state=MeetingState.INVITED, ends_at__gte=timezone.now())

    def held(self) -> Self:
        """Meetings that took place."""
        return self.filter(state__in=HELD_STATES)

    def with_counts(self) -> Self:
        """Adds `coming_count`, who said to come, and `present_count`, who came."""
        from actions.models.attendance import Attendance
        from actions.models.meeting_invitations import MeetingInvitation, Response

        coming = MeetingInvitation.objects.filter(meeting=OuterRef("pk"), response=Response.YES)
        present = Attendance.objects.filter(meeting=OuterRef("pk"))
        return self.annotate(coming_count=count_of(coming), present_count=count_of(present))


@pghistory.track()
class Meeting(Checked):
    """People of the coalition together, at one time."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="meetings")
    series = models.ForeignKey(
        MeetingSeries,
        models.PROTECT,
        related_name="meetings",
        verbose_name="reeks",
        null=True,
        blank=True,
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        related_name="meetings",
        verbose_name="van welke groep?",
        null=True,
        blank=True,
    )
    kind = models.CharField("soort", max_length=15, choices=MeetingKind)
    title = models.CharField("titel", max_length=150, validators=[refuse_bsn])
    theme_text = models.TextField("thema", max_length=2000, blank=True, validators=[refuse_bsn])
    starts_at = models.DateTimeField("begint")
    ends_at = models.DateTimeField("eindigt")
    place = models.CharField("plaats", max_length=200, blank=True)
    online_url = models.URLField("online", max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField("aantal plaatsen", null=True, blank=True)
    is_open = models.BooleanField("iedereen uit de coalitie kan zich aanmelden", default=False)
    is_public = models.BooleanField("op de openbare pagina van de coalitie", default=False)
    state = models.CharField("stand", max_length=15, choices=MeetingState, default=MeetingState.DRAFT)
    cancel_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    # What calendars know this meeting by, and which change of it they have.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("wijziging", default=0, editable=False)
    changed_at = models.DateTimeField("gewijzigd", default=timezone.now, editable=False)
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="planned_meetings")
    sort_key = sort_key_of("title")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["coalition", "starts_at"], name="actions_meeting_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="actions_meeting_ends_after_it_starts",
                violation_error_message="Het einde ligt voor het begin. Kies een latere eindtijd.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="actions_meeting_has_places",
                violation_error_message="Vul minstens 1 plaats in, of laat het vak leeg.",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CANCELLED) & ~Q(cancel_reason="")
                | (~Q(state=MeetingState.CANCELLED) & Q(cancel_reason="")),
                name="actions_meeting_cancelled_with_a_reason",
                violation_error_message="Vul in waarom de bijeenkomst niet doorgaat.",
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=MEETING_MOVES,
                initial=(MeetingState.DRAFT,),
                message="Deze stap kan niet vanuit de stand waarin deze bijeenkomst nu is.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("actions:meeting-detail", self.coalition.slug, self.pk)

    @property
    def day(self) -> datetime.date:
        """The day in the Netherlands on which it begins."""
        return timezone.localdate(self.starts_at)

    @property
    def is_over(self) -> bool:
        """Whether its end has passed."""
        return self.ends_at < timezone.now()

    @property
    def takes_answers(self) -> bool:
        """Whether somebody can still say that she comes or not."""
        return self.state == MeetingState.INVITED and not self.is_over


class AgendaKind(models.TextChoices):
    INFORM = "inform", "informeren"
    DISCUSS = "discuss", "bespreken"
    DECIDE = "decide", "besluiten"


@pghistory.track()
class AgendaItem(models.Model):
    """One point on the programme of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("onderwerp", max_length=200, validators=[refuse_bsn])
    kind = models.CharField("soort", max_length=10, choices=AgendaKind, default=AgendaKind.DISCUSS)
    minutes = models.PositiveSmallIntegerField("minuten", null=True, blank=True)
    presenter = models.CharField("wie leidt dit in?", max_length=150, blank=True, validators=[refuse_bsn])
    # The point of an earlier meeting that was not reached there; each goes on once.
    carried_from = models.OneToOneField(
        "self", models.PROTECT, related_name="carried_to", verbose_name="doorgeschoven", null=True, blank=True
    )

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="actions_agendaitem_number_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@pghistory.track()
class Speaker(models.Model):
    """Somebody who speaks at a meeting, by name and function."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="speakers")
    name = models.CharField("naam", max_length=150, validators=[refuse_bsn])
    function = models.CharField("functie", max_length=150, blank=True, validators=[refuse_bsn])

    class Meta:
        verbose_name = "spreker"
        verbose_name_plural = "sprekers"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}" if self.function else self.name
