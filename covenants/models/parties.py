"""Parties of a covenant: who signed, who does not or not yet, and who leaves again."""

import datetime
from typing import Any, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from covenants.models.documents import Covenant
from covenants.models.outside import OutsideLine
from covenants.models.rounds import Round, SignatureKind
from covenants.models.versions import CovenantVersion
from partners.models import Mandate, Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import append_only, requires

MAX_NOTE = 1000


@pghistory.track()
class Party(models.Model):
    """An organisation in one covenant, from the moment that it is asked to sign."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parties")
    # Of a party without legal personality, such as a VSV: for whom its representative signs.
    named_members = models.TextField("tekent namens deze leden", blank=True, validators=[refuse_bsn])

    class Meta:
        verbose_name = "partij"
        verbose_name_plural = "partijen"
        constraints = [
            models.UniqueConstraint(
                fields=["covenant", "organisation"],
                name="covenants_party_once",
                violation_error_message="Deze organisatie is al partij van dit convenant.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.covenant}"


class PartySignature(Checked):
    """The signature of one organisation under one version: there once enough of its people signed.

    Name and KvK number are those of that day; what became of the organisation since stands elsewhere.
    """

    append_only = True

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="covenant_signatures")
    # The first time that it is a party, the second after it left and came back, and so on.
    stint = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField("soort", max_length=6, choices=SignatureKind)
    # On a paper that was registered later this is the day on the paper.
    signed_on = models.DateField("ondertekend op")
    completed_at = models.DateTimeField("vastgelegd", db_default=Now())
    round = models.ForeignKey(Round, models.PROTECT, related_name="signatures", null=True, blank=True)
    legal_name = models.CharField("naam", max_length=200)
    kvk = models.CharField("KvK-nummer", max_length=8, blank=True)
    named_members = models.TextField("namens deze leden", blank=True)
    is_outside = models.BooleanField("buiten het portaal getekend", default=False)
    # On which paper, where it was.
    outside = models.OneToOneField(
        OutsideLine, models.PROTECT, related_name="signature", null=True, blank=True
    )

    class Meta:
        verbose_name = "handtekening van een partij"
        verbose_name_plural = "handtekeningen van partijen"
        ordering = ["signed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation", "stint"],
                name="covenants_partysignature_once",
                violation_error_message="Deze organisatie heeft deze versie al getekend.",
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False) | Q(is_outside=True),
                name="covenants_partysignature_round_or_outside",
            ),
            models.CheckConstraint(condition=Q(stint__gte=1), name="covenants_partysignature_stint_from_one"),
        ]
        indexes = [models.Index(fields=["party", "stint"], name="covenants_signature_of_party")]
        triggers = [
            *append_only(message="Een handtekening verandert niet en wordt niet weggehaald."),
            requires(
                name="of_its_own_covenant",
                condition="""EXISTS (
                    SELECT FROM covenants_party p JOIN covenants_covenantversion v
                      ON v.covenant_id = p.covenant_id
                    WHERE p.id = NEW.party_id AND v.id = NEW.version_id
                      AND p.organisation_id = NEW.organisation_id
                )""",
                message="Deze handtekening hoort niet bij deze partij en deze versie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.legal_name}: {self.version}"

    def facts(self) -> dict[str, Any]:
        """What the chain says of this row."""
        return {
            "row": self.pk,
            "organisation": self.organisation_id,
            "name": self.legal_name,
            "kvk": self.kvk,
            "members": self.named_members,
            "stint": self.stint,
            "kind": self.kind,
            "signed_on": self.signed_on.isoformat(),
            "recorded_at": in_utc(self.completed_at),
            "outside": self.is_outside,
        }


class NoticeQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Notices that nobody took back, with the day on which the party is none any more as `ends_on`."""
        return self.filter(retracted_at__isnull=True).annotate(
            ends_on=Coalesce("shorter_notice__effective_on", "effective_on")
        )


class Withdrawal(Checked):
    """A party says that it leaves; it stays bound until `effective_on`, its signature stays for ever."""

    append_only = True
    closing_columns = ("retracted_at", "retracted_by_id")

    party = models.ForeignKey(Party, models.PROTECT, related_name="withdrawals")
    # In whose chain it stands: the version that bound the party on that day.
    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="withdrawals")
    stint = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="withdrawals")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="withdrawals")
    person_name = models.CharField("naam", max_length=150)
    function = models.CharField("functie", max_length=120)
    auth_method = models.CharField(max_length=10)
    given_at = models.DateTimeField("opgezegd op", db_default=Now())
    given_on = models.DateField("dag van opzeggen")
    notice_months = models.PositiveSmallIntegerField("opzegtermijn in maanden")
    effective_on = models.DateField("partij tot")
    reason = models.CharField("reden", max_length=MAX_NOTE, blank=True, validators=[refuse_bsn])
    retracted_at = models.DateTimeField("teruggenomen op", null=True, blank=True)
    retracted_by = models.ForeignKey(
        Person, models.PROTECT, related_name="retracted_withdrawals", null=True, blank=True
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "opzegging"
        verbose_name_plural = "opzeggingen"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "stint"],
                condition=Q(retracted_at__isnull=True),
                name="covenants_withdrawal_one_at_a_time",
                violation_error_message="Deze organisatie heeft al opgezegd.",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("given_on")),
                name="covenants_withdrawal_after_it_was_given",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True, retracted_by__isnull=True)
                | Q(retracted_at__isnull=False, retracted_by__isnull=False),
                name="covenants_withdrawal_retracted_at_and_by",
            ),
        ]
        triggers = [
            requires(
                name="keeps_the_notice",
                condition="NEW.effective_on >= NEW.given_on + make_interval(months => NEW.notice_months)",
                message="De opzegtermijn van het convenant is langer. Kies een latere datum.",
            ),
            pgtrigger.Trigger(
                name="only_taken_back_once",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' OR OLD.retracted_at IS NOT NULL
                       OR (to_jsonb(OLD) - ARRAY['retracted_at', 'retracted_by_id'])
                          IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['retracted_at', 'retracted_by_id'])
                    THEN
                        RAISE EXCEPTION 'Een opzegging verandert niet. U kunt haar alleen terugnemen.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            append_only(message="Een opzegging blijft bewaard.")[1],
        ]

    def __str__(self) -> str:
        return f"{self.party}: opgezegd op {self.given_on}"

    def facts(self) -> dict[str, Any]:
        """What the chain says of this row."""
        return {
            "row": self.pk,
            "organisation": self.party.organisation_id,
            "stint": self.stint,
            "person_name": self.person_name,
            "function": self.function,
            "mandate": self.mandate_id,
            "auth_method": self.auth_method,
            "given_at": in_utc(self.given_at),
            "notice_months": self.notice_months,
            "effective_on": self.effective_on.isoformat(),
            "reason": self.reason,
        }


class ShorterNotice(models.Model):
    """The other parties let somebody go earlier than the notice says; the notice itself stays as it was."""

    append_only = True

    withdrawal = models.OneToOneField(Withdrawal, models.PROTECT, related_name="shorter_notice")
    effective_on = models.DateField("partij tot")
    # Where that was agreed, such as a meeting of the board.
    basis = models.CharField("afgesproken in", max_length=300, validators=[refuse_bsn])
    agreed_by = models.ForeignKey(Person, models.PROTECT, related_name="shorter_notices")
    agreed_at = models.DateTimeField("vastgelegd", db_default=Now())

    class Meta:
        verbose_name = "kortere opzegtermijn"
        verbose_name_plural = "kortere opzegtermijnen"
        triggers = [
            *append_only(message="Een afspraak over een kortere opzegtermijn blijft bewaard."),
            requires(
                name="between_notice_and_end",
                condition="""EXISTS (
                    SELECT FROM covenants_withdrawal w WHERE w.id = NEW.withdrawal_id
                      AND w.retracted_at IS NULL
                      AND NEW.effective_on BETWEEN w.given_on AND w.effective_on - 1
                )""",
                message="Kies een dag vanaf de opzegging en vóór het einde van de gewone opzegtermijn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.withdrawal}: tot {self.effective_on}"


class DeclineKind(models.TextChoices):
    NO = "no", "tekent niet"
    LATER = "later", "tekent later"
    RESERVATION = "reservation", "wacht op besluit van het college of bestuur"


class DeclineQuerySet(models.QuerySet):
    def newest(self) -> Self:
        """What each organisation said last."""
        return self.order_by("version_id", "organisation_id", "-pk").distinct("version_id", "organisation_id")


class Decline(Checked):
    """An organisation says that it does not sign, or not yet; nobody else is held up by it."""

    append_only = True

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="declines")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="covenant_declines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="covenant_declines")
    person_name = models.CharField("naam", max_length=150)
    kind = models.CharField("antwoord", max_length=11, choices=DeclineKind)
    # When the college or board decides.
    expected_on = models.DateField("besluit verwacht op", null=True, blank=True)
    note = models.CharField("toelichting", max_length=MAX_NOTE, blank=True, validators=[refuse_bsn])
    declined_at = models.DateTimeField("vastgelegd", db_default=Now())

    objects = DeclineQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord zonder handtekening"
        verbose_name_plural = "antwoorden zonder handtekening"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_on__isnull=True) | Q(kind=DeclineKind.RESERVATION),
                name="covenants_decline_date_of_a_decision",
            )
        ]
        triggers = append_only(message="Wat een organisatie antwoordde, blijft bewaard.")

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()}"

    def facts(self) -> dict[str, Any]:
        """What the chain says of this row."""
        return {
            "row": self.pk,
            "organisation": self.organisation_id,
            "person_name": self.person_name,
            "kind": self.kind,
            "expected_on": self.expected_on.isoformat() if self.expected_on else None,
            "note": self.note,
            "at": in_utc(self.declined_at),
        }


def in_utc(moment: datetime.datetime) -> str:
    """A moment as the chain writes it, the same in every time zone of a server."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")
