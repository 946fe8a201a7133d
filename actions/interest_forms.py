"""What a member says about a theme or an action: does it matter, and what does it want to do?"""

from typing import Any

from django import forms
from django.db.models import QuerySet

from actions.fields import MemberField
from actions.models import InterestKind
from coalitions.models import Membership

NOTHING = [("", "nu niets")]


class InterestForm(forms.Form):
    """The energy of one member; for a theme also whether it matters."""

    membership = MemberField(label="Namens wie?")
    matters = forms.ChoiceField(
        label="Is dit thema voor jullie van belang?",
        choices=[("ja", "ja, dit doet er voor ons toe"), ("nee", "nee, voor ons niet")],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label="Wat willen jullie ermee doen?",
        choices=[*InterestKind.choices, *NOTHING],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *args: Any, own: QuerySet[Membership], asks_relevance: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members = own.select_related("organisation").order_by("organisation__sort_key", "pk")
        self.fields["membership"].queryset = members  # type: ignore[attr-defined]
        # Who speaks for one organisation need not choose it.
        self.fields["membership"].initial = members[0].pk if len(members[:2]) == 1 else None
        if not asks_relevance:
            del self.fields["matters"]
