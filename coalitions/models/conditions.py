"""How a coalition itself stands: its conditions, agreements, yearly talks, checklist and plain lists."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from coalitions.models.coalitions import Coalition
from coalitions.models.memberships import Membership
from partners.models import Area, OrganisationType, Person
from portal.checked import Checked
from portal.models import StoredFile
from portal.text_guard import refuse_bsn

FIRST_YEAR, LAST_YEAR = 2018, 2100


def _in_reach(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
        name=name,
        violation_error_message=f"Kies een jaar vanaf {FIRST_YEAR}.",
    )


class Condition(models.Model):
    """Something without which a coalition does not last; twelve for all, and more of one's own."""

    coalition = models.ForeignKey(
        Coalition, models.PROTECT, related_name="own_conditions", null=True, blank=True
    )
    code = models.SlugField("code", max_length=40)
    name = models.CharField("naam", max_length=80, validators=[refuse_bsn])
    question = models.CharField("vraag", max_length=200, validators=[refuse_bsn])
    order = models.PositiveSmallIntegerField("volgorde", default=100)

    class Meta:
        verbose_name = "randvoorwaarde"
        verbose_name_plural = "randvoorwaarden"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "code"],
                nulls_distinct=False,
                name="coalitions_condition_code_once",
                violation_error_message="Deze randvoorwaarde staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Score(models.TextChoices):
    IN_PLACE = "in_place", "Op orde"
    ATTENTION = "attention", "Vraagt aandacht"
    MISSING = "missing", "Ontbreekt"


@pghistory.track()
class ConditionScore(Checked):
    """How one condition stood in one year."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="condition_scores")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="scores")
    year = models.PositiveSmallIntegerField("jaar")
    score = models.CharField("stand", max_length=10, choices=Score)
    note = models.CharField("toelichting", max_length=500, blank=True, validators=[refuse_bsn])

    class Meta:
        verbose_name = "meting van een randvoorwaarde"
        verbose_name_plural = "metingen van randvoorwaarden"
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "condition", "year"], name="coalitions_conditionscore_once_a_year"
            ),
            _in_reach("coalitions_conditionscore_year"),
        ]

    def __str__(self) -> str:
        return f"{self.condition} {self.year}: {self.get_score_display()}"


@pghistory.track()
class Agreement(Checked):
    """How two or more kinds of organisations work together, written down (samenwerkingsafspraak)."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="agreements")
    title = models.CharField("titel", max_length=150, validators=[refuse_bsn])
    party_types = models.ManyToManyField(
        OrganisationType, related_name="agreements", verbose_name="tussen welke soorten organisaties?"
    )
    version = models.CharField("versie", max_length=20)
    valid_from = models.DateField("geldt vanaf")
    review_on = models.DateField("opnieuw bekijken op", null=True, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="agreement", null=True, blank=True)

    class Meta:
        verbose_name = "samenwerkingsafspraak"
        verbose_name_plural = "samenwerkingsafspraken"
        ordering = ["title", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "title", "version"],
                name="coalitions_agreement_version_once",
                violation_error_message="Deze versie van deze afspraak staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gt=models.F("valid_from")),
                name="coalitions_agreement_review_comes_later",
                violation_error_message="Bekijk de afspraak pas opnieuw na de dag waarop ze gaat gelden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, versie {self.version}"


@pghistory.track()
class PartnerReview(Checked):
    """The yearly talk with one partner: effort, result and what follows (jaargesprek)."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField("jaar")
    effort = models.TextField("inzet", max_length=1000, validators=[refuse_bsn])
    result = models.TextField("resultaat", max_length=1000, validators=[refuse_bsn])
    follow_up = models.TextField("vervolg", max_length=1000, blank=True, validators=[refuse_bsn])
    held_on = models.DateField("gesprek op")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="written_reviews")

    class Meta:
        verbose_name = "jaargesprek"
        verbose_name_plural = "jaargesprekken"
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "year"], name="coalitions_partnerreview_once_a_year"
            ),
            _in_reach("coalitions_partnerreview_year"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}, {self.year}"


class Requirement(models.Model):
    """What the national agreements GALA and IZA ask of each municipality."""

    code = models.SlugField("code", unique=True)
    agreement = models.CharField("akkoord", max_length=20)
    text = models.CharField("eis", max_length=200)
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "landelijke eis"
        verbose_name_plural = "landelijke eisen"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class CheckState(models.TextChoices):
    DONE = "done", "Gedaan"
    BUSY = "busy", "Mee bezig"
    NOT_YET = "not_yet", "Nog niet"


@pghistory.track()
class RequirementCheck(models.Model):
    """How far one municipality is with one requirement."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="requirement_checks")
    municipality = models.ForeignKey(Area, models.PROTECT, related_name="requirement_checks")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="checks")
    state = models.CharField("stand", max_length=10, choices=CheckState)
    note = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])

    class Meta:
        verbose_name = "stand van een landelijke eis"
        verbose_name_plural = "standen van landelijke eisen"
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "municipality", "requirement"],
                name="coalitions_requirementcheck_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.requirement}"


class ListKind(models.TextChoices):
    INFORMATION_NEED = "information_need", "informatiebehoefte"
    INITIATIVE = "initiative", "initiatief"
    POLICY_LINK = "policy_link", "aanhaking"


@pghistory.track()
class ListEntry(models.Model):
    """One line on a plain list of the coalition, with somebody who looks after it."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="list_entries")
    kind = models.CharField("lijst", max_length=20, choices=ListKind)
    title = models.CharField("titel", max_length=200, validators=[refuse_bsn])
    explanation = models.TextField("toelichting", max_length=1000, blank=True, validators=[refuse_bsn])
    url = models.URLField("link", blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="owned_entries", verbose_name="wie zorgt hiervoor?"
    )
    added_at = models.DateTimeField("toegevoegd", db_default=Now())
    done_on = models.DateField("afgehandeld op", null=True, blank=True)

    class Meta:
        verbose_name = "regel op een lijst"
        verbose_name_plural = "regels op lijsten"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
