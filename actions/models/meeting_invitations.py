"""Who is invited to a meeting, what they answer, and the mails about it."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from actions.models.meetings import Meeting
from partners.models import Person
from portal.checked import Checked
from portal.jobs import Job
from portal.text_guard import refuse_bsn


class Response(models.TextChoices):
    NONE = "none", "nog geen antwoord"
    YES = "yes", "komt"
    NO = "no", "komt niet"
    MAYBE = "maybe", "misschien"
    WAITING = "waiting", "op de wachtlijst"


COMING = (Response.YES, Response.WAITING)


class MeetingInvitationQuerySet(models.QuerySet):
    def coming(self) -> Self:
        """Invitations of people who have a place."""
        return self.filter(response=Response.YES)

    def waiting(self) -> Self:
        """The waiting list, who came first on top."""
        return self.filter(response=Response.WAITING).order_by("answered_at", "pk")


@pghistory.track()
class MeetingInvitation(Checked):
    """One person who is asked to come to one meeting, and her answer."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="meeting_invitations")
    response = models.CharField("antwoord", max_length=10, choices=Response, default=Response.NONE)
    deputy = models.CharField("wie komt in haar plaats", max_length=150, blank=True, validators=[refuse_bsn])
    invited_by = models.ForeignKey(
        Person, models.PROTECT, related_name="sent_meeting_invitations", null=True, blank=True
    )
    invited_at = models.DateTimeField("uitgenodigd op", db_default=Now())
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)

    objects = MeetingInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging voor een bijeenkomst"
        verbose_name_plural = "uitnodigingen voor bijeenkomsten"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="actions_meetinginvitation_once",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
            models.CheckConstraint(
                condition=Q(response=Response.NONE, answered_at__isnull=True)
                | (~Q(response=Response.NONE) & Q(answered_at__isnull=False)),
                name="actions_meetinginvitation_answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(deputy="") | Q(response__in=COMING),
                name="actions_meetinginvitation_deputy_comes",
                violation_error_message="Noem alleen een vervanger als er iemand komt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_response_display()}"


class NoticeKind(models.TextChoices):
    INVITED = "invited", "uitgenodigd"
    CHANGED = "changed", "gewijzigd"
    CANCELLED = "cancelled", "gaat niet door"
    PLACE_FREE = "place_free", "plaats vrij"


class MeetingNotice(Job):
    """An order to mail one invited person about one change of a meeting."""

    lease = datetime.timedelta(minutes=2)
    batch = 25

    invitation = models.ForeignKey(MeetingInvitation, models.CASCADE, related_name="notices")
    kind = models.CharField("soort", max_length=10, choices=NoticeKind)
    sequence = models.PositiveIntegerField("wijziging")

    class Meta(Job.Meta):
        verbose_name = "bericht over een bijeenkomst"
        verbose_name_plural = "berichten over bijeenkomsten"
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["invitation", "kind", "sequence"], name="actions_meetingnotice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.get_kind_display()}"

    def work(self) -> None:
        """Post the mail; doing it twice posts one."""
        from actions.meeting_mails import send

        send(self)
