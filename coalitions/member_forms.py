"""Forms on the life of a membership: they check and tidy; the operations write."""

import datetime
from typing import Any

from django import forms

from coalitions.forms import DayField
from coalitions.models import Channel, MembershipState
from partners.models import Area, AreaKind, OrganisationType
from portal.text_guard import refuse_bsn

REASON_LENGTH = 300


class SearchForm(forms.Form):
    """Look in the register before adding something new."""

    marks_optional_fields = False
    zoek = forms.CharField(
        label="Naam of KvK-nummer",
        max_length=200,
        help_text="Misschien kent het portaal de organisatie al, van een andere coalitie.",
    )


class MembershipStepForm(forms.Form):
    """When a step was taken and why; `seen` is the state on the screen of who takes it."""

    on = DayField(label="Datum")
    reason = forms.CharField(
        label="Toelichting",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
    )
    seen = forms.ChoiceField(choices=MembershipState.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: str = "", needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question:
            self.fields["on"].label = question
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].label = "Waarom?"
            self.fields["reason"].error_messages["required"] = "Schrijf kort op waarom."


class MembershipMoveForm(forms.Form):
    """A move on the board: the step, and the state that the board showed."""

    naar = forms.CharField(max_length=20)
    seen = forms.ChoiceField(choices=MembershipState.choices)


class ContributionForm(forms.Form):
    """What the organisation is in the coalition."""

    contribution_role = forms.CharField(
        label="Rol in de coalitie",
        max_length=120,
        required=False,
        help_text="Bijvoorbeeld: initiatiefnemer, financier, deelnemer.",
        validators=[refuse_bsn],
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OrganisationAddForm(forms.Form):
    """An organisation that the portal does not know yet."""

    name = forms.CharField(label="Naam", max_length=200, validators=[refuse_bsn])
    type = forms.ModelChoiceField(OrganisationType.objects.all(), label="Soort", empty_label="Kies een soort")
    municipality = forms.ModelChoiceField(
        Area.objects.none(),
        label="Gemeente",
        required=False,
        empty_label="Niet aan één gemeente verbonden",
        to_field_name="code",
    )
    kvk = forms.CharField(label="KvK-nummer", required=False, max_length=12)
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    general_email = forms.EmailField(label="Algemeen mailadres", required=False)
    reason = forms.CharField(
        label="Waarom wil je deze organisatie erbij?",
        required=False,
        max_length=REASON_LENGTH,
        validators=[refuse_bsn],
    )
    is_new = forms.BooleanField(
        label="Het is een andere organisatie. Voeg haar toe.", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Area.objects.on(on).filter(  # type: ignore[attr-defined]
            kind=AreaKind.MUNICIPALITY
        )

    @property
    def details(self) -> dict[str, Any]:
        """For `coalitions.members.add_new`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_new"}

    def ask_again(self) -> None:
        """Show the box with which somebody says that it is another one."""
        self.fields["is_new"].widget = forms.CheckboxInput()

    def clean_kvk(self) -> str:
        """The digits alone, however they were typed."""
        return tidy_kvk(self.cleaned_data["kvk"])


def _text(label: str, *, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        validators=[refuse_bsn],
    )


class ContactForm(forms.Form):
    """A talk: what was said, and what comes next."""

    on = DayField(label="Datum")
    channel = forms.ChoiceField(label="Soort contact", choices=Channel, initial=Channel.TALK)
    spoken_with = forms.CharField(
        label="Met wie sprak je?", max_length=150, required=False, validators=[refuse_bsn]
    )
    important = _text("Wat vinden zij belangrijk?")
    stuck = _text("Knelpunten: wat zit vast?")
    energy = _text("Energie: waar willen zij aan meewerken?")
    working_method = _text("Werkwijze: hoe werken zij nu?")
    vision = _text("Visie: waar willen zij heen?")
    next_step = forms.CharField(
        label="Volgende stap",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: bel terug over het convenant.",
        validators=[refuse_bsn],
    )
    due = DayField(label="Uiterlijk op", required=False, initial=None)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("due") and not cleaned.get("next_step"):
            self.add_error("next_step", "Schrijf op wat de volgende stap is, of haal de datum weg.")
        return cleaned


def tidy_kvk(text: str) -> str:
    """A KvK number without spaces and dots; refused where it has not 8 digits."""
    digits = "".join(text.split()).replace(".", "")
    if digits and not (digits.isdigit() and len(digits) == 8):
        raise forms.ValidationError("Een KvK-nummer heeft 8 cijfers.")
    return digits
