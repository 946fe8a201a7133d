"""What a coordinator fills in for the board page, and what who governs answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from coalitions.forms import DayField
from monitoring.catalogue import Definition
from monitoring.models import AnswerKind
from monitoring.models.board import MOST_HEADLINES
from monitoring.presenters.themes import THEME_NAMES
from partners.models import Organisation
from portal.text_guard import refuse_bsn


class HeadlineForm(forms.Form):
    """Which indicators lead, from the first place to the last."""

    def __init__(self, *args: Any, fit: Iterable[Definition], held: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for definition in fit:
            grouped.setdefault(THEME_NAMES[definition.theme], []).append((definition.code, definition.name))
        choices = [("", "Geen"), *grouped.items()]
        for place in range(1, MOST_HEADLINES + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=f"Kerncijfer {place}",
                choices=choices,
                required=False,
                initial=held[place - 1] if place <= len(held) else "",
            )

    @property
    def codes(self) -> list[str]:
        """The codes that were chosen, without the empty places."""
        places = (self.cleaned_data[f"place_{place}"] for place in range(1, MOST_HEADLINES + 1))
        return [code for code in places if code]


class ProposalForm(forms.Form):
    """One thing that those who govern might be asked."""

    question = forms.CharField(
        label="Wat vraag je?",
        max_length=140,
        help_text="In één zin. Bijvoorbeeld: Neem Nu Niet Zwanger op in de begroting van 2027.",
        validators=[refuse_bsn],
    )
    explanation = forms.CharField(
        label="Toelichting",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_bsn],
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Aan wie?", required=False, empty_label="Alle bestuurders"
    )

    def __init__(self, *args: Any, governments: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.marks_optional = False
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in governments])
        field.choices = [("", field.empty_label), *((one.pk, one.name) for one in governments)]


class BoardItemForm(ProposalForm):
    """One thing to ask of those who govern, and until when."""

    due_on = DayField(label="Uiterlijk op welke dag?", initial=None)


class TakeOverForm(forms.Form):
    """Until when what was proposed is asked."""

    due_on = DayField(label="Uiterlijk op welke dag?", initial=None)


class DeclineProposalForm(forms.Form):
    """Why what was proposed is not asked."""

    reason = forms.CharField(
        label="Waarom niet?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wie het voorstelde, leest dit in een mail.",
        validators=[refuse_bsn],
    )


class AnswerForm(forms.Form):
    """What who governs says of it."""

    kind = forms.ChoiceField(
        label="Uw antwoord",
        choices=AnswerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een van de antwoorden."},
    )
    note = forms.CharField(
        label="Toelichting",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_bsn],
    )
