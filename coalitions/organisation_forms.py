"""What people fill in about organisations and their people."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from coalitions.forms import MunicipalitiesField, municipalities_in
from partners.forms import PHONE
from partners.models import (
    Area,
    Domain,
    LinkKind,
    Organisation,
    OrganisationType,
    Representative,
)
from partners.models.organisation_details import POSTCODE
from partners.models.organisation_links import TYPE_AT_THE_END
from portal.text_guard import refuse_bsn


class NumberField(forms.CharField):
    """A number of a register, in any spacing; kept as its digits."""

    def __init__(self, *, digits: int, word: str = "", **kwargs: Any) -> None:
        word = word or kwargs["label"]
        super().__init__(
            required=False,
            max_length=40,
            validators=[RegexValidator(rf"^\d{{{digits}}}$", f"Een {word} heeft {digits} cijfers.")],
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return "".join(sign for sign in str(super().to_python(value)) if sign not in " .-")


class MunicipalityForm(forms.Form):
    """A form that asks for one municipality by name or code; `found` is the area."""

    municipality = forms.CharField(
        label="Gemeente", max_length=200, required=False, help_text="Naam of code, zoals Venlo of GM0983."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found = municipalities_in(self, "municipality", on=timezone.localdate())
        if len(found) > 1:
            self.add_error("municipality", "Vul één gemeente in.")
        cleaned["municipality"] = found[0] if found else None
        return cleaned


class OrganisationForm(MunicipalityForm):
    """The profile of an organisation."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Naam", max_length=200)
    short_name = forms.CharField(label="Korte naam", max_length=60, required=False)
    type = forms.ModelChoiceField(
        OrganisationType.objects.all(), label="Soort organisatie", empty_label="Kies een soort"
    )
    extra_domains = forms.MultipleChoiceField(
        label="Ook actief in",
        choices=Domain,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De soort bepaalt het eerste domein.",
    )
    description = forms.CharField(
        label="Wat doet deze organisatie?",
        required=False,
        max_length=2000,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.URLField(label="Website", required=False, assume_scheme="https", max_length=200)
    phone = forms.CharField(
        label="Algemeen telefoonnummer", required=False, max_length=20, validators=[PHONE]
    )
    general_email = forms.EmailField(label="Algemeen mailadres", required=False, max_length=254)
    kvk = NumberField(label="KvK-nummer", digits=8)
    branch = NumberField(label="Vestigingsnummer", word="vestigingsnummer", digits=12)
    rsin = NumberField(label="RSIN", digits=9)
    agb = NumberField(label="AGB-code", digits=8)
    oin = NumberField(label="OIN", digits=20)
    is_public = forms.BooleanField(
        label="Toon deze organisatie op de openbare pagina’s",
        required=False,
        initial=True,
        help_text="Naam, soort, plaats en algemene contactgegevens. Nooit namen van mensen.",
    )

    field_order = (
        "revision",
        "name",
        "short_name",
        "type",
        "extra_domains",
        "municipality",
        "description",
        "website",
    )

    @classmethod
    def initial_of(cls, organisation: Organisation) -> dict[str, Any]:
        """What the form shows of `organisation`."""
        values = {name: getattr(organisation, name) for name in cls.base_fields if name != "municipality"}
        place = organisation.municipality
        return {**values, "municipality": place.name if place else ""}

    @property
    def details(self) -> dict[str, Any]:
        """The arguments of who writes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class NewOrganisationForm(OrganisationForm):
    """A new organisation; where one like it is there already, the form asks once more."""

    is_new = forms.BooleanField(
        label="Het is een andere organisatie. Voeg haar toe.", required=False, widget=forms.HiddenInput
    )

    @property
    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details.items() if name != "is_new"}

    def ask_again(self) -> None:
        """Show the box with which somebody says that it is another one."""
        self.fields["is_new"].widget = forms.CheckboxInput()


class NamesForm(forms.Form):
    """Other names, and the municipalities for which the organisation works."""

    names = forms.CharField(
        label="Andere namen",
        required=False,
        max_length=2000,
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_bsn],
        help_text="Eén per regel: namen waaronder mensen de organisatie ook zoeken.",
    )
    municipalities = MunicipalitiesField(label="Werkgebied", show_hidden_initial=True)

    @property
    def name_changes(self) -> tuple[list[str], list[str]]:
        """Names that come and names that go, against what the form showed."""
        return _changes(self._shown("names").splitlines(), self.cleaned_data["names"].splitlines())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["areas"] = municipalities_in(self, "municipalities", on=timezone.localdate())
        return cleaned

    @property
    def shown_codes(self) -> set[str]:
        """The codes of the municipalities that the form showed."""
        return {code.strip() for code in self._shown("municipalities").replace(",", "\n").split("\n")}

    def _shown(self, name: str) -> str:
        return str(self.data.get(self.add_initial_prefix(name), ""))


def _changes(shown: list[str], given: list[str]) -> tuple[list[str], list[str]]:
    before = dict.fromkeys(line.strip() for line in shown if line.strip())
    after = dict.fromkeys(line.strip() for line in given if line.strip())
    return [name for name in after if name not in before], [name for name in before if name not in after]


class PostcodeField(forms.CharField):
    """A postcode in any spelling, kept as "5911 AB"."""

    def to_python(self, value: Any) -> str:
        signs = "".join(str(super().to_python(value)).split()).upper()
        return f"{signs[:4]} {signs[4:]}".strip()


class LocationForm(MunicipalityForm):
    """A place where the organisation works."""

    name = forms.CharField(label="Naam van de locatie", max_length=120, required=False)
    street = forms.CharField(label="Straat en huisnummer", max_length=120, required=False)
    postcode = PostcodeField(label="Postcode", max_length=10, required=False, validators=[POSTCODE])
    city = forms.CharField(label="Plaats", max_length=80)
    # The revision of what is shown; see `portal/revisions.py`.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("name", "street", "postcode", "city", "municipality")


class LinkForm(forms.Form):
    """How this organisation belongs to another."""

    kind = forms.ChoiceField(label="Soort band", choices=LinkKind, widget=forms.RadioSelect)
    target = forms.ModelChoiceField(
        Organisation.objects.none(), label="Met welke organisatie?", empty_label="Kies een organisatie"
    )
    valid_from = forms.DateField(
        label="Sinds",
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Vul een datum in als dag-maand-jaar, zoals 1-3-2026."},
    )

    def __init__(self, *args: Any, organisation: Organisation, reachable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Everybody may link to a VSV, consortium, ROS or ROAZ; to others as far as she knows them.
        public = Organisation.objects.public().filter(type__code__in=TYPE_AT_THE_END.values())
        self.fields["target"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.active()
            .filter(pk__in=reachable.order_by().values("pk").union(public.order_by().values("pk")))
            .exclude(pk=organisation.pk)
            .order_by("sort_key")
        )


class ColleagueForm(forms.Form):
    """Somebody who will speak for the organisation."""

    name = forms.CharField(label="Naam", max_length=150)
    email = forms.EmailField(
        label="Mailadres", max_length=254, help_text="Naar dit adres gaat de uitnodiging."
    )
    function = forms.CharField(
        label="Functie", max_length=120, help_text="Zoals wethouder, manager of praktijkhouder."
    )
    portfolio = forms.CharField(
        label="Portefeuille", max_length=120, required=False, help_text="Zoals Jeugd of Gezondheid."
    )


class PortfolioForm(forms.Form):
    """What somebody looks after, and whether she is the first contact."""

    portfolio = forms.CharField(label="Portefeuille", max_length=120, required=False)
    is_primary = forms.BooleanField(label="Eerste aanspreekpunt van de organisatie", required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Representative) -> str:
        return f"{obj.person} ({obj.function})"


class LinkingRoleForm(MunicipalityForm):
    """Who is the contact between two domains in a municipality."""

    title = forms.CharField(
        label="Naam van de functie",
        max_length=120,
        validators=[refuse_bsn],
        help_text="Zoals coördinator sociale verloskunde, of aandachtsfunctionaris in het wijkteam.",
    )
    speaker = PersonChoice(
        Representative.objects.none(), label="Wie?", required=False, empty_label="Nog niet bekend"
    )
    domain_from = forms.ChoiceField(label="Vanuit welk domein?", choices=Domain)
    domain_to = forms.ChoiceField(label="Naar welk domein?", choices=Domain, initial=Domain.SOCIAL)

    field_order = ("title", "speaker", "municipality", "domain_from", "domain_to")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Area | None = organisation.municipality
        self.fields["municipality"].required = True
        self.fields["municipality"].initial = place.code if place else ""
        self.fields["domain_from"].initial = organisation.type.domain
        speakers = organisation.representatives.current().select_related("person")
        self.fields["speaker"].queryset = speakers.order_by("person__sort_key", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("domain_from") and cleaned.get("domain_from") == cleaned.get("domain_to"):
            self.add_error("domain_to", "Kies een ander domein: een schakelfunctie verbindt er twee.")
        speaker = cleaned.pop("speaker", None)
        cleaned["person"] = speaker.person if speaker else None
        return cleaned
