"""What the money goes to: an action, a purchase together, or the costs of working together."""

import pghistory
import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from actions.models.actions import Action
from actions.models.budgets import BudgetYear
from actions.models.contributions import SURE_STATES
from actions.models.decisions import Decision
from partners.models import Area
from portal.checked import Checked
from portal.text_guard import refuse_bsn


@pghistory.track()
class JointPurchase(Checked):
    """Something that municipalities buy together, by the place."""

    budget_year = models.ForeignKey(BudgetYear, models.PROTECT, related_name="purchases")
    name = models.CharField("wat kopen jullie in?", max_length=150, validators=[refuse_bsn])
    supplier = models.CharField("bij wie?", max_length=150, blank=True, validators=[refuse_bsn])
    unit_price = models.DecimalField("prijs per plek", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "gezamenlijke inkoop"
        verbose_name_plural = "gezamenlijke inkoop"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit_price__gt=0),
                name="actions_jointpurchase_has_a_price",
                violation_error_message="Vul een prijs in van meer dan 0 euro.",
            ),
            models.UniqueConstraint(
                fields=["budget_year", "name"],
                name="actions_jointpurchase_once_a_year",
                violation_error_message="Deze inkoop staat er dit jaar al. Pas die aan.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class PurchaseShare(Checked):
    """How many places one municipality takes."""

    purchase = models.ForeignKey(JointPurchase, models.CASCADE, related_name="shares")
    municipality = models.ForeignKey(Area, models.PROTECT, related_name="purchase_shares")
    places = models.PositiveIntegerField("plekken", validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = "plekken van een gemeente"
        verbose_name_plural = "plekken van gemeenten"
        ordering = ["municipality__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["purchase", "municipality"], name="actions_purchaseshare_once_a_municipality"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="actions_purchaseshare_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.places}"


@pghistory.track()
class Allocation(Checked):
    """Money of one year for one purpose. With neither action nor purchase it pays the coalition itself."""

    budget_year = models.ForeignKey(BudgetYear, models.PROTECT, related_name="allocations")
    action = models.ForeignKey(
        Action, models.PROTECT, related_name="allocations", verbose_name="actie", null=True, blank=True
    )
    purchase = models.ForeignKey(
        JointPurchase,
        models.PROTECT,
        related_name="allocations",
        verbose_name="gezamenlijke inkoop",
        null=True,
        blank=True,
    )
    purpose = models.CharField("waarvoor?", max_length=150, blank=True, validators=[refuse_bsn])
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)
    # Money may be decided in a meeting before there is any programme.
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        related_name="allocations",
        verbose_name="besluit van een bijeenkomst",
        null=True,
        blank=True,
    )
    overcommit_reason = models.CharField(
        "waarom kan het toch?", max_length=300, blank=True, validators=[refuse_bsn]
    )

    class Meta:
        verbose_name = "toekenning"
        verbose_name_plural = "toekenningen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="actions_allocation_is_something",
                violation_error_message="Vul een bedrag in van meer dan 0 euro.",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=False, purchase__isnull=True, purpose="")
                | Q(action__isnull=True, purchase__isnull=False, purpose="")
                | (Q(action__isnull=True, purchase__isnull=True) & ~Q(purpose="")),
                name="actions_allocation_for_one_thing",
                violation_error_message=(
                    "Kies één ding waar het geld naartoe gaat: een actie, een inkoop of een omschrijving."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_what_is_sure",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                # The lock on the year makes two allocations at once follow each other.
                func=f"""
                    PERFORM 1 FROM actions_budgetyear WHERE id = NEW.budget_year_id FOR UPDATE;
                    IF NEW.overcommit_reason = '' AND NEW.amount + (
                        SELECT coalesce(sum(amount), 0) FROM actions_allocation
                        WHERE budget_year_id = NEW.budget_year_id AND id <> NEW.id
                    ) > (
                        SELECT coalesce(sum(amount), 0) FROM actions_contribution
                        WHERE budget_year_id = NEW.budget_year_id
                          AND state IN ({", ".join(f"'{state}'" for state in SURE_STATES)})
                    ) THEN
                        RAISE EXCEPTION 'Er is dan meer toegekend dan besloten. Schrijf op waarom dat kan.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.purpose or str(self.action or self.purchase)


@pghistory.track()
class Expense(Checked):
    """What was paid out of an allocation."""

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="expenses")
    on = models.DateField("betaald op")
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)
    description = models.CharField("omschrijving", max_length=200, validators=[refuse_bsn])

    class Meta:
        verbose_name = "uitgave van geld"
        verbose_name_plural = "uitgaven van geld"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="actions_expense_is_something",
                violation_error_message="Vul een bedrag in van meer dan 0 euro.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.description}"
