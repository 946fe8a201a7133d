"""What a note of a table needs to become something."""

from typing import Any

from django import forms

from actions.models import Bottleneck, TableNote
from actions.models.bottlenecks import BottleneckState
from actions.practice_forms import MembershipChoiceField
from coalitions.models import Condition
from coalitions.models.conditions import Score
from partners.models import OrganisationType
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect


class OutcomeForm(forms.Form):
    """Each asks only what the note does not say."""

    def __init__(self, *args: Any, note: TableNote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.note = note
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices from the coalition of the note."""


class JoinForm(OutcomeForm):
    """Which bottleneck or dream says the same."""

    bottleneck = forms.ModelChoiceField(
        Bottleneck.objects.none(), label="Welk knelpunt of welke droom?", widget=LongSelect
    )

    def prepare(self) -> None:
        found = self.note.meeting.coalition.bottlenecks.exclude(state=BottleneckState.DROPPED)
        self.fields["bottleneck"].queryset = found.order_by("sort_key", "pk")  # type: ignore[attr-defined]


class TitleForm(OutcomeForm):
    """A short name for it."""

    title = forms.CharField(label="Korte titel", max_length=120, validators=[refuse_bsn])


class PracticeOutcomeForm(TitleForm):
    """A short name, and who did it first."""

    owner = MembershipChoiceField(label="Wie deed dit als eerste?")

    def prepare(self) -> None:
        members = self.note.meeting.coalition.memberships.members().select_related("organisation")
        self.fields["owner"].queryset = members.order_by(  # type: ignore[attr-defined]
            "organisation__sort_key", "pk"
        )


class AgreementOutcomeForm(TitleForm):
    """A short name, and between whom."""

    party_types = forms.ModelMultipleChoiceField(
        OrganisationType.objects.none(),
        label="Tussen welke soorten organisaties?",
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        kinds = OrganisationType.objects.filter(
            organisations__memberships__in=self.note.meeting.coalition.memberships.members()
        )
        self.fields["party_types"].queryset = kinds.distinct()  # type: ignore[attr-defined]


class ScoreOutcomeForm(OutcomeForm):
    """Which condition, and how it stands."""

    condition = forms.ModelChoiceField(
        Condition.objects.none(), label="Welke randvoorwaarde?", empty_label="Kies er een"
    )
    score = forms.ChoiceField(label="Hoe staat het ermee?", choices=Score, widget=forms.RadioSelect)

    def prepare(self) -> None:
        general = Condition.objects.filter(coalition__isnull=True)
        own = Condition.objects.filter(coalition=self.note.meeting.coalition)
        self.fields["condition"].queryset = general | own  # type: ignore[attr-defined]
