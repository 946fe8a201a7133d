"""What who sends a message fills in."""

from typing import Any

from django import forms

from actions.meeting_forms import AudienceForm
from coalitions.access import Permission, Scope, groups_within, scopes_of
from coalitions.models import Coalition
from coalitions.models.groups import LIVING_STATES
from partners.models import Person
from portal.text_guard import refuse_bsn

# Above this many people one more tick is asked.
MANY = 25


class AnnouncementForm(AudienceForm):
    """Words, and whom they are for; who leads a group reaches that group."""

    title = forms.CharField(label="Onderwerp", max_length=150, validators=[refuse_bsn])
    body = forms.CharField(
        label="Bericht",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        validators=[refuse_bsn],
        help_text="Schrijf niets op over ouders, kinderen of patiënten.",
    )
    field_order = ("title", "body", "everybody", "levels", "groups", "domains", "municipalities")

    def __init__(self, *args: Any, coalition: Coalition, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, coalition=coalition, **kwargs)
        if Scope.ALL not in scopes_of(person, Permission.ANNOUNCEMENT_SEND, coalition):
            own = groups_within(person, Permission.ANNOUNCEMENT_SEND, coalition)
            for name in ("everybody", "levels", "domains", "municipalities"):
                self.fields.pop(name, None)
            self.fields["groups"].queryset = own.filter(  # type: ignore[attr-defined]
                state__in=LIVING_STATES
            )

    def clean(self) -> dict[str, Any]:
        """Somebody has to get it."""
        data = super().clean() or self.cleaned_data
        if not (data.get("everybody") or data.get("levels") or data.get("groups")):
            self.add_error("groups", "Kies voor wie dit bericht is.")
        return data


class CountForm(AnnouncementForm):
    """The same while somebody writes: only whom it would reach is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        """Nobody need be chosen yet."""
        return self.cleaned_data


class SendForm(forms.Form):
    """One more tick where there are many."""

    is_sure = forms.BooleanField(label="Ja, verstuur dit", required=False)

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if count > MANY:
            self.fields["is_sure"].label = f"Ja, ik verstuur dit naar {count} personen"
            self.fields["is_sure"].required = True
            self.fields["is_sure"].error_messages["required"] = (
                "Vink aan dat je dit aan zoveel mensen stuurt."
            )
        else:
            del self.fields["is_sure"]

    def clean(self) -> dict[str, Any]:
        """The tick is for the reader, not for the operation."""
        super().clean()
        return {}
