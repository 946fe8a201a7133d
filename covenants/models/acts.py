"""The act of signing: the question that proves who it is, and what she did."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format

from covenants.models.parties import MAX_NOTE, in_utc
from covenants.models.rounds import Round
from covenants.models.versions import CovenantVersion
from partners.models import Mandate, Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import append_only, requires

MAX_TRIES = 5


class Method(models.TextChoices):
    PASSKEY = "passkey", "passkey"
    TOTP = "totp", "code uit een app"
    MAIL = "mail", "code per mail"


class ChallengePurpose(models.TextChoices):
    SIGN = "sign", "ondertekenen"
    WITHDRAW = "withdraw", "opzeggen"


class Challenge(Checked):
    """A question that only this person can answer, about this act alone, for five minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=8, choices=ChallengePurpose, default=ChallengePurpose.SIGN)
    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="challenges")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="challenges")
    person = models.ForeignKey(Person, models.PROTECT, related_name="challenges")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="challenges")
    doc_sha256 = models.CharField(max_length=64)
    # What she ticked and typed before she was asked.
    consent_id = models.CharField(max_length=20)
    typed_name = models.CharField("naam", max_length=150)
    reason = models.CharField("reden", max_length=MAX_NOTE, blank=True, validators=[refuse_bsn])
    method = models.CharField(max_length=7, choices=Method)
    random = models.CharField(max_length=64, editable=False)
    # Of a code by mail only its hash is kept.
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    # What makes a second click the same act.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "vraag om een bewijs"
        verbose_name_plural = "vragen om een bewijs"
        indexes = [models.Index(fields=["person", "asked_at"], name="covenants_challenge_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=MAX_TRIES), name="covenants_challenge_few_tries"),
            models.CheckConstraint(
                condition=~Q(method=Method.MAIL) | ~Q(code_hash=""),
                name="covenants_challenge_mail_has_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_purpose_display()} met {self.get_method_display()}"

    @property
    def again_name(self) -> str:
        """The name of the button that asks anew, by which the page knows for what."""
        return "opzeggen" if self.purpose == ChallengePurpose.WITHDRAW else "tekenen"

    @property
    def is_over(self) -> bool:
        """Whether no answer helps any more."""
        is_late = self.expires_at <= timezone.now()
        return self.used_at is not None or is_late or self.tries >= MAX_TRIES


class SignatureAct(models.Model):
    """One person signed for one organisation; everything as it was at that moment."""

    append_only = True

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="acts")
    round = models.ForeignKey(Round, models.PROTECT, related_name="acts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signature_acts")
    stint = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey(Person, models.PROTECT, related_name="signature_acts")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="signature_acts")
    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="act")
    # As shown on the page.
    person_name = models.CharField("naam", max_length=150)
    typed_name = models.CharField("getypte naam", max_length=150)
    function = models.CharField("functie", max_length=120)
    organisation_name = models.CharField("organisatie", max_length=200)
    kvk = models.CharField("KvK-nummer", max_length=8, blank=True)
    mandate_kind = models.CharField("grond van de tekenbevoegdheid", max_length=80)
    # How many people of the organisation have to sign together, as the mandate said.
    needed = models.PositiveSmallIntegerField("aantal dat samen tekent", default=1)
    doc_sha256 = models.CharField(max_length=64)
    consent_id = models.CharField(max_length=20)
    consent_text = models.TextField()
    auth_method = models.CharField(max_length=7, choices=Method)
    authenticated_at = models.DateTimeField(db_default=Now())
    key = models.UUIDField()
    signed_at = models.DateTimeField("getekend", db_default=Now())

    class Meta:
        verbose_name = "handtekening van een persoon"
        verbose_name_plural = "handtekeningen van personen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="covenants_signatureact_key_once"),
            # A signature that waited for a second one lapses with its round, so a round is part of it.
            models.UniqueConstraint(
                fields=["version", "organisation", "stint", "round", "person"],
                name="covenants_signatureact_person_once",
                violation_error_message="U hebt deze versie al getekend.",
            ),
        ]
        triggers = [
            *append_only(message="Een handtekening verandert niet en wordt niet weggehaald."),
            requires(
                name="of_the_text_that_was_fixed",
                condition="NEW.doc_sha256 = "
                "(SELECT sha256 FROM covenants_covenantversion WHERE id = NEW.version_id)",
                message="Deze tekst is niet meer de geldende.",
            ),
            requires(
                name="while_its_round_is_open",
                condition="""EXISTS (
                    SELECT FROM covenants_round r JOIN covenants_covenantversion v ON v.id = r.version_id
                    WHERE r.id = NEW.round_id AND v.id = NEW.version_id
                      AND v.state = 'open' AND r.closed_at IS NULL
                )""",
                message="De ronde is gesloten. U kunt nu niet tekenen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} namens {self.organisation_name}"

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What was recorded, as its people read it."""
        moment = timezone.localtime(self.signed_at)
        return [
            ("Namens", self.organisation_name),
            ("Door", f"{self.person_name}, {self.function}"),
            ("Tekenbevoegdheid", self.mandate_kind),
            ("Op", f"{date_format(moment, 'j F Y')} om {date_format(moment, 'H.i.s')} uur"),
            ("Verklaring", self.consent_text),
            ("Bewezen met", self.get_auth_method_display()),
        ]

    def facts(self) -> dict[str, Any]:
        """What the chain says of this row; the address of the visitor only as a salted hash."""
        return {
            "row": self.pk,
            "round": self.round_id,
            "organisation": self.organisation_id,
            "organisation_name": self.organisation_name,
            "kvk": self.kvk,
            "stint": self.stint,
            "person_name": self.person_name,
            "typed_name": self.typed_name,
            "function": self.function,
            "mandate": self.mandate_id,
            "mandate_kind": self.mandate_kind,
            "needed": self.needed,
            "doc_sha256": self.doc_sha256,
            "consent_id": self.consent_id,
            "consent_text": self.consent_text,
            "auth_method": self.auth_method,
            "authenticated_at": in_utc(self.authenticated_at),
            "challenge": str(self.challenge_id),
            "key": str(self.key),
            "signed_at": in_utc(self.signed_at),
        }


class AccessLog(Checked):
    """From which network address somebody signed; wiped after a year, with the salt of its hash."""

    act = models.OneToOneField(SignatureAct, models.PROTECT, related_name="access")
    address = models.GenericIPAddressField("netwerkadres", null=True, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    logged_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField("gewist op", null=True, blank=True)

    class Meta:
        verbose_name = "netwerkadres bij een handtekening"
        verbose_name_plural = "netwerkadressen bij handtekeningen"
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(address__isnull=True, salt=""),
                name="covenants_accesslog_erased_is_empty",
            )
        ]

    def __str__(self) -> str:
        return f"adres bij {self.act_id}"
