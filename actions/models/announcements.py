"""Messages to a part of the coalition, and to whom each went."""

import datetime
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from coalitions.models import Coalition, SeatLevel, WorkingGroup
from partners.models import Domain, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.jobs import Job
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, requires


class AnnouncementState(models.TextChoices):
    DRAFT = "draft", "Concept"
    SENT = "sent", "Verstuurd"


ANNOUNCEMENT_MOVES: dict[str, tuple[str, ...]] = {
    AnnouncementState.DRAFT: (AnnouncementState.SENT,),
}


@pghistory.track()
class Announcement(Checked):
    """One message of who coordinates or leads a group; its words stay once it was sent."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="announcements")
    title = models.CharField("onderwerp", max_length=150, validators=[refuse_bsn])
    body = models.TextField("bericht", max_length=5000, validators=[refuse_bsn])
    to_everybody = models.BooleanField("iedereen in de coalitie", default=False)
    levels = ArrayField(models.CharField(max_length=10, choices=SeatLevel), default=list, blank=True)
    domains = ArrayField(models.CharField(max_length=10, choices=Domain), default=list, blank=True)
    # Codes, as the areas have them.
    municipalities = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    groups: models.ManyToManyField = models.ManyToManyField(
        WorkingGroup, related_name="announcements", verbose_name="groepen", blank=True
    )
    state = models.CharField(
        "stand", max_length=10, choices=AnnouncementState, default=AnnouncementState.DRAFT
    )
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="written_announcements")
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AnnouncementState.DRAFT, sent_at__isnull=True)
                | Q(state=AnnouncementState.SENT, sent_at__isnull=False),
                name="actions_announcement_sent_has_a_time",
            )
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=ANNOUNCEMENT_MOVES,
                initial=(AnnouncementState.DRAFT,),
                message="Dit bericht is al verstuurd.",
            ),
            requires(
                name="sent_words_stay",
                condition="""
                    TG_OP = 'INSERT' OR OLD.state = 'draft'
                    OR (NEW.title, NEW.body) IS NOT DISTINCT FROM (OLD.title, OLD.body)
                """,
                message="Dit bericht is verstuurd en verandert niet meer.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("actions:announcement-detail", self.coalition.slug, self.pk)


class MessageDelivery(Job):
    """One message for one person: by mail at once, in the mail with news, or to read in the portal."""

    lease = datetime.timedelta(minutes=2)
    batch = 25

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(Person, models.PROTECT, related_name="announcement_deliveries")
    is_mailed = models.BooleanField("per mail", default=False)

    class Meta(Job.Meta):
        verbose_name = "bezorging van een bericht"
        verbose_name_plural = "bezorgingen van berichten"
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(fields=["announcement", "person"], name="actions_messagedelivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} aan {self.person_id}"

    def work(self) -> None:
        """Post the mail where she wants it; doing it twice posts one."""
        from actions.announcements import deliver

        deliver(self)


def chosen_of(announcement: Announcement) -> dict[str, Any]:
    """The audience of a message, as its form has it."""
    return {
        "everybody": announcement.to_everybody,
        "levels": announcement.levels,
        "domains": announcement.domains,
        "municipalities": announcement.municipalities,
        "groups": list(announcement.groups.values_list("pk", flat=True)),
    }
