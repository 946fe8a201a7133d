"""What a coordinator fills in about a programme, its themes and its local chapters."""

from typing import Any

from django import forms

from actions.fields import CoalitionForm, line, seen, words
from actions.models import ProgrammeKind, ThemeScope
from coalitions.forms import DayField
from coalitions.group_forms import PersonChoiceField
from coalitions.groups import participants
from coalitions.models import Coalition
from portal.files import UploadField
from portal.periods import ENDS_BEFORE_IT_STARTS


class ProgrammeForm(forms.Form):
    """What the programme is, and its years."""

    title = line("Titel", longest=150)
    kind = forms.ChoiceField(label="Soort", choices=ProgrammeKind, widget=forms.RadioSelect)
    summary = words("Waar gaat het over?", longest=2000, required=False, rows=4)
    starts_on = DayField(label="Begint op", initial=None)
    ends_on = DayField(label="Eindigt op", initial=None)
    upload = UploadField(label="Document", required=False)

    def clean(self) -> dict[str, Any]:
        """Say early that a programme cannot end before it starts."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", ENDS_BEFORE_IT_STARTS)
        return cleaned


class ProgrammeEditForm(ProgrammeForm):
    """The same, of a programme that is there."""

    seen = seen()


class ThemeForm(forms.Form):
    """What the theme is, and for whom."""

    number = forms.IntegerField(label="Nummer", min_value=1, max_value=99)
    title = line("Naam", longest=120)
    intro = words("Waar gaat dit thema over?", longest=2000, required=False)
    scope = forms.ChoiceField(
        label="Reikwijdte",
        choices=ThemeScope,
        widget=forms.RadioSelect,
        initial=ThemeScope.BOTH,
        help_text="Een thema is regionaal als het voor alle leden van belang is.",
    )


class ChapterForm(CoalitionForm):
    """What one municipality makes of it."""

    text = words("Zo doen wij het hier", longest=4000, rows=8)
    contact = PersonChoiceField(label="Contactpersoon", required=False)

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, coalition=coalition, **kwargs)
        self.fields["contact"].queryset = participants(coalition)  # type: ignore[attr-defined]
