"""What who writes at a table fills in."""

from typing import Any

from django import forms

from actions.models import Meeting, Question
from portal.text_guard import refuse_bsn


class NoteForm(forms.Form):
    """Question and table stay as they were; the text is what is typed."""

    marks_optional_fields = False

    question = forms.ModelChoiceField(
        Question.objects.none(), label="Vraag", required=False, empty_label="Bij geen vraag"
    )
    table_number = forms.IntegerField(label="Tafel", min_value=1, max_value=200)
    text = forms.CharField(
        label="Wat zei de tafel?",
        max_length=500,
        validators=[refuse_bsn],
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text="Druk op Enter: de notitie wordt opgeslagen en je kunt verder met de volgende.",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = meeting.questions.all()  # type: ignore[attr-defined]


class NoteEditForm(forms.Form):
    """Other words."""

    text = forms.CharField(label="Wat zei de tafel?", max_length=500, validators=[refuse_bsn])
