"""Forms of who opens rounds and registers what was signed on paper."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from coalitions.forms import DayField
from covenants.models import CovenantVersion, SignatureKind
from covenants.signing_invitations import signed_organisation_ids
from partners.models import Organisation
from portal.files import UploadField
from portal.text_guard import refuse_bsn

KINDS = [
    (SignatureKind.SIGN, "Ondertekenen"),
    (SignatureKind.ACCEDE, "Toetreden (na de eerste ronde)"),
]


class RoundForm(forms.Form):
    """A new round: until when, and for what."""

    last_day = DayField(
        label="Laatste dag om te tekenen",
        help_text="De ronde sluit aan het eind van deze dag. Wie nog mag tekenen, krijgt een mail.",
    )
    kind = forms.ChoiceField(label="Soort ronde", choices=KINDS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, version: CovenantVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate() + datetime.timedelta(days=30)
        is_first = not version.rounds.exists()
        self.fields["kind"].initial = SignatureKind.SIGN if is_first else SignatureKind.ACCEDE

    @property
    def closes_at(self) -> datetime.datetime:
        """The very end of the last day."""
        next_day = self.cleaned_data["last_day"] + datetime.timedelta(days=1)
        return datetime.datetime.combine(next_day, datetime.time(), tzinfo=timezone.get_current_timezone())


class OutsideForm(forms.Form):
    """What stands on a paper."""

    signed_on = DayField(label="Datum op het papier")
    kind = forms.ChoiceField(
        label="Soort", choices=KINDS, widget=forms.RadioSelect, initial=SignatureKind.SIGN
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Welke organisaties tekenden?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie die op het papier staat."},
    )
    evidence = UploadField(label="Het getekende papier")
    note = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=300,
        validators=[refuse_bsn],
        help_text="Bijvoorbeeld waar het papier zelf ligt.",
    )

    def __init__(self, *args: Any, version: CovenantVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = version.covenant.coalition.memberships.members().values("organisation")
        self.fields["organisations"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.filter(pk__in=members)
            .exclude(pk__in=signed_organisation_ids(version))
            .order_by("sort_key", "pk")
        )
