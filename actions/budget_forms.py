"""What people fill in about money; the operations write."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from actions.models import (
    Action,
    BudgetYear,
    Decision,
    FundingSource,
    JointPurchase,
    ShareKey,
    SourceKind,
)
from actions.models.budgets import FIRST_YEAR, LAST_YEAR
from coalitions.forms import DayField
from coalitions.models import Coalition
from partners.models import Area, Organisation
from portal.euros import MOST_EUROS, euros, read_euros
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect

AMOUNT_WORDS = "Vul een bedrag in, zoals 12.500 of 12.500,50."


class EuroField(forms.Field):
    """An amount as it is written in Dutch, of nothing or more."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """As `read_euros` reads it; the sign is not asked for."""
        return euros(value).lstrip("€\N{NO-BREAK SPACE}") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        amount = read_euros(str(value))
        if amount is None or amount > MOST_EUROS:
            raise forms.ValidationError(AMOUNT_WORDS)
        return amount


class NumberField(EuroField):
    """A number of inhabitants or births, a weight or an amount: what the key asks for."""

    def to_python(self, value: Any) -> Decimal:
        return super().to_python(value) or Decimal(0)


class YearField(forms.IntegerField):
    """A year in four digits."""

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "min_value": f"Vul een jaar in vanaf {FIRST_YEAR}.",
            "max_value": f"Vul een jaar in tot en met {LAST_YEAR}.",
            "invalid": "Vul een jaar in met vier cijfers, zoals 2027.",
        }
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages=words, **kwargs)


class BudgetYearForm(forms.Form):
    """The year of a new budget."""

    year = YearField(label="Jaar")


class FundingSourceForm(forms.Form):
    """Where money comes from."""

    name = forms.CharField(label="Naam", max_length=120, validators=[refuse_bsn])
    kind = forms.ChoiceField(label="Soort", choices=SourceKind)
    conditions = forms.CharField(
        label="Voorwaarden",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
    )
    first_year = forms.IntegerField(
        label="Eerste jaar", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    last_year = forms.IntegerField(
        label="Laatste jaar", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )


class AreaNumbersForm(forms.Form):
    """A form with one number for each municipality of the coalition."""

    number: type[forms.Field] = NumberField

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {f"gemeente-{area.code}": area for area in areas}
        for name, area in self.areas.items():
            field = self.fields[name] = self.number(label=area.name, required=False)
            # Empty is nothing, which needs no word at each of them.
            field.marks_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Puts the numbers together, by municipality, in `numbers`."""
        cleaned = super().clean() or {}
        numbers = {area: cleaned.pop(name) for name, area in self.areas.items() if name in cleaned}
        return {**cleaned, "numbers": numbers}


class ShareForm(AreaNumbersForm):
    """What the municipalities put in together, and by which key it is divided."""

    key = forms.ChoiceField(label="Verdeelsleutel", choices=ShareKey, widget=forms.RadioSelect)
    to_share = EuroField(
        label="Bedrag dat de gemeenten samen inleggen",
        required=False,
        help_text="Bij ‘Zelf invullen’ hoeft dit niet: dan telt het portaal de bedragen op.",
    )
    key_source = forms.CharField(
        label="Waar komen de aantallen vandaan?",
        max_length=200,
        required=False,
        help_text="Nodig bij inwoners en geboorten. Bijvoorbeeld: CBS, inwoners op 1 januari 2023.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("key") != ShareKey.MANUAL
            and not cleaned.get("to_share")
            and "to_share" not in self.errors
        ):
            self.add_error("to_share", AMOUNT_WORDS)
        if cleaned.get("key") in (ShareKey.INHABITANTS, ShareKey.BIRTHS) and not cleaned.get("key_source"):
            self.add_error("key_source", "Schrijf op waar deze aantallen vandaan komen.")
        return cleaned


class ContributionForm(forms.Form):
    """What an organisation says that it will put in."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Wie?",
        widget=LongSelect,
        empty_label="Kies een organisatie",
    )
    amount = EuroField(label="Bedrag", required=False)
    hours = forms.IntegerField(label="Uren", required=False, min_value=1, max_value=100_000)
    source = forms.ModelChoiceField(
        FundingSource.objects.none(), label="Geldbron", required=False, empty_label="Niet bekend"
    )
    earmark = forms.CharField(
        label="Alleen voor",
        max_length=200,
        required=False,
        help_text="Als dit geld maar voor één ding bedoeld is.",
        validators=[refuse_bsn],
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = coalition.memberships.members().values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=members)  # type: ignore[attr-defined]
        self.fields["source"].queryset = coalition.funding_sources.all()  # type: ignore[attr-defined]

    def clean_amount(self) -> Decimal:
        """Hours alone are a contribution as well."""
        return self.cleaned_data["amount"] or Decimal(0)


class DecisionDayForm(forms.Form):
    """When and by whom a contribution was decided."""

    on = DayField(label="Besloten op")
    decision_ref = forms.CharField(
        label="Welk besluit?",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: college, 12 mei, nummer 45.",
        validators=[refuse_bsn],
    )


class ReasonForm(forms.Form):
    """Why a contribution does not come after all."""

    reason = forms.CharField(label="Waarom?", max_length=300, validators=[refuse_bsn])


class AllocationForm(forms.Form):
    """Money for an action, a purchase together, or something of the coalition itself."""

    action = forms.ModelChoiceField(
        Action.objects.none(),
        label="Voor welke actie?",
        required=False,
        empty_label="Niet voor een actie",
        widget=LongSelect,
    )
    purchase = forms.ModelChoiceField(
        JointPurchase.objects.none(),
        label="Of voor welke inkoop?",
        required=False,
        empty_label="Niet voor een inkoop",
    )
    purpose = forms.CharField(
        label="Of waar anders voor?",
        max_length=150,
        required=False,
        help_text="Bijvoorbeeld: coördinatie, zaalhuur.",
        validators=[refuse_bsn],
    )
    amount = EuroField(label="Bedrag")
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label="Welke bijeenkomst besloot dit?",
        required=False,
        empty_label="Geen besluit van een bijeenkomst",
    )
    overcommit_reason = forms.CharField(
        label="Meer toegekend dan besloten? Waarom kan dat?",
        max_length=300,
        required=False,
        validators=[refuse_bsn],
    )

    def __init__(self, *args: Any, budget: BudgetYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coalition = budget.coalition
        self.fields["action"].queryset = coalition.actions.order_by("number")  # type: ignore[attr-defined]
        self.fields["purchase"].queryset = budget.purchases.all()  # type: ignore[attr-defined]
        self.fields["decision"].queryset = Decision.objects.filter(meeting__coalition=coalition)  # type: ignore[attr-defined]


class ExpenseForm(forms.Form):
    """What was paid out of an allocation."""

    on = DayField(label="Betaald op")
    amount = EuroField(label="Bedrag")
    description = forms.CharField(label="Waarvoor?", max_length=200, validators=[refuse_bsn])


class PlacesField(forms.IntegerField):
    """How many places a municipality takes; empty is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100_000, **kwargs)

    def to_python(self, value: Any) -> int:
        return super().to_python(value) or 0


class JointPurchaseForm(AreaNumbersForm):
    """A purchase together, with the places of each municipality."""

    number = PlacesField

    name = forms.CharField(label="Wat kopen jullie in?", max_length=150, validators=[refuse_bsn])
    supplier = forms.CharField(label="Bij wie?", max_length=150, required=False, validators=[refuse_bsn])
    unit_price = EuroField(label="Prijs per plek")
