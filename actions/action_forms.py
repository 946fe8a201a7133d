"""What people fill in about an action and its steps."""

from typing import Any

from django import forms

from actions.fields import (
    BottleneckField,
    CoalitionForm,
    GroupField,
    MemberField,
    MunicipalitiesField,
    ThemeField,
    line,
    seen,
    words,
)
from actions.models import (
    ActionKind,
    ActionPhase,
    ActionPriority,
    ActionScope,
    Factor,
    LocalState,
    PartnerRole,
)
from actions.models.local_stands import NEEDS_A_REASON, SAY_WHY
from coalitions.forms import DayField
from portal import hooks


def _figures() -> list[tuple[str, str]]:
    return [(link.code, link.name) for link in hooks.figure_links().values()]


NO_PHASE = [("", "het hele begin")]


class ProposalForm(CoalitionForm):
    """What everybody can say about an action that may come."""

    title = line("Wat gaan we doen?", longest=150, help_text="Kort, en met een werkwoord.")
    why = words("Waarom doen we dit?", longest=2000)
    result_expected = words("Wat moet het opleveren?", longest=2000, required=False)
    theme = ThemeField(label="Thema", required=False)
    kind = forms.ChoiceField(label="Soort", choices=ActionKind, initial=ActionKind.OTHER)
    phase = forms.ChoiceField(label="Moment", choices=[*NO_PHASE, *ActionPhase.choices], required=False)
    # Goes along unseen, from the figure where the idea came up.
    indicator_codes = forms.MultipleChoiceField(
        choices=_figures, widget=forms.MultipleHiddenInput, required=False
    )


class ActionForm(ProposalForm):
    """Everything about an action that who decides on it can say."""

    lead = MemberField(label="Trekker", required=False)
    lead_name = line(
        "Of: een trekker buiten de coalitie",
        longest=120,
        required=False,
        help_text="Vul maar één van de twee in.",
    )
    group = GroupField(label="Werkgroep", required=False)
    starts_on = DayField(label="Begint op", initial=None, required=False)
    due_on = DayField(label="Klaar op", initial=None, required=False)
    priority = forms.TypedChoiceField(
        label="Voorrang", choices=ActionPriority, coerce=int, initial=ActionPriority.NORMAL
    )
    scope = forms.ChoiceField(
        label="Waar?", choices=ActionScope, widget=forms.RadioSelect, initial=ActionScope.REGIONAL
    )
    areas = MunicipalitiesField(label="Welke gemeenten?")
    districts = line(
        "Welke wijken?",
        longest=200,
        required=False,
        help_text="Als het niet om hele gemeenten gaat. Namen of codes, bijvoorbeeld: Blerick, WK098305.",
    )
    factors = forms.MultipleChoiceField(
        label="Bij welke omstandigheden helpt het?",
        choices=Factor,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    indicator_codes = forms.MultipleChoiceField(
        label="Over welke cijfers gaat het?",
        choices=_figures,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_public = forms.BooleanField(label="Iedereen mag deze actie zien", required=False)

    def clean(self) -> dict[str, Any]:
        """Say early what the operation would refuse."""
        cleaned = super().clean() or {}
        if cleaned.get("scope") == ActionScope.LOCAL and not cleaned.get("areas"):
            self.add_error("areas", "Kies ten minste één gemeente.")
        if cleaned.get("lead") and cleaned.get("lead_name"):
            self.add_error("lead_name", "Kies een lid of vul een naam in, niet allebei.")
        return cleaned


class ActionEditForm(ActionForm):
    """The same, of an action that is there."""

    seen = seen()


class NothingForm(CoalitionForm):
    """A step that asks nothing."""


class PlanForm(CoalitionForm):
    """Who pulls the action, and when."""

    lead = MemberField(label="Trekker", required=False)
    lead_name = line(
        "Of: een trekker buiten de coalitie",
        longest=120,
        required=False,
        help_text="Vul maar één van de twee in.",
    )
    starts_on = DayField(label="Begint op", initial=None, required=False)
    due_on = DayField(label="Klaar op", initial=None, required=False)

    def clean(self) -> dict[str, Any]:
        """Exactly one lead."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("lead")) == bool(cleaned.get("lead_name")):
            self.add_error("lead", "Kies een lid, of vul de naam in van iemand buiten de coalitie.")
        return cleaned


class BlockForm(CoalitionForm):
    """On what the action is stuck."""

    reason = line("Waar zit het op vast?", longest=500)
    needs_help = line("Welke hulp is nodig?", longest=300, required=False)


class PauseForm(CoalitionForm):
    """Why the action waits."""

    reason = line("Waarom wacht de actie?", longest=500)


class FinishForm(CoalitionForm):
    """What was learned."""

    lesson = words("Wat hebben jullie geleerd?", longest=2000, help_text="Ook wat niet lukte is een les.")


class SecureForm(CoalitionForm):
    """How it goes on."""

    secured_by = MemberField(label="Wie gaat ermee door?")
    secured_funding = line("Waarvan wordt dat betaald?", longest=300)


class StopForm(CoalitionForm):
    """Why the action stops, and what it taught."""

    reason = line("Waarom laten jullie deze actie los?", longest=500)
    lesson = words("Wat hebben jullie geleerd?", longest=2000, help_text="Zo helpt ook deze actie een ander.")


class PartnerForm(CoalitionForm):
    """Who takes part, and with what."""

    membership = MemberField(label="Lid")
    role = forms.ChoiceField(
        label="Rol", choices=PartnerRole, widget=forms.RadioSelect, initial=PartnerRole.CONTRIBUTOR
    )
    promise = line("Wat brengt dit lid in?", longest=300, required=False)
    hours = forms.IntegerField(label="Uren per maand", min_value=1, max_value=700, required=False)


class MilestoneForm(forms.Form):
    """What is to be ready, and when."""

    title = line("Wat is er dan klaar?", longest=150)
    due_on = DayField(label="Uiterlijk op", initial=None)


class LocalStandForm(forms.Form):
    """How a municipality stands with an action, and since when."""

    state = forms.ChoiceField(label="Stand", choices=LocalState, widget=forms.RadioSelect)
    since = DayField(label="Sinds")
    note = line(
        "Toelichting",
        longest=300,
        required=False,
        help_text="Bijvoorbeeld hoe jullie het doen. Verplicht bij ‘Gestopt’ en ‘Doet niet mee’.",
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("state") in NEEDS_A_REASON and found.get("note") == "":
            self.add_error("note", SAY_WHY)
        return found


class OriginForm(CoalitionForm):
    """Which bottleneck or dream the action answers."""

    bottleneck = BottleneckField(label="Knelpunt of droom")


class MoveForm(forms.Form):
    """A move on the board: the step, and the state that the board showed."""

    naar = forms.CharField(max_length=20)
    seen = forms.CharField(max_length=10)
