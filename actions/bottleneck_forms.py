"""What people fill in about a bottleneck or a dream."""

from typing import Any

from django import forms

from actions.fields import CoalitionForm, MunicipalitiesField, ThemeField, line, seen, words
from actions.models import BottleneckKind, Factor, OriginKind
from partners.models import Domain

# Where a talk, report or figure is the source, the way to this form says so.
TOLD = (OriginKind.MEETING, OriginKind.OTHER)


class BottleneckForm(CoalitionForm):
    """What stands in the way, or what somebody dreams of."""

    kind = forms.ChoiceField(
        label="Is het een knelpunt of een droom?",
        choices=BottleneckKind,
        widget=forms.RadioSelect,
        initial=BottleneckKind.BOTTLENECK,
    )
    text = line("In één zin", longest=250, help_text="Schrijf niets op dat over een gezin gaat.")
    explanation = words("Toelichting", longest=2000, required=False)
    origin = forms.ChoiceField(
        label="Waar komt het uit?",
        choices=[(kind.value, kind.label) for kind in TOLD],
        widget=forms.RadioSelect,
        initial=OriginKind.OTHER,
    )
    origin_note = line(
        "Welke bijeenkomst, of wat anders?",
        longest=200,
        required=False,
        help_text="Bijvoorbeeld: Venlo, mei.",
    )
    theme = ThemeField(label="Thema", required=False)
    domains = forms.MultipleChoiceField(
        label="Welke domeinen raakt het?", choices=Domain, widget=forms.CheckboxSelectMultiple, required=False
    )
    factors = forms.MultipleChoiceField(
        label="Met welke omstandigheden hangt het samen?",
        choices=Factor,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    municipalities = MunicipalitiesField(label="In welke gemeenten speelt het?")

    def __init__(self, *args: Any, has_source: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_source:
            del self.fields["origin"], self.fields["origin_note"]


class BottleneckEditForm(BottleneckForm):
    """The same, of one that is there."""

    seen = seen()


class DropForm(forms.Form):
    """Why nothing is done with it."""

    reason = line("Waarom vervalt het?", longest=300)
