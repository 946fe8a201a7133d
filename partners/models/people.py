"""People, with or without a log-in, and what they may do for an organisation."""

from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from partners.models.organisations import Organisation
from portal.checked import Checked
from portal.names import sort_key_of
from portal.periods import Dated, DatedQuerySet, DatePeriod


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


@pghistory.track(
    pghistory.InsertEvent(level=pghistory.Statement),
    pghistory.UpdateEvent(),
    exclude=["password", "last_login"],
)
class Person(Checked, AbstractBaseUser):
    """Somebody who works on Kansrijke Start; may exist without an address or a log-in."""

    class Shares(models.TextChoices):
        NOBODY = "none", "niemand"
        WORKING_GROUP = "working_group", "mijn werkgroepen"
        COALITION = "coalition", "de coalitie"
        PUBLIC = "public", "iedereen"

    class MailChoice(models.TextChoices):
        DIRECT = "direct", "direct: binnen tien minuten, tussen 7.00 en 22.00 uur"
        WEEKLY = "weekly", "wekelijks: maandag om 7.00 uur alles bij elkaar"
        NEEDED = "needed", "alleen het nodige: codes, uitnodigingen en wat je zelf deed"

    name = models.CharField("naam", max_length=150)
    email = models.EmailField("mailadres", unique=True, null=True, blank=True)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    shares_contact = models.CharField(
        "wie mag mijn mailadres en telefoonnummer zien?",
        max_length=15,
        choices=Shares,
        default=Shares.NOBODY,
    )
    mail_choice = models.CharField(
        "welke mail wil je?", max_length=10, choices=MailChoice, default=MailChoice.WEEKLY
    )
    is_active = models.BooleanField("kan inloggen", default=True)
    is_demo = models.BooleanField("verzonnen", default=False)
    created_at = models.DateTimeField("gemaakt", db_default=Now())
    sort_key = sort_key_of("name")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="partners_person_email_ignores_case",
                violation_error_message="Er is al iemand met dit mailadres.",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | ~Q(email=""),
                name="partners_person_email_not_blank",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or f"Persoon {self.pk}"

    def get_full_name(self) -> str:
        return self.name


class PlatformRole(Dated):
    """Somebody who keeps the platform running; sees no content of coalitions by that."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="platform_roles")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "platformbeheerder"
        verbose_name_plural = "platformbeheerders"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="partners_platformrole_once",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon is in deze periode al platformbeheerder.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: platformbeheerder"


@pghistory.track(pghistory.InsertEvent(level=pghistory.Statement), pghistory.UpdateEvent())
class Representative(Dated):
    """Somebody who speaks for an organisation, in a function, for a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="representatives")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="representatives")
    function = models.CharField("functie", max_length=120)
    portfolio = models.CharField("portefeuille", max_length=120, blank=True)
    is_primary = models.BooleanField("eerste aanspreekpunt", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "vertegenwoordiger"
        verbose_name_plural = "vertegenwoordigers"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="partners_representative_one_primary",
                expressions=[
                    (F("organisation"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_primary=True),
                violation_error_message="Deze organisatie heeft in deze periode al een eerste aanspreekpunt.",
            ),
            ExclusionConstraint(
                name="partners_representative_function_once",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("organisation"), RangeOperators.EQUAL),
                    (F("function"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon heeft deze functie in deze periode al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.function} van {self.organisation}"


class InvitationQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Invitations that can still be taken up."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now())


class Invitation(Checked):
    """An invitation by mail that opens an account; only the hash of its link is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField("waarvoor", max_length=200)
    invited_by = models.ForeignKey(
        Person, models.PROTECT, related_name="sent_invitations", null=True, blank=True
    )
    invited_at = models.DateTimeField("verstuurd", db_default=Now())
    expires_at = models.DateTimeField("geldig tot")
    used_at = models.DateTimeField("gebruikt", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="partners_invitation_used_or_revoked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"
