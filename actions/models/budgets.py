"""The money of a coalition in one year, and what each municipality puts in."""

from decimal import Decimal

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from coalitions.models import Coalition
from partners.models import Area
from portal.addresses import address_of
from portal.checked import Checked
from portal.names import sort_key_of
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, requires

FIRST_YEAR, LAST_YEAR = 2015, 2100


class SourceKind(models.TextChoices):
    IMPULSE = "impuls", "impulsgelden Kansrijke Start"
    GIDS = "gids", "GIDS-gelden"
    SPUK_GALA = "spuk_gala", "brede SPUK (GALA)"
    IZA = "iza", "IZA-middelen"
    INNOVATION = "innovation", "sociaal innovatiebudget"
    PROVINCE = "province", "provincie"
    INSURER = "insurer", "zorgverzekeraar"
    OWN = "own", "eigen middelen"
    IN_KIND = "in_kind", "uren en ruimte"
    OTHER = "other", "iets anders"


class ShareKey(models.TextChoices):
    EQUAL = "equal", "Gelijk: elke gemeente evenveel"
    INHABITANTS = "inhabitants", "Naar inwoners"
    BIRTHS = "births", "Naar geboorten"
    WEIGHTED = "weighted", "Gewogen: ongelijk waar dat nodig is"
    MANUAL = "manual", "Zelf invullen: een bedrag per gemeente"


class BudgetState(models.TextChoices):
    DRAFT = "draft", "Concept"
    ADOPTED = "adopted", "Vastgesteld"
    CLOSED = "closed", "Afgesloten"


BUDGET_MOVES: dict[str, tuple[str, ...]] = {
    BudgetState.DRAFT: (BudgetState.ADOPTED,),
    BudgetState.ADOPTED: (BudgetState.DRAFT, BudgetState.CLOSED),
}


@pghistory.track()
class FundingSource(Checked):
    """Where money comes from, under which conditions, and in which years."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="funding_sources")
    name = models.CharField("naam", max_length=120, validators=[refuse_bsn])
    kind = models.CharField("soort", max_length=12, choices=SourceKind)
    conditions = models.TextField("voorwaarden", max_length=1000, blank=True, validators=[refuse_bsn])
    first_year = models.PositiveSmallIntegerField("eerste jaar", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("laatste jaar", null=True, blank=True)
    sort_key = sort_key_of("name")

    class Meta:
        verbose_name = "geldbron"
        verbose_name_plural = "geldbronnen"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "name"],
                name="actions_fundingsource_name_once",
                violation_error_message="Deze geldbron is er al. Kies een andere naam.",
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True)
                | Q(first_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="actions_fundingsource_years_in_order",
                violation_error_message="Het laatste jaar ligt voor het eerste jaar.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> str:
        """The years in which it gives, such as "2023–2027", "vanaf 2023" or "elk jaar"."""
        if self.first_year is None and self.last_year is None:
            return "elk jaar"
        if self.last_year is None:
            return f"vanaf {self.first_year}"
        if self.first_year is None:
            return f"tot en met {self.last_year}"
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"

    def gives_in(self, year: int) -> bool:
        """Whether money of this source may be spent in `year`."""
        return (self.first_year is None or self.first_year <= year) and (
            self.last_year is None or year <= self.last_year
        )


@pghistory.track()
class BudgetYear(Checked):
    """One year of money: what the municipalities put in together, and how they divide it."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="budget_years")
    year = models.PositiveSmallIntegerField(
        "jaar",
        validators=[
            MinValueValidator(FIRST_YEAR, f"Vul een jaar in vanaf {FIRST_YEAR}."),
            MaxValueValidator(LAST_YEAR, f"Vul een jaar in tot en met {LAST_YEAR}."),
        ],
    )
    to_share = models.DecimalField(
        "bedrag dat de gemeenten samen inleggen", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    key = models.CharField("verdeelsleutel", max_length=12, choices=ShareKey, blank=True)
    key_source = models.CharField(
        "bron van de aantallen", max_length=200, blank=True, validators=[refuse_bsn]
    )
    state = models.CharField("stand", max_length=8, choices=BudgetState, default=BudgetState.DRAFT)

    class Meta:
        verbose_name = "begroting"
        verbose_name_plural = "begrotingen"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "year"],
                name="actions_budgetyear_once_a_year",
                violation_error_message="Voor dit jaar is er al een begroting.",
            ),
            models.CheckConstraint(
                condition=Q(to_share__gte=0),
                name="actions_budgetyear_shares_no_debt",
                violation_error_message="Vul een bedrag in van 0 euro of meer.",
            ),
        ]
        triggers = [
            Transitions(
                name="moves",
                field="state",
                allowed=BUDGET_MOVES,
                initial=(BudgetState.DRAFT,),
                message="Deze stap kan niet bij een begroting.",
            ),
            requires(
                name="shares_add_up",
                condition=(
                    "NEW.state = 'draft' OR NEW.to_share = "
                    "(SELECT coalesce(sum(amount), 0) FROM actions_share WHERE budget_year_id = NEW.id)"
                ),
                message="De bedragen per gemeente zijn samen niet het hele bedrag. Verdeel het opnieuw.",
            ),
        ]

    def __str__(self) -> str:
        return f"Begroting {self.year}"

    def get_absolute_url(self) -> str:
        return address_of("actions:budget-detail", self.coalition.slug, self.year)


@pghistory.track()
class Share(Checked):
    """What one municipality puts in; all of a year add up to the whole, to the cent."""

    budget_year = models.ForeignKey(BudgetYear, models.PROTECT, related_name="shares")
    municipality = models.ForeignKey(Area, models.PROTECT, related_name="budget_shares")
    weight = models.DecimalField("gewicht", max_digits=14, decimal_places=2)
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "inleg van een gemeente"
        verbose_name_plural = "inleg van gemeenten"
        ordering = ["municipality__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget_year", "municipality"], name="actions_share_once_a_municipality"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, amount__gte=0), name="actions_share_is_no_debt"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_in_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF (SELECT state FROM actions_budgetyear
                        WHERE id = coalesce(NEW.budget_year_id, OLD.budget_year_id)) <> 'draft' THEN
                        RAISE EXCEPTION 'Deze begroting is vastgesteld. De verdeling verandert niet meer.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN coalesce(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.amount}"
