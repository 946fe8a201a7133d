"""Rounds in which a version can be signed, and the invitations that go out for them."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format

from covenants.models.versions import CovenantVersion
from partners.models import Organisation, Person
from portal.checked import Checked

# What ends at midnight belongs to the day before.
A_MOMENT = datetime.timedelta(microseconds=1)


class SignatureKind(models.TextChoices):
    SIGN = "sign", "ondertekening"
    ACCEDE = "accede", "toetreding"
    RESIGN = "resign", "ondertekening van een nieuwe versie"


class RoundQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Rounds in which somebody can sign now."""
        return self.filter(closed_at__isnull=True, opens_at__lte=Now(), closes_at__gt=Now())

    def overdue(self) -> Self:
        """Rounds whose last moment went by and that nobody closed."""
        return self.filter(closed_at__isnull=True, closes_at__lte=Now())


@pghistory.track()
class Round(Checked):
    """A period in which organisations can sign one version; signing again later is a new round."""

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("ronde")
    kind = models.CharField(
        "soort",
        max_length=6,
        choices=[(kind.value, kind.label) for kind in (SignatureKind.SIGN, SignatureKind.ACCEDE)],
        default=SignatureKind.SIGN,
    )
    opens_at = models.DateTimeField("open vanaf")
    closes_at = models.DateTimeField("open tot")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="opened_rounds", null=True, blank=True)
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="closed_rounds", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "tekenronde"
        verbose_name_plural = "tekenrondes"
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="covenants_round_number_once"),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(closed_at__isnull=True),
                name="covenants_round_one_open",
                violation_error_message="Er is al een ronde open. Sluit die eerst.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="covenants_round_closes_after_it_opens",
                violation_error_message="De ronde sluit voordat zij opent. Kies een latere sluitingsdatum.",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="covenants_round_closed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, ronde {self.number}"

    @property
    def open_until(self) -> datetime.datetime:
        """The last moment to sign: as it was planned, or earlier where somebody closed it."""
        return min(self.closed_at or self.closes_at, self.closes_at)

    @property
    def until(self) -> str:
        """How long it is or was open, as people say it: what ends at midnight ends with the day before."""
        ends = timezone.localtime(self.open_until)
        if ends.time() == datetime.time():
            return f"tot en met {date_format(ends - datetime.timedelta(days=1), 'j F Y')}"
        return f"tot {date_format(ends, 'j F Y, H.i')} uur"


class InvitationReason(models.TextChoices):
    FIRST = "first", "uitnodiging"
    RENEWAL = "renewal", "nieuwe link"
    REMINDER = "reminder", "herinnering"


class SigningInvitationQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Invitations whose link still leads to the signing page."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now())


class SigningInvitation(Checked):
    """A link by mail for one person to sign for one organisation; only its hash is kept.

    Who signs follows from the log-in and the mandate, never from the link.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signing_invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="signing_invitations")
    reason = models.CharField(max_length=8, choices=InvitationReason, default=InvitationReason.FIRST)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        Person, models.PROTECT, related_name="sent_signing_invitations", null=True, blank=True
    )
    invited_at = models.DateTimeField("verstuurd", db_default=Now())
    expires_at = models.DateTimeField("geldig tot")
    used_at = models.DateTimeField("getekend met deze link", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    objects = SigningInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging om te tekenen"
        verbose_name_plural = "uitnodigingen om te tekenen"
        indexes = [
            models.Index(fields=["round", "organisation", "person"], name="covenants_invitation_of_whom")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="covenants_invitation_used_or_revoked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} voor {self.organisation}"


class StagePlace(models.Model):
    """Where an organisation comes in the order of the evening, once somebody chose that order."""

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="stage_places")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="stage_places")
    position = models.PositiveSmallIntegerField("plaats")

    class Meta:
        verbose_name = "plaats op de avond"
        verbose_name_plural = "plaatsen op de avond"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"], name="covenants_stageplace_organisation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.organisation}"


class Reading(models.Model):
    """Somebody opened the text to sign it, logged in, for one organisation; mail is not followed."""

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="readings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="covenant_readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="covenant_readings")
    first_at = models.DateTimeField("voor het eerst", db_default=Now())

    class Meta:
        verbose_name = "gelezen tekst"
        verbose_name_plural = "gelezen teksten"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation", "person"], name="covenants_reading_first_only"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} las {self.version}"
