"""The steps in which an organisation asks to take part, and the answer of the coordinator."""

from typing import Any

from django import forms
from django.utils import timezone

from coalitions.member_forms import tidy_kvk
from coalitions.models import Commitment, JoinRequest
from partners.models import Area, AreaKind, Organisation, OrganisationType
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect

YES, NO = "ja", "nee"
NEW = "nieuw"


class JoinOrganisationForm(forms.Form):
    """Step 1: which organisation?"""

    organisation_name = forms.CharField(
        label="Naam van de organisatie", max_length=200, validators=[refuse_bsn]
    )
    type = forms.ModelChoiceField(
        OrganisationType.objects.all(),
        label="Soort organisatie",
        to_field_name="code",
        empty_label="Kies een soort",
        widget=LongSelect,
    )
    municipality = forms.ModelChoiceField(
        Area.objects.none(),
        label="Gemeente",
        to_field_name="code",
        required=False,
        empty_label="Niet aan één gemeente verbonden",
        widget=LongSelect,
    )
    kvk = forms.CharField(
        label="KvK-nummer",
        required=False,
        max_length=12,
        help_text="8 cijfers. Dan zien we of we de organisatie al kennen.",
    )

    def __init__(self, *args: Any, known: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Area.objects.on(timezone.localdate()).filter(  # type: ignore[attr-defined]
            kind=AreaKind.MUNICIPALITY
        )
        if known:
            place = f" in {known.municipality}" if known.municipality else ""
            self.fields["is_known"] = forms.ChoiceField(
                label=f"Bij dit KvK-nummer kennen we {known}{place}. Is dat uw organisatie?",
                choices=[(YES, "Ja, dat zijn wij"), (NO, "Nee, dat is een andere organisatie")],
                widget=forms.RadioSelect,
            )

    def clean_kvk(self) -> str:
        """The digits alone, however they were typed."""
        return tidy_kvk(self.cleaned_data["kvk"])


class JoinReasonForm(forms.Form):
    """Step 2: why, and with how much energy?"""

    motivation = forms.CharField(
        label="Waarom wilt u meedoen?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[refuse_bsn],
        help_text="Schrijf niets over ouders of kinderen die u kent.",
    )
    commitment = forms.ChoiceField(
        label="Hoe wilt u meedoen?", choices=Commitment.choices, widget=forms.RadioSelect
    )
    energy = forms.CharField(
        label="Waar wilt u energie in steken?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
    )


class JoinContactForm(forms.Form):
    """Step 3: whom do we answer? The last field is a trap for robots."""

    contact_name = forms.CharField(label="Uw naam", max_length=150, validators=[refuse_bsn])
    contact_function = forms.CharField(label="Uw functie", max_length=120, validators=[refuse_bsn])
    contact_email = forms.EmailField(
        label="Uw mailadres", max_length=254, help_text="Naar dit adres gaat het antwoord."
    )
    contact_phone = forms.CharField(label="Telefoon", max_length=20, required=False)
    fax = forms.CharField(
        label="Laat dit veld leeg",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        help_text="Dit veld houdt robots tegen.",
    )
    fax.marks_optional = False  # type: ignore[attr-defined]

    def clean_fax(self) -> str:
        """Refuse who fills in everything."""
        if self.cleaned_data["fax"]:
            raise forms.ValidationError("Laat dit veld leeg. Zo weten we dat u geen robot bent.")
        return ""


STEPS: dict[str, tuple[str, type[forms.Form]]] = {
    "organisatie": ("Uw organisatie", JoinOrganisationForm),
    "waarom": ("Waarom en hoe", JoinReasonForm),
    "contact": ("Uw gegevens", JoinContactForm),
}
CHECK = "controleren"


class JoinAcceptForm(forms.Form):
    """Who becomes a member, and what the applicant hears."""

    organisation = forms.ChoiceField(label="Welke organisatie is dit?", widget=forms.RadioSelect, initial=NEW)
    invites = forms.BooleanField(
        label="Geef de aanmelder een account namens deze organisatie", required=False, initial=True
    )
    answer = forms.CharField(
        label="Antwoord aan de aanmelder",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Komt in de mail, onder het bericht dat de organisatie lid is.",
        validators=[refuse_bsn],
    )

    def __init__(
        self, *args: Any, request: JoinRequest, candidates: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(one.pk): one for one in candidates}
        field = self.fields["organisation"]
        field.choices = [  # type: ignore[attr-defined]
            *((key, f"{one} ({_described(one)})") for key, one in self.candidates.items()),
            (NEW, f"Een nieuwe organisatie: {request.organisation_name}"),
        ]
        if request.matched_organisation_id:
            field.initial = str(request.matched_organisation_id)

    @property
    def chosen(self) -> Organisation | None:
        """The known organisation that was chosen; None for a new one."""
        return self.candidates.get(self.cleaned_data["organisation"])


class JoinRejectForm(forms.Form):
    """Why not; the applicant reads this."""

    answer = forms.CharField(
        label="Waarom kan de organisatie niet meedoen?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Dit staat zo in de mail aan de aanmelder.",
        error_messages={"required": "Schrijf waarom. Dat gaat per mail naar de aanmelder."},
        validators=[refuse_bsn],
    )


def _described(organisation: Organisation) -> str:
    place = f", {organisation.municipality}" if organisation.municipality else ""
    return f"{organisation.type}{place}{f', KvK {organisation.kvk}' if organisation.kvk else ''}"
