"""Forms on roles, seats, the phase and the settings of a coalition."""

from typing import Any

from django import forms

from coalitions.forms import DayField
from coalitions.models import Coalition, Membership, Phase, Role, SeatKind, SeatLevel
from coalitions.models.coalitions import PHASE_MOVES
from partners.models import Representative
from portal.files import UploadField
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect

SOMEBODY_NEW = "nieuw"


class WorkForm(forms.Form):
    """For whom somebody works, how much, and the document that says so."""

    employer = forms.CharField(label="In dienst van", max_length=120, required=False)
    hours_per_week = forms.IntegerField(label="Uren per week", min_value=1, max_value=60, required=False)
    document = UploadField(label="Document van de opdracht", required=False)

    @property
    def work(self) -> dict[str, Any]:
        """The arguments of who gives or changes a role."""
        return {name: self.cleaned_data[name] for name in ("employer", "hours_per_week", "document")}


class WorkEditForm(WorkForm):
    """The same, corrected."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RoleHandOverForm(WorkForm):
    """Who takes over, and from when."""

    name = forms.CharField(label="Naam", max_length=150, validators=[refuse_bsn])
    email = forms.EmailField(
        label="Mailadres",
        max_length=254,
        help_text="Wie nog geen account heeft, krijgt op dit adres een uitnodiging.",
    )
    on = DayField(label="Vanaf")

    field_order: Any = (
        "name",
        "email",
        "on",
        "employer",
        "hours_per_week",
        "document",
    )


class RoleAddForm(RoleHandOverForm):
    """A role for somebody."""

    role = forms.ChoiceField(label="Rol", choices=Role, widget=forms.RadioSelect)
    until = DayField(
        label="Tot", required=False, initial=None, help_text="Vanaf deze dag geldt de rol niet meer."
    )

    field_order = ("role", "name", "email", "on", "until", "employer", "hours_per_week", "document")


class EndForm(forms.Form):
    """The day from which something no longer holds."""

    on = DayField(label="Vanaf welke dag geldt dit niet meer?")


class SeatAddForm(forms.Form):
    """Who sits for the organisation, at which level."""

    who = forms.ChoiceField(label="Wie?", widget=forms.RadioSelect)
    name = forms.CharField(label="Naam", max_length=150, required=False, validators=[refuse_bsn])
    email = forms.EmailField(
        label="Mailadres",
        max_length=254,
        required=False,
        help_text="Op dit adres komt de uitnodiging.",
    )
    function = forms.CharField(label="Functie", max_length=120, required=False, validators=[refuse_bsn])
    level = forms.ChoiceField(label="Niveau", choices=SeatLevel, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Soort zetel", choices=SeatKind, initial=SeatKind.REGULAR)
    from_date = DayField(label="Vanaf")

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speakers = membership.organisation.representatives.current().select_related("person")
        self.speakers = {str(one.pk): one for one in speakers.order_by("person__sort_key", "pk")}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            *((key, f"{one.person}, {one.function}") for key, one in self.speakers.items()),
            (SOMEBODY_NEW, "Iemand die nog niet in de lijst staat: nodig uit"),
        ]
        if not self.speakers:
            self.fields["who"].initial = SOMEBODY_NEW

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("who") == SOMEBODY_NEW:
            for field in ("name", "email", "function"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, "Dit is nodig om iemand uit te nodigen.")
        return cleaned

    @property
    def speaker(self) -> Representative | None:
        """Who was chosen of those who speak for the organisation; None for somebody new."""
        return self.speakers.get(self.cleaned_data["who"])

    @property
    def seat(self) -> dict[str, Any]:
        """The arguments of who gives the seat."""
        return {name: self.cleaned_data[name] for name in ("level", "kind", "from_date")}


class SettingsForm(forms.Form):
    """What the profile tells, and how requests to join are handled."""

    mission = forms.CharField(
        label="Waar gaan we voor?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
    )
    approach = forms.CharField(
        label="Zo werken we",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_bsn],
    )
    history = forms.CharField(
        label="Hoe het begon",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Waar de coalitie uit voortkwam, en wat er daarna gebeurde. Begin een regel met het jaar.",
        validators=[refuse_bsn],
    )
    vulnerability_note = forms.CharField(
        label="Wat wij bedoelen met kwetsbaar",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen als het bij jullie anders is dan in de begrippenlijst.",
        validators=[refuse_bsn],
    )
    look_at = forms.ModelChoiceField(
        Coalition.objects.public(),
        label="Kijk ook bij",
        required=False,
        empty_label="Geen andere coalitie",
        help_text="Een coalitie die jullie voorbeeld is.",
        widget=LongSelect,
    )
    source_note = forms.CharField(label="Bron van deze beschrijving", required=False, max_length=300)
    is_public = forms.BooleanField(label="Iedereen mag het profiel van deze coalitie zien", required=False)
    accepts_requests = forms.BooleanField(
        label="Organisaties kunnen zich aanmelden op de openbare pagina", required=False
    )
    answer_days = forms.IntegerField(
        label="Binnen hoeveel dagen krijgt een aanmelder antwoord?", min_value=1, max_value=365
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PhaseForm(forms.Form):
    """Why the coalition goes to another phase."""

    reason = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
    )
    seen = forms.ChoiceField(choices=Phase.choices, required=False, widget=forms.HiddenInput)


class StopForm(PhaseForm):
    """Why the coalition stops; it never begins again."""

    understood = forms.BooleanField(
        label="Ik begrijp dat dit niet terug te draaien is.",
        error_messages={"required": "Zet een vinkje als je dit begrijpt."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "Schrijf op waarom de coalitie stopt."


def phases_after(coalition: Coalition) -> list[Phase]:
    """The phases to which the coalition can go from where it is."""
    return [Phase(to) for to in PHASE_MOVES.get(coalition.phase, ())]
