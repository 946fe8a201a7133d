"""What people fill in about working groups."""

from typing import Any

from django import forms

from coalitions.groups import participants
from coalitions.models import Coalition, GroupKind, GroupRole, GroupState
from partners.models import Person
from portal.files import UploadField
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect


class WorkingGroupForm(forms.Form):
    """What the group is and what it is for."""

    name = forms.CharField(label="Naam van de groep", max_length=120)
    kind = forms.ChoiceField(label="Soort", choices=GroupKind, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label="Waarvoor is deze groep?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_bsn],
    )
    is_open = forms.BooleanField(label="Iedereen uit de coalitie kan zelf meedoen", required=False)


class WorkingGroupEditForm(WorkingGroupForm):
    """The same, corrected."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class GroupStepForm(forms.Form):
    """A step of the group; `seen` is the state on the screen of who takes it."""

    seen = forms.ChoiceField(choices=GroupState.choices, required=False, widget=forms.HiddenInput)


class GroupReasonForm(GroupStepForm):
    """Why a group stops or does not go on."""

    reason = forms.CharField(label="Waarom?", max_length=300, validators=[refuse_bsn])


class PersonChoiceField(forms.ModelChoiceField):
    """Somebody who takes part in the coalition."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LongSelect)
        super().__init__(Person.objects.none(), empty_label="Kies iemand", **kwargs)


class GroupStartForm(GroupStepForm):
    """Who leads the group."""

    lead = PersonChoiceField(label="Trekker")

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = participants(coalition)  # type: ignore[attr-defined]


class GroupPersonForm(forms.Form):
    """Who takes part, and as what."""

    person = PersonChoiceField(label="Persoon")
    role = forms.ChoiceField(
        label="Rol", choices=GroupRole, widget=forms.RadioSelect, initial=GroupRole.MEMBER
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = participants(coalition)  # type: ignore[attr-defined]


class GroupDocumentForm(forms.Form):
    """A document and its title."""

    title = forms.CharField(label="Titel", max_length=150, validators=[refuse_bsn])
    file = UploadField(label="Bestand")
