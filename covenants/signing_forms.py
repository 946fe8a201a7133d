"""Forms of who signs, answers otherwise or leaves: they check and tidy; the operations write."""

from typing import Any

from django import forms
from django.utils import timezone

from covenants import consent, proofs
from covenants.models import Challenge, CovenantVersion, DeclineKind, Method
from covenants.models.parties import MAX_NOTE
from partners.models import Organisation, Person
from portal.text_guard import refuse_bsn

METHOD_WORDS = {
    Method.PASSKEY: "Met mijn passkey (vingerafdruk, gezicht of pincode)",
    Method.TOTP: "Met een code uit mijn app",
    Method.MAIL: "Met een code naar {address}",
}


class ProofFields(forms.Form):
    """The name that somebody types, and how she proves that it is hers."""

    typed_name = forms.CharField(
        label="Uw volledige naam",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Typ uw volledige naam."},
    )
    method = forms.ChoiceField(label="Hoe bewijst u dat u het bent?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = proofs.methods_of(person)
        field = self.fields["method"]
        field.choices = [  # type: ignore[attr-defined]
            (method.value, METHOD_WORDS[method].format(address=veiled(person.email))) for method in methods
        ]
        field.initial = methods[0] if methods else None
        if len(methods) == 1:
            field.widget = forms.HiddenInput()
        self.fields["typed_name"].help_text = f"Zoals u in het portaal staat: {person.name}."


class SigningForm(ProofFields):
    """What somebody ticks and types before she is asked to prove who she is."""

    read = forms.BooleanField(error_messages={"required": "Zet een vinkje als u de tekst gelezen hebt."})
    may = forms.BooleanField(error_messages={"required": "Zet een vinkje als u mag tekenen."})

    field_order = ("read", "may", "typed_name", "method")

    def __init__(
        self, *args: Any, version: CovenantVersion, organisation: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        read, may = consent.sentences(version, organisation)
        self.fields["read"].label, self.fields["may"].label = read, may


class ProofForm(forms.Form):
    """The answer to the question; never any bytes of the document."""

    doc_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    consent_id = forms.CharField(widget=forms.HiddenInput, max_length=20)
    key = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.CharField(
        max_length=8000,
        error_messages={"required": "Vul de code in."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "doc_sha256": challenge.doc_sha256,
            "consent_id": challenge.consent_id,
            "key": challenge.key,
        }
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        match challenge.method:
            case Method.MAIL:
                answer.label = "Code uit de mail"
                answer.help_text = "Zes cijfers. De code werkt vijf minuten."
            case Method.TOTP:
                answer.label = "Code uit uw app"
                answer.help_text = "Zes cijfers, zoals uw app ze nu laat zien."
            case Method.PASSKEY:
                answer.widget = forms.HiddenInput()


class NameOnEntryForm(forms.Form):
    """How somebody is called who comes in by her link for the first time."""

    name = forms.CharField(
        label="Uw voor- en achternaam",
        max_length=150,
        help_text="Zo komt u onder de handtekening te staan.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class NamedMembersForm(forms.Form):
    """For whom a party without legal personality signs."""

    members = forms.CharField(
        label="Leden namens wie u tekent",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=6000,
        validators=[refuse_bsn],
        help_text="Zet elke organisatie op een eigen regel, met haar officiële naam.",
        error_messages={"required": "Noem ten minste twee leden, elk op een eigen regel."},
    )


class DeclineForm(forms.Form):
    """An answer without a signature."""

    kind = forms.ChoiceField(
        label="Wat is uw antwoord?",
        widget=forms.RadioSelect,
        choices=[
            (DeclineKind.LATER, "Wij tekenen later"),
            (DeclineKind.RESERVATION, "Wij wachten op een besluit van ons college of bestuur"),
            (DeclineKind.NO, "Wij tekenen niet"),
        ],
        error_messages={"required": "Kies een antwoord."},
    )
    expected_on = forms.DateField(
        label="Wanneer is dat besluit?",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Alleen als u op een besluit wacht.",
        error_messages={"invalid": "Vul een datum in als dag-maand-jaar, zoals 1-3-2027."},
    )
    note = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=MAX_NOTE,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De coördinator leest dit. Het komt niet op een openbare pagina.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("expected_on")
        if cleaned.get("kind") != DeclineKind.RESERVATION:
            cleaned["expected_on"] = None
        elif day and day < timezone.localdate():
            self.add_error("expected_on", "Deze dag is al voorbij. Kies een latere datum.")
        return cleaned


class WithdrawalForm(ProofFields):
    """Somebody says that her organisation leaves."""

    understood = forms.BooleanField(error_messages={"required": "Zet een vinkje als u dit begrijpt."})
    reason = forms.CharField(
        label="Reden",
        required=False,
        max_length=MAX_NOTE,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="U hoeft geen reden te geven. De andere partijen lezen wat u hier schrijft.",
    )

    field_order = ("reason", "understood", "typed_name", "method")

    def __init__(self, *args: Any, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["understood"].label = sentence


def veiled(address: str | None) -> str:
    """An address that its owner knows again: "p…a@voorbeeld.nl"."""
    name, _, domain = (address or "").partition("@")
    return f"{name[:1]}…{name[-1:]}@{domain}" if name else ""
