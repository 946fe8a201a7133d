"""What somebody writes about a figure, and for whom."""

from typing import Any

from django import forms

from coalitions.access import Permission, Scope, can, scopes_of
from coalitions.models import Coalition
from monitoring import interpretations
from partners.models import Organisation, Person
from portal.text_guard import refuse_bsn


class InterpretationForm(forms.Form):
    """One reading."""

    text = forms.CharField(
        label="Zo lezen wij dit cijfer",
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Herken je dit? Wat kan het verklaren? Schrijf niets over afzonderlijke gezinnen.",
        validators=[refuse_bsn],
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Namens wie?", required=False)
    is_shared = forms.BooleanField(
        label="Dit is de gezamenlijke duiding. Een eerdere gezamenlijke duiding van dit cijfer vervalt.",
        required=False,
    )

    def __init__(self, *args: Any, coalition: Coalition, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = interpretations.organisations_of(person, coalition)
        field.marks_optional = False
        may_write_for_all = Scope.ALL in scopes_of(person, Permission.READING_WRITE, coalition)
        field.required = not may_write_for_all
        field.empty_label = "De coalitie" if may_write_for_all else None
        if not can(person, Permission.READING_FIX, coalition):
            del self.fields["is_shared"]
