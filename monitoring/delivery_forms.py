"""What an analyst fills in about one delivery."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from monitoring.catalogue import load_definitions
from monitoring.deliveries import FIXABLE
from monitoring.models import Delivery
from monitoring.readers import COLUMNS, OPTIONAL
from monitoring.readers.values import period

LABELS = {
    "gemeentecode": "Code of naam van het gebied",
    "periode": "Periode",
    "indicator": "Code van het cijfer",
    "teller": "Teller: hoe vaak kwam het voor?",
    "noemer": "Noemer: op hoeveel?",
    "markering": "Markering: welke getallen noemt de bron onbetrouwbaar?",
}
ALL_COLUMNS = (*COLUMNS, *OPTIONAL)
_IN_A_COLUMN = "Nee, het staat in een kolom"
_WITHOUT_FIXED = {
    "periode": "maak het veld met ‘alle rijen’ leeg",
    "indicator": f"kies bij ‘alle rijen’: ‘{_IN_A_COLUMN}’",
}
SAMPLE = 30


class ColumnsForm(forms.Form):
    """Which column holds what, and what holds for the whole file."""

    vaste_periode = forms.CharField(
        label="Of: alle rijen gaan over deze periode",
        required=False,
        max_length=20,
        help_text="Een jaar, bijvoorbeeld 2024.",
    )
    vaste_indicator = forms.ChoiceField(label="Of: alle rijen gaan over dit cijfer", required=False)
    decimaalteken = forms.ChoiceField(
        label="Hoe zijn getallen met cijfers achter de komma geschreven?",
        required=False,
        choices=[("", "Dat staat eenduidig in het bestand"), (",", "12,5"), (".", "12.5")],
    )
    omzetten = forms.BooleanField(
        label="Tel rijen van gemeenten die toen al waren opgegaan in een andere, op bij die andere",
        required=False,
        help_text="Alleen waar een gemeente er helemaal in opging. Ontbreekt er een, dan is er geen som.",
    )

    field_order = (*ALL_COLUMNS, "vaste_periode", "vaste_indicator", "decimaalteken", "omzetten")

    def __init__(self, *args: Any, delivery: Delivery, first: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delivery = delivery
        known, fixed = delivery.mapping.get("columns", {}), delivery.mapping.get("fixed", {})
        choices = [
            (str(place), _title(delivery.header, place, first)) for place in range(len(delivery.header))
        ]
        for name in ALL_COLUMNS:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=[("", "Staat niet in het bestand"), *choices],
                required=name in COLUMNS and name not in FIXABLE,
                initial=str(known.get(name, "")),
                error_messages={"required": "Kies de kolom waarin dit staat."},
            )
        fixed_indicator: Any = self.fields["vaste_indicator"]
        fixed_indicator.choices = [
            ("", _IN_A_COLUMN),
            *((item.code, item.name) for item in load_definitions()),
        ]
        for name in FIXABLE:
            self.fields[f"vaste_{name}"].initial = fixed.get(name, "")
        self.fields["decimaalteken"].initial = delivery.mapping.get("decimal_mark", "")
        self.fields["omzetten"].initial = delivery.mapping.get("recodes", False)
        self.order_fields(list(self.field_order))

    def clean_vaste_periode(self) -> str:
        written = self.cleaned_data["vaste_periode"]
        if written and period(written) is None:
            raise ValidationError(f"‘{written}’ is geen periode. Vul één jaar in, bijvoorbeeld 2024.")
        return written

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in FIXABLE:
            if problem := self._one_of_two(name, cleaned):
                self.add_error(name, problem)
        taken: dict[str, str] = {}
        for name in ALL_COLUMNS:
            place = cleaned.get(name)
            if place and place in taken:
                other = self.fields[taken[place]].label
                self.add_error(name, ValidationError(f"Deze kolom is al gekozen bij ‘{other}’."))
            elif place:
                taken[place] = name
        return cleaned

    def _one_of_two(self, name: str, cleaned: dict[str, Any]) -> str:
        """What is wrong where a column and what holds for all rows are both there, or neither."""
        column, fixed = cleaned.get(name), cleaned.get(f"vaste_{name}")
        if column and fixed:
            title = self.delivery.header[int(column)] or f"kolom {int(column) + 1}"
            return (
                f"Je koos de kolom ‘{title}’, en vulde ook in wat voor alle rijen geldt. "
                f"Dat kan niet allebei. Kies hier ‘Staat niet in het bestand’, of {_WITHOUT_FIXED[name]}."
            )
        # What was filled in and refused has a sentence of its own.
        if column or fixed or f"vaste_{name}" in self.errors:
            return ""
        return "Kies een kolom, of vul bij ‘alle rijen’ in wat voor het hele bestand geldt."

    @property
    def mapping(self) -> dict[str, Any]:
        """As a delivery keeps it."""
        chosen = self.cleaned_data
        return {
            "columns": {name: int(chosen[name]) for name in ALL_COLUMNS if chosen[name]},
            "fixed": {name: chosen[f"vaste_{name}"] for name in FIXABLE if chosen[f"vaste_{name}"]},
            "decimal_mark": chosen["decimaalteken"],
            "recodes": chosen["omzetten"],
        }


class AcceptForm(forms.Form):
    """Accept a delivery that was checked; where something looked odd, with the reason why it is right."""

    bekeken = forms.BooleanField(
        label="Ik heb de waarschuwingen bekeken, en de cijfers kloppen",
        error_messages={"required": "Vink aan dat je de waarschuwingen bekeek."},
    )
    reden = forms.CharField(label="Waarom kloppen ze?", max_length=300)

    def __init__(self, *args: Any, has_warnings: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_warnings:
            self.fields.clear()


class UndoForm(forms.Form):
    """Take a delivery back."""

    reden = forms.CharField(label="Waarom draai je deze levering terug?", max_length=300)


def _title(header: list[str], place: int, first: list[str]) -> str:
    title = header[place] or f"Kolom {place + 1} zonder kop"
    sample = first[place] if place < len(first) else ""
    return f"{title}, bijvoorbeeld ‘{sample[:SAMPLE]}’" if sample else title
