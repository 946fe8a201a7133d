"""Whom to invite, and with which words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coalitions.bulk_invitations import CONFIRM_ABOVE, SUBJECT, TEXT, Recipient, unknown_placeholders
from portal.text_guard import refuse_bsn

KNOWN = "Je kunt {naam}, {organisatie} en {coalitie} gebruiken."


def check_placeholders(text: str) -> None:
    """Refuse words between braces that mean nothing here."""
    try:
        unknown = unknown_placeholders(text)
    except ValueError as error:
        raise ValidationError(f"Er staat een losse accolade in de tekst. {KNOWN}") from error
    if unknown:
        raise ValidationError(f"{{{unknown[0]}}} kennen we niet. {KNOWN}")


class BulkInviteForm(forms.Form):
    """The choice and the words."""

    memberships = forms.MultipleChoiceField(
        label="Welke organisaties?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie."},
    )
    subject = forms.CharField(
        label="Onderwerp",
        max_length=150,
        initial=SUBJECT,
        validators=[check_placeholders, refuse_bsn],
    )
    text = forms.CharField(
        label="Tekst van de mail",
        max_length=4000,
        initial=TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=f"{KNOWN} Onder de tekst komt vanzelf een link.",
        validators=[check_placeholders, refuse_bsn],
    )

    def __init__(self, *args: Any, recipients: list[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = {str(one.membership.pk): one for one in recipients if one.email}
        self.fields["memberships"].choices = [  # type: ignore[attr-defined]
            (
                key,
                f"{one.membership.organisation} ({one.membership.get_state_display().lower()}): {one.email}",
            )
            for key, one in self.recipients.items()
        ]

    @property
    def chosen(self) -> list[Recipient]:
        """The recipients that were ticked."""
        return [self.recipients[key] for key in self.cleaned_data["memberships"]]


class BulkSendForm(BulkInviteForm):
    """The same once more, hidden under the preview, with a tick where there are many."""

    is_confirmed = forms.BooleanField(label="Ja, ik wil deze mails versturen", required=False)

    def __init__(self, *args: Any, count: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["memberships"].widget = forms.MultipleHiddenInput()
        for name in ("subject", "text"):
            self.fields[name].widget = forms.HiddenInput()
        if count <= CONFIRM_ABOVE:
            self.fields["is_confirmed"].widget = forms.HiddenInput()
