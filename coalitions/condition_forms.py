"""What a coordinator fills in about how the coalition stands."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from coalitions.forms import DayField
from coalitions.groups import participants
from coalitions.models import CheckState, Coalition, Condition, Requirement, Score
from partners.models import OrganisationType, Person
from portal.files import UploadField
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect


def _words(label: str, *, longest: int, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
        **kwargs,
    )


class _StatesForm(forms.Form):
    """A state and a note for each of several things."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def _ask(self, key: str, label: str, choices: Any, help_text: str, held: tuple[str, str]) -> None:
        self.fields[f"{key}_state"] = forms.ChoiceField(
            label=label,
            choices=choices,
            widget=forms.RadioSelect,
            help_text=help_text,
            initial=held[0] or None,
            error_messages={"required": "Kies een van de antwoorden."},
        )
        self.fields[f"{key}_note"] = forms.CharField(
            label=f"Toelichting bij {label}",
            max_length=300,
            required=False,
            initial=held[1],
            validators=[refuse_bsn],
        )

    def _answer(self, key: str) -> tuple[str, str]:
        return self.cleaned_data[f"{key}_state"], self.cleaned_data[f"{key}_note"]


class ConditionScoreForm(_StatesForm):
    """The yearly measuring."""

    def __init__(
        self,
        *args: Any,
        conditions: Iterable[Condition],
        held: Mapping[int, tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = list(conditions)
        for one in self.conditions:
            self._ask(f"c{one.pk}", one.name, Score.choices, one.question, held.get(one.pk, ("", "")))

    @property
    def scores(self) -> dict[Condition, tuple[str, str]]:
        """Score and note of each condition."""
        return {one: self._answer(f"c{one.pk}") for one in self.conditions}


class RequirementForm(_StatesForm):
    """The checklist of one municipality."""

    def __init__(
        self,
        *args: Any,
        requirements: Iterable[Requirement],
        held: Mapping[int, tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.requirements = list(requirements)
        for one in self.requirements:
            self._ask(f"r{one.pk}", one.text, CheckState.choices, one.agreement, held.get(one.pk, ("", "")))

    @property
    def states(self) -> dict[Requirement, tuple[str, str]]:
        """State and note of each requirement."""
        return {one: self._answer(f"r{one.pk}") for one in self.requirements}


class ConditionForm(forms.Form):
    """A condition of one's own."""

    name = forms.CharField(label="Naam", max_length=80, validators=[refuse_bsn])
    question = forms.CharField(
        label="Vraag die je elk jaar beantwoordt", max_length=200, validators=[refuse_bsn]
    )


class AgreementForm(forms.Form):
    """An agreement on how to work together."""

    title = forms.CharField(label="Titel", max_length=150, validators=[refuse_bsn])
    version = forms.CharField(label="Versie", max_length=20)
    party_types = forms.ModelMultipleChoiceField(
        OrganisationType.objects.all(),
        label="Tussen welke soorten organisaties?",
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = DayField(label="Geldt vanaf")
    review_on = DayField(label="Opnieuw bekijken op", required=False, initial=None)
    file = UploadField(label="Bestand", required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PartnerReviewForm(forms.Form):
    """What the yearly talk gave."""

    held_on = DayField(label="Gesprek op")
    effort = _words("Inzet: wat bracht de partner in?", longest=1000)
    result = _words("Resultaat: wat leverde het op?", longest=1000)
    follow_up = _words("Vervolg: wat spreken we af?", longest=1000, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ListEntryForm(forms.Form):
    """A line on a list, and who looks after it."""

    title = forms.CharField(label="Titel", max_length=200, validators=[refuse_bsn])
    explanation = _words("Toelichting", longest=1000, required=False)
    url = forms.URLField(label="Link", required=False, assume_scheme="https")
    owner = forms.ModelChoiceField(
        Person.objects.none(), label="Wie zorgt hiervoor?", empty_label="Kies iemand", widget=LongSelect
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = participants(coalition)  # type: ignore[attr-defined]
