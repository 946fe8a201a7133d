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
from portal.names import sort_key_of
from portal.periods import Dated, DatedQuerySet, DatePeriod
from portal.text_guard import refuse_bsn
from portal.triggers import requires


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class Person(AbstractBaseUser):
    """Somebody who works on Kansrijke Start; may exist without an address or a log-in."""

    class Shares(models.TextChoices):
        NOBODY = "none", "niemand"
        WORKING_GROUP = "working_group", "mijn werkgroepen"
        COALITION = "coalition", "de coalitie"
        PUBLIC = "public", "iedereen"

    name = models.CharField("naam", max_length=150)
    email = models.EmailField("mailadres", unique=True, null=True, blank=True)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    shares_contact = models.CharField(
        "wie mag mijn mailadres en telefoonnummer zien?",
        max_length=15,
        choices=Shares,
        default=Shares.NOBODY,
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


@pghistory.track()
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


class MandateKind(models.TextChoices):
    DIRECTOR = "director", "bestuurder volgens het Handelsregister"
    MAYOR = "mayor", "burgemeester"
    MAYOR_ASSIGNMENT = "mayor_assignment", "opdracht van de burgemeester"
    POWER_OF_ATTORNEY = "power_of_attorney", "volmacht"
    MANDATE_DECISION = "mandate_decision", "mandaatbesluit"


class MandateQuerySet(DatedQuerySet):
    def valid(self) -> Self:
        """Mandates that somebody checked, that hold today and were not taken back."""
        return self.current().filter(checked_at__isnull=False, revoked_at__isnull=True)


@pghistory.track()
class Mandate(Dated):
    """The power of a representative to sign for the organisation (tekenbevoegdheid)."""

    representative = models.ForeignKey(Representative, models.PROTECT, related_name="mandates")
    kind = models.CharField("grond", max_length=20, choices=MandateKind)
    note = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])
    requested_at = models.DateTimeField("aangevraagd op", db_default=Now())
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="requested_mandates")
    checked_at = models.DateTimeField("gecontroleerd op", null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="checked_mandates", null=True, blank=True
    )
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="revoked_mandates", null=True, blank=True
    )

    objects = MandateQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "tekenbevoegdheid"
        verbose_name_plural = "tekenbevoegdheden"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="partners_mandate_checked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="partners_mandate_revoked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("requested_by")),
                name="partners_mandate_checked_by_another",
                violation_error_message="Iemand anders dan de aanvrager controleert de tekenbevoegdheid.",
            ),
        ]
        triggers = [
            requires(
                name="not_checked_by_its_bearer",
                condition="""
                    NEW.checked_by_id IS NULL OR NEW.checked_by_id <> (
                        SELECT person_id FROM partners_representative WHERE id = NEW.representative_id
                    )
                """,
                message="Niemand controleert de eigen tekenbevoegdheid.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.representative}: {self.get_kind_display()}"

    @property
    def status_label(self) -> str:
        """Where the mandate stands today, in a word for the screen."""
        if self.revoked_at:
            return "ingetrokken"
        if not self.checked_at:
            return "nog niet gecontroleerd"
        return "gecontroleerd" if self.is_current else "verlopen"


class InvitationQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Invitations that can still be taken up."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now())


class Invitation(models.Model):
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
