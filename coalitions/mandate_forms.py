"""What people fill in about the power to sign."""

from typing import Any

from django import forms
from django.utils import timezone

from coalitions.forms import DayField
from partners.models import Area, MandateKind, Organisation, Representative
from partners.models.mandates import IN_A_REGISTER, NEEDS
from portal.files import UploadField
from portal.text_guard import refuse_bsn

NEEDS_EVIDENCE = "Voeg het stuk toe waaruit dit blijkt. Alleen wat in een register staat, kan zonder."


class RepresentativeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Representative) -> str:
        return f"{obj.person} ({obj.function})"


class MandateRequestForm(forms.Form):
    """Who may sign for the organisation, on what ground, and since when."""

    representative = RepresentativeChoice(
        Representative.objects.none(), label="Wie mag tekenen?", empty_label="Kies een persoon"
    )
    kind = forms.ChoiceField(
        label="Waar blijkt dat uit?", choices=MandateKind.choices, widget=forms.RadioSelect
    )
    need = forms.TypedChoiceField(
        label="Hoeveel mensen tekenen samen?",
        coerce=int,
        choices=NEEDS,
        initial=1,
        help_text="Alleen bevoegd: één handtekening is genoeg. Gezamenlijk bevoegd: kies hoeveel "
        "mensen samen tekenen, en vraag dit voor ieder van hen aan.",
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="Waarvoor geldt het?",
        required=False,
        empty_label="Alles waarvoor de organisatie tekent",
    )
    evidence = UploadField(label="Bewijsstuk", required=False)
    note = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=300,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bijvoorbeeld het nummer van het besluit. Geen burgerservicenummer.",
    )
    valid_from = DayField(label="Geldig vanaf")
    valid_to = DayField(label="Geldig tot", required=False, initial=None)

    def __init__(self, *args: Any, organisation: Organisation, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["representative"]
        people.queryset = (
            organisation.representatives.current().select_related("person").order_by("person__sort_key", "pk")
        )
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        # Whether it may stay empty depends on the ground.
        self.fields["evidence"].marks_optional = False  # type: ignore[attr-defined]
        self.fields["evidence"].help_text += " Niet nodig voor wie in een openbaar register staat."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind and kind not in IN_A_REGISTER and "evidence" in cleaned and not cleaned["evidence"]:
            self.add_error("evidence", NEEDS_EVIDENCE)
        ends = cleaned.get("valid_to")
        if ends and ends <= max(cleaned.get("valid_from") or ends, timezone.localdate()):
            self.add_error("valid_to", "Kies een einddatum na vandaag en na de begindatum.")
        return cleaned


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(
        label="Reden",
        max_length=300,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = help_text
