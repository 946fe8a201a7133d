"""One text of a document: written in blocks, frozen by two people, then never changed."""

import datetime
from typing import Any, Self

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from covenants.models.documents import Covenant
from partners.models import Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, differs


class ForceRule(models.TextChoices):
    """When the covenant starts to hold."""

    AT_ONCE = "at_once", "meteen tussen wie getekend heeft"
    QUORUM = "quorum", "zodra een afgesproken aantal partijen getekend heeft"
    ON_DATE = "on_date", "op de ingangsdatum"


class VersionState(models.TextChoices):
    DRAFT = "draft", "concept"
    FROZEN = "frozen", "vastgesteld"
    OPEN = "open", "open om te tekenen"
    CLOSED = "closed", "tekenronde gesloten"
    SUPERSEDED = "superseded", "vervangen"
    ENDED = "ended", "beëindigd"


# A closed version may open again, as a new round; the text stays the same.
VERSION_MOVES: dict[str, tuple[str, ...]] = {
    VersionState.DRAFT: (VersionState.FROZEN,),
    VersionState.FROZEN: (VersionState.OPEN, VersionState.SUPERSEDED, VersionState.ENDED),
    VersionState.OPEN: (VersionState.CLOSED, VersionState.SUPERSEDED, VersionState.ENDED),
    VersionState.CLOSED: (VersionState.OPEN, VersionState.SUPERSEDED, VersionState.ENDED),
}


class ResignRule(models.TextChoices):
    """What a new version asks of who signed the one before."""

    RESIGN_ALL = "resign_all", "iedereen tekent opnieuw"
    TACIT = "tacit_after_date", "geldt voor iedereen vanaf de ingangsdatum"
    EDITORIAL = "editorial", "alleen taal verbeterd, niemand hoeft te tekenen"


# What was agreed about a text itself; the next version may say otherwise.
TERMS = ("notice_months", "amendment_rule", "force_rule", "quorum", "accession_needs_consent")
# What two people confirmed, and who they were.
CONFIRMED = (
    "covenant_id",
    "number",
    "blocks",
    "meaning",
    "revision",
    "resign_rule",
    "effective_on",
    *TERMS,
    "frozen_by_id",
    "frozen_at",
    "second_by_id",
    "second_at",
)


class CovenantVersionQuerySet(models.QuerySet):
    def drafts(self) -> Self:
        """Texts that are still being written."""
        return self.filter(state=VersionState.DRAFT)

    def fixed(self) -> Self:
        """Texts that never change again."""
        return self.exclude(state=VersionState.DRAFT)


@pghistory.track(exclude=["blocks", "chain_length", "chain_head"])
class CovenantVersion(Checked):
    """One text of a covenant. Once two people confirmed it, its words, number and hash stay as they are."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    state = models.CharField("stand", max_length=10, choices=VersionState, default=VersionState.DRAFT)
    # A list of blocks, see `covenants.blocks`; `meaning` holds the five lines under their keys.
    blocks = models.JSONField("tekst", default=list)
    meaning = models.JSONField("wat betekent tekenen?", default=dict)
    # Counts edits of the text, so that an editor notices that somebody else was first.
    revision = models.PositiveIntegerField(default=0)
    # Of the sealed bytes as they are kept, never of a text that is rendered again.
    sha256 = models.CharField("SHA-256", max_length=64, null=True, blank=True)
    frozen_by = models.ForeignKey(
        Person, models.PROTECT, related_name="frozen_versions", null=True, blank=True
    )
    frozen_at = models.DateTimeField("voorgesteld om vast te stellen", null=True, blank=True)
    second_by = models.ForeignKey(
        Person, models.PROTECT, related_name="seconded_versions", null=True, blank=True
    )
    second_at = models.DateTimeField("bevestigd door een tweede", null=True, blank=True)
    resign_rule = models.CharField(
        "wat vraagt deze versie van wie al tekende?",
        max_length=16,
        choices=ResignRule,
        default=ResignRule.RESIGN_ALL,
    )
    effective_on = models.DateField("ingangsdatum", null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(
        "opzegtermijn in maanden", default=3, validators=[MaxValueValidator(36)]
    )
    amendment_rule = models.TextField("zo wijzigen we de tekst", blank=True, validators=[refuse_bsn])
    force_rule = models.CharField("gaat gelden", max_length=8, choices=ForceRule, default=ForceRule.AT_ONCE)
    quorum = models.PositiveSmallIntegerField(
        "aantal partijen", null=True, blank=True, validators=[MinValueValidator(2)]
    )
    accession_needs_consent = models.BooleanField(
        "partijen stemmen in met wie later toetreedt", default=False
    )
    # The evidence of this version: how many events it has, and the hash of the last.
    chain_length = models.PositiveIntegerField(default=0)
    chain_head = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField("gemaakt", db_default=Now())

    objects = CovenantVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["covenant", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["covenant", "number"],
                name="covenants_covenantversion_number_once",
                violation_error_message="Deze versie is er al.",
            ),
            models.CheckConstraint(
                condition=Q(force_rule="quorum", quorum__isnull=False)
                | (~Q(force_rule="quorum") & Q(quorum__isnull=True)),
                name="covenants_covenantversion_quorum_has_a_number",
                violation_error_message="Vul een aantal partijen in, alleen als het ingaan daarvan afhangt.",
            ),
            models.CheckConstraint(
                condition=Q(notice_months__lte=36),
                name="covenants_covenantversion_notice_within_three_years",
                violation_error_message="Vul ten hoogste 36 maanden opzegtermijn in.",
            ),
            models.UniqueConstraint(
                fields=["covenant"],
                condition=Q(state="draft"),
                name="covenants_covenantversion_one_draft",
                violation_error_message="Er is al een concept. Stel dat eerst vast.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sha256__isnull=False),
                name="covenants_covenantversion_draft_or_sha256",
            ),
            models.CheckConstraint(
                condition=Q(sha256__isnull=True) | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="covenants_covenantversion_sha256_format",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(second_by__isnull=False),
                name="covenants_covenantversion_draft_or_two_people",
            ),
            models.CheckConstraint(
                condition=Q(frozen_by__isnull=True, frozen_at__isnull=True)
                | Q(frozen_by__isnull=False, frozen_at__isnull=False),
                name="covenants_covenantversion_frozen_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True, second_at__isnull=True)
                | Q(second_by__isnull=False, second_at__isnull=False, frozen_by__isnull=False),
                name="covenants_covenantversion_second_after_first",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("frozen_by")),
                name="covenants_covenantversion_two_people",
                violation_error_message="Iemand anders dan wie het voorstelde bevestigt de tekst.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(resign_rule="tacit_after_date")
                | Q(effective_on__isnull=False),
                name="covenants_covenantversion_tacit_has_a_date",
                violation_error_message="Vul de ingangsdatum in: vanaf dan geldt de tekst voor iedereen.",
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=VERSION_MOVES,
                initial=(VersionState.DRAFT,),
                message="Deze stap kan niet vanuit de stand waarin deze versie nu is.",
            ),
            pgtrigger.Trigger(
                name="confirmed_text_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # From the confirmation on, so that what is sealed is what two people saw.
                condition=pgtrigger.Condition("OLD.state <> 'draft' OR OLD.second_by_id IS NOT NULL"),
                func=f"""
                    IF {differs(CONFIRMED)}
                       OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS DISTINCT FROM OLD.sha256)
                    THEN
                        RAISE EXCEPTION 'Deze tekst staat vast. Maak een nieuwe versie om haar te wijzigen.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="fixed_text_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state <> 'draft' OR OLD.second_by_id IS NOT NULL"),
                func="""
                    RAISE EXCEPTION 'Een vastgestelde tekst wordt niet weggegooid.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.covenant}, versie {self.number}"

    def facts(self) -> dict[str, Any]:
        """What the chain says of the text once it stands."""
        return {
            "number": self.number,
            "doc_sha256": self.sha256,
            "frozen_by": self.frozen_by.name if self.frozen_by else "",
            "frozen_at": self.frozen_at.astimezone(datetime.UTC).isoformat() if self.frozen_at else None,
            "second_by": self.second_by.name if self.second_by else "",
            "second_at": self.second_at.astimezone(datetime.UTC).isoformat() if self.second_at else None,
        }

    @property
    def came_in_later(self) -> bool:
        """Whether the text held, on paper, before two people put it on record here."""
        if self.effective_on is None or self.second_at is None:
            return False
        return self.effective_on < timezone.localdate(self.second_at)

    @property
    def second_words(self) -> str:
        """What two people did with it, as goes before the day on which they did."""
        return "in het portaal ingevoerd op" if self.came_in_later else "vastgesteld op"

    @property
    def is_draft(self) -> bool:
        """True while the words may still change or are waiting for their seal."""
        return self.state == VersionState.DRAFT

    @property
    def is_proposed(self) -> bool:
        """True while one person proposed to freeze the text and nobody confirmed it yet."""
        return self.is_draft and self.frozen_by_id is not None and self.second_by_id is None

    @property
    def is_being_sealed(self) -> bool:
        """True between the confirmation of the second person and the seal."""
        return self.is_draft and self.second_by_id is not None

    @property
    def is_editable(self) -> bool:
        """True while the words may change."""
        return self.is_draft and self.frozen_by_id is None
