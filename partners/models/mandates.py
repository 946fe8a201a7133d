"""The power to sign for an organisation (tekenbevoegdheid)."""

import datetime
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from partners.models.areas import Area
from partners.models.people import Person, Representative
from portal.models import StoredFile
from portal.periods import Dated, DatedQuerySet, valid_on
from portal.text_guard import refuse_bsn
from portal.triggers import requires

# So long before its end the organisation is asked to renew a mandate.
WARNING = datetime.timedelta(days=30)
MOST_TOGETHER = 5
NEEDS = [(1, "alleen"), *((n, f"samen, met {n} personen") for n in range(2, MOST_TOGETHER + 1))]


class MandateKind(models.TextChoices):
    DIRECTOR = "director", "bestuurder volgens het Handelsregister (KvK)"
    MAYOR = "mayor", "burgemeester"
    MAYOR_ASSIGNMENT = "mayor_assignment", "machtiging van de burgemeester"
    POWER_OF_ATTORNEY = "power_of_attorney", "volmacht"
    MANDATE_DECISION = "mandate_decision", "mandaatbesluit"


# What the checker can look up in a public register; any other ground needs a document.
IN_A_REGISTER = (MandateKind.DIRECTOR, MandateKind.MAYOR)


class MandateStatus(models.TextChoices):
    """Where a mandate stands; it follows from its dates and is stored nowhere."""

    UNCHECKED = "unchecked", "nog niet gecontroleerd"
    CHECKED = "checked", "gecontroleerd"
    EXPIRED = "expired", "verlopen"
    REVOKED = "revoked", "ingetrokken"


class MandateQuerySet(DatedQuerySet):
    def valid(self) -> Self:
        """Mandates that somebody checked, that hold today and were not taken back, of people who
        still speak for the organisation."""
        today = timezone.localdate()
        return self.current().filter(
            valid_on(today, "representative__"), checked_at__isnull=False, revoked_at__isnull=True
        )

    def to_check(self) -> Self:
        """Mandates that were asked for and still wait for somebody's look."""
        today = timezone.localdate()
        return self.filter(
            valid_on(today, "representative__"),
            Q(valid_to__isnull=True) | Q(valid_to__gt=today),
            checked_at__isnull=True,
            revoked_at__isnull=True,
        )

    def ending(self) -> Self:
        """Valid mandates that end soon and that no later one follows."""
        later = self.model.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=models.OuterRef("valid_to")),
            representative=models.OuterRef("representative"),
            area__isnull=True,
            revoked_at__isnull=True,
        )
        return self.valid().filter(~models.Exists(later), valid_to__lte=timezone.localdate() + WARNING)

    def for_area(self, area: Area) -> Self:
        """Mandates that hold for everything, or for the coalition of `area`."""
        return self.filter(Q(area__isnull=True) | Q(area=area))

    def for_list(self) -> Self:
        """With everything a row of a list shows."""
        return self.select_related(
            "representative__person",
            "representative__organisation",
            "requested_by",
            "checked_by",
            "revoked_by",
            "evidence",
            "area",
        ).order_by("-requested_at", "-pk")


@pghistory.track()
class Mandate(Dated):
    """The power of one representative to sign for the organisation, alone or with others."""

    representative = models.ForeignKey(Representative, models.PROTECT, related_name="mandates")
    kind = models.CharField("grond", max_length=20, choices=MandateKind)
    need = models.PositiveSmallIntegerField(
        "hoeveel mensen tekenen samen?",
        default=1,
        choices=NEEDS,
    )
    # The area of a coalition; empty where the mandate holds for everything.
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="mandates",
        verbose_name="geldt voor",
        null=True,
        blank=True,
    )
    evidence = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        related_name="mandates",
        verbose_name="bewijsstuk",
        null=True,
        blank=True,
    )
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
    revoke_reason = models.CharField(
        "waarom ingetrokken", max_length=300, blank=True, validators=[refuse_bsn]
    )

    objects = MandateQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "tekenbevoegdheid"
        verbose_name_plural = "tekenbevoegdheden"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(need__gte=1, need__lte=MOST_TOGETHER),
                name="partners_mandate_need_is_one_or_a_few",
                violation_error_message=f"Er tekenen 1 tot {MOST_TOGETHER} mensen samen.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IN_A_REGISTER) | Q(evidence__isnull=False),
                name="partners_mandate_shows_its_evidence",
                violation_error_message="Voeg het stuk toe waaruit de tekenbevoegdheid blijkt.",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="partners_mandate_checked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoke_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
                name="partners_mandate_revoked_at_by_and_why",
                violation_error_message="Schrijf op waarom de tekenbevoegdheid wordt ingetrokken.",
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
            ),
            requires(
                name="area_of_a_coalition",
                condition="""
                    NEW.area_id IS NULL
                    OR (SELECT kind FROM partners_area WHERE id = NEW.area_id) = 'coalition'
                """,
                message="Een tekenbevoegdheid geldt overal, of voor één coalitie.",
            ),
            pgtrigger.Trigger(
                name="keeps_what_was_checked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "COALESCE(OLD.checked_at, OLD.revoked_at) IS NOT NULL AND "
                    "(to_jsonb(OLD) - '{revoked_at,revoked_by_id,revoke_reason}'::text[]) "
                    "IS DISTINCT FROM (to_jsonb(NEW) - '{revoked_at,revoked_by_id,revoke_reason}'::text[])"
                ),
                func="RAISE EXCEPTION 'Een gecontroleerde tekenbevoegdheid verandert niet meer. Trek haar "
                "in en vraag een nieuwe aan.' USING ERRCODE = 'check_violation';",
            ),
            pgtrigger.Trigger(
                name="stays_revoked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.revoked_at IS NOT NULL AND (OLD.revoked_at, OLD.revoked_by_id, OLD.revoke_reason) "
                    "IS DISTINCT FROM (NEW.revoked_at, NEW.revoked_by_id, NEW.revoke_reason)"
                ),
                func="RAISE EXCEPTION 'Een ingetrokken tekenbevoegdheid blijft ingetrokken.' "
                "USING ERRCODE = 'check_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("coalitions:mandate-detail", args=[self.pk])

    @property
    def status(self) -> MandateStatus:
        """Where the mandate stands today; who no longer speaks for the organisation signs no more."""
        if self.revoked_at:
            return MandateStatus.REVOKED
        today = timezone.localdate()
        if (self.valid_to and self.valid_to <= today) or (
            self.representative.valid_to and self.representative.valid_to <= today
        ):
            return MandateStatus.EXPIRED
        return MandateStatus.CHECKED if self.checked_at else MandateStatus.UNCHECKED

    @property
    def status_label(self) -> str:
        """The same in a word for the screen."""
        return str(self.status.label)

    @property
    def scope_label(self) -> str:
        """For what it holds."""
        return f"alleen coalitie {self.area.name}" if self.area else "alles waarvoor de organisatie tekent"
