"""Forms of who opens rounds and registers what was signed on paper."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from coalitions.forms import DayField
from covenants.models import CovenantVersion, OutsideLine, SignatureKind
from covenants.signing_invitations import signed_organisation_ids
from partners.models import Mandate, Organisation
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


class EndForm(forms.Form):
    """From which day a document holds for nobody any more."""

    ended_on = DayField(label="Geldt niet meer vanaf")
    reason = forms.CharField(
        label="Reden",
        max_length=300,
        validators=[refuse_bsn],
        help_text="Alle partijen lezen dit. Noem ook waar het is besloten.",
        error_messages={"required": "Schrijf op waarom het document eindigt."},
    )
    understood = forms.BooleanField(
        label="Ik begrijp dat dit na de bevestiging niet terug te draaien is.",
        error_messages={"required": "Zet een vinkje als je dit begrijpt."},
    )


class ShorterNoticeForm(forms.Form):
    """An earlier day for who gave notice, with where the parties agreed to it."""

    effective_on = DayField(label="Partij tot")
    basis = forms.CharField(
        label="Waar is dit afgesproken?",
        max_length=300,
        validators=[refuse_bsn],
        help_text="Bijvoorbeeld: bestuurlijk overleg van 3 maart 2027.",
        error_messages={"required": "Schrijf op waar de partijen dit afspraken."},
    )


class AccessionForm(forms.Form):
    """About which organisation the parties are asked."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Welke organisatie wil toetreden?",
        error_messages={"required": "Kies een organisatie."},
    )

    def __init__(self, *args: Any, version: CovenantVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        covenant = version.covenant
        asked = covenant.accessions.filter(Q(decided_at__isnull=True) | Q(is_admitted=True))
        members = covenant.coalition.memberships.members().values("organisation")
        field: Any = self.fields["organisation"]
        field.queryset = (
            Organisation.objects.filter(pk__in=members)
            .exclude(pk__in=signed_organisation_ids(version))
            .exclude(pk__in=asked.values("organisation"))
            .order_by("sort_key", "pk")
        )


class VoiceForm(forms.Form):
    """Yes or no of one party."""

    organisation = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="Uw antwoord",
        choices=[("ja", "Wij stemmen in"), ("nee", "Wij stemmen niet in")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of u instemt."},
    )
    note = forms.CharField(label="Toelichting", required=False, max_length=300, validators=[refuse_bsn])

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate

    @property
    def party(self) -> Organisation:
        """For whom the answer is."""
        return self.mandate.representative.organisation

    def voice(self) -> dict[str, Any]:
        """For `covenants.accessions.speak`."""
        return {
            "mandate": self.mandate,
            "agrees": self.cleaned_data["answer"] == "ja",
            "note": self.cleaned_data["note"],
        }


class AccessionDecisionForm(forms.Form):
    """What was decided, and why where not everybody agreed."""

    decision = forms.ChoiceField(
        label="Besluit",
        choices=[("ja", "Toelaten"), ("nee", "Niet toelaten")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of de organisatie mag toetreden."},
    )
    basis = forms.CharField(
        label="Waar en waarom",
        required=False,
        max_length=300,
        validators=[refuse_bsn],
        help_text="Nodig als nog niet iedere partij instemde.",
    )

    def outcome(self) -> dict[str, Any]:
        """For `covenants.accessions.decide`."""
        return {"is_admitted": self.cleaned_data["decision"] == "ja", "basis": self.cleaned_data["basis"]}


class EveningForm(forms.Form):
    """A place for each organisation; a number of one row is enough to move it."""

    def __init__(self, *args: Any, order: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        words = f"Vul een plaats in van 1 tot {len(order)}."
        for place, organisation in enumerate(order, start=1):
            self.fields[self.name_of(organisation)] = forms.IntegerField(
                label=f"Plaats van {organisation.name}",
                min_value=1,
                max_value=len(order),
                initial=place,
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
            )

    @staticmethod
    def name_of(organisation: Organisation) -> str:
        """The field of an organisation."""
        return f"plaats-{organisation.pk}"

    def wishes(self) -> dict[int, int]:
        """For `covenants.evenings.arrange`: only the places that somebody changed."""
        return {
            organisation.pk: chosen
            for place, organisation in enumerate(self.order, start=1)
            if (chosen := self.cleaned_data[self.name_of(organisation)]) != place
        }


class OutsideForm(forms.Form):
    """What stands on a paper."""

    signed_on = DayField(
        label="Datum op het papier", error_messages={"required": "Neem de datum over van het papier."}
    )
    kind = forms.ChoiceField(
        label="Soort", choices=KINDS, widget=forms.RadioSelect, initial=SignatureKind.SIGN
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Welke organisaties tekenden?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie die op het papier staat."},
    )
    evidence = UploadField(
        label="Het getekende papier",
        error_messages={"required": "Voeg een scan of foto van het getekende papier toe."},
    )
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
        waiting = OutsideLine.objects.filter(registration__in=version.outside_registrations.waiting())
        field: Any = self.fields["organisations"]
        field.queryset = (
            Organisation.objects.filter(pk__in=members)
            .exclude(pk__in=signed_organisation_ids(version))
            .exclude(pk__in=waiting.values("organisation"))
            .order_by("sort_key", "pk")
        )
        if names := list(waiting.values_list("legal_name", flat=True)):
            field.help_text = f"Staat al op een papier dat op een tweede persoon wacht: {', '.join(names)}."
