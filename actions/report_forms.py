"""The page of at most six fields on which somebody says how an action goes, and the rounds around it."""

from typing import Any

from django import forms

from actions.fields import line, words
from actions.models import StatusClaim
from coalitions.forms import DayField


class ReportForm(forms.Form):
    """How it goes; a draft may be kept with anything left open."""

    claim = forms.ChoiceField(label="Hoe gaat het?", choices=StatusClaim, widget=forms.RadioSelect)
    done_text = words("Wat is gedaan?", longest=2000)
    stuck_text = words("Wat zit vast?", longest=2000, required=False)
    help_text = words("Welke hulp is nodig?", longest=1000, required=False, rows=2)
    next_text = words("Wat is de volgende stap?", longest=1000, required=False, rows=2)
    lesson = words("Wat leerden jullie?", longest=2000, required=False)

    def clean(self) -> dict[str, Any]:
        """Who is stuck says on what."""
        cleaned = super().clean() or {}
        if cleaned.get("claim") == StatusClaim.STUCK and not cleaned.get("stuck_text"):
            self.add_error("stuck_text", "Schrijf op wat er vastzit.")
        return cleaned


class ReportDraftForm(ReportForm):
    """The same while somebody writes: nothing is obliged yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        """A draft need not fit together."""
        return self.cleaned_data


class ReturnForm(forms.Form):
    """The question with which a report goes back."""

    question = line("Wat wil je nog weten?", longest=500)


class RoundForm(forms.Form):
    """When a round opens, and until when it asks."""

    title = line("Titel", longest=80, help_text="Bijvoorbeeld: Eerste halfjaar 2027.")
    opens_on = DayField(label="Gaat open op", initial=None)
    due_on = DayField(label="Melden uiterlijk op", initial=None)
    fixes_after_days = forms.IntegerField(
        label="Dagen om een bericht na te kijken",
        min_value=1,
        max_value=90,
        initial=10,
        help_text="Wat je dan nog niet terugstuurde, wordt vanzelf vastgesteld.",
    )

    def clean(self) -> dict[str, Any]:
        """Say early that nobody can report before the round opens."""
        cleaned = super().clean() or {}
        opens, due = cleaned.get("opens_on"), cleaned.get("due_on")
        if opens and due and due <= opens:
            self.add_error("due_on", "Kies een dag na de opening.")
        return cleaned


class ReopenForm(forms.Form):
    """Why a round that was fixed opens again."""

    reason = line("Waarom gaat de ronde opnieuw open?", longest=300)
