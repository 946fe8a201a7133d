"""Talks with organisations: what was said, and what comes next."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from coalitions.models.coalitions import Coalition
from partners.models import Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn


class Channel(models.TextChoices):
    TALK = "talk", "gesprek"
    PHONE = "phone", "telefoon"
    ONLINE = "online", "online overleg"
    MAIL = "mail", "mail"


class ContactQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Contacts whose next step still has to be taken."""
        return self.filter(done_on__isnull=True).exclude(next_step="")

    def overdue(self) -> Self:
        """Contacts whose next step should have been taken before today."""
        return self.open().filter(due__lt=timezone.localdate())


@pghistory.track()
class OutreachContact(Checked):
    """One talk of the coalition with one organisation (contactmoment)."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    on = models.DateField("datum")
    channel = models.CharField("soort contact", max_length=10, choices=Channel, default=Channel.TALK)
    by = models.ForeignKey(Person, models.PROTECT, related_name="outreach_contacts", verbose_name="door")
    spoken_with = models.CharField("met wie", max_length=150, blank=True, validators=[refuse_bsn])
    important = models.TextField("wat vinden zij belangrijk?", blank=True, validators=[refuse_bsn])
    stuck = models.TextField("knelpunten: wat zit vast?", blank=True, validators=[refuse_bsn])
    energy = models.TextField("energie: waar willen zij aan meewerken?", blank=True, validators=[refuse_bsn])
    working_method = models.TextField("werkwijze: hoe werken zij nu?", blank=True, validators=[refuse_bsn])
    vision = models.TextField("visie: waar willen zij heen?", blank=True, validators=[refuse_bsn])
    next_step = models.CharField("volgende stap", max_length=200, blank=True, validators=[refuse_bsn])
    due = models.DateField("uiterlijk op", null=True, blank=True)
    done_on = models.DateField("stap gezet op", null=True, blank=True)
    recorded_at = models.DateTimeField("vastgelegd", db_default=Now())

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["coalition", "organisation"], name="coalitions_contact_about"),
            models.Index(
                fields=["coalition", "due"],
                condition=Q(done_on__isnull=True),
                name="coalitions_contact_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(next_step="") | Q(due__isnull=True, done_on__isnull=True),
                name="coalitions_contact_due_needs_a_step",
                violation_error_message="Schrijf op wat de volgende stap is, of haal de datum weg.",
            ),
            models.CheckConstraint(
                condition=~Q(important="", stuck="", energy="", working_method="", vision="", next_step=""),
                name="coalitions_contact_says_something",
                violation_error_message="Schrijf ten minste één ding op: wat is er besproken, of wat is de "
                "volgende stap?",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} met {self.organisation} op {self.on:%d-%m-%Y}"

    @property
    def words(self) -> list[tuple[str, str]]:
        """What was said, each with its question."""
        return [
            ("Belangrijk voor hen", self.important),
            ("Knelpunten", self.stuck),
            ("Energie", self.energy),
            ("Werkwijze", self.working_method),
            ("Visie", self.vision),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the next step still has to be taken."""
        return bool(self.next_step) and self.done_on is None

    @property
    def is_overdue(self) -> bool:
        """Whether the next step should have been taken before today."""
        return self.is_open and self.due is not None and self.due < timezone.localdate()
