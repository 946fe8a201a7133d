"""What people fill in about figures."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms

from coalitions.forms import DayField
from coalitions.models import Coalition
from monitoring.catalogue import load_definitions
from monitoring.models import Indicator, Period
from monitoring.presenters.themes import THEME_NAMES
from monitoring.readers import LIMITS
from partners.models import Area, AreaKind
from portal.jobs import JobState
from portal.text_guard import refuse_bsn

AREA_GROUPS = (
    (AreaKind.COUNTRY, "Land"),
    (AreaKind.COALITION, "Coalities"),
    (AreaKind.GGD_REGION, "GGD-regio's"),
    (AreaKind.PROVINCE, "Provincies"),
    (AreaKind.VSV, "VSV's"),
    (AreaKind.MUNICIPALITY, "Gemeente"),
)
MOST_AREAS = 4
ACCEPTED_FILES = ".csv,.xlsx,.geojson,.json"


class AreaForm(forms.Form):
    """Which area, and of which period, a page of one indicator shows."""

    marks_optional_fields = False

    gebied = forms.ChoiceField(label="Gebied", required=False)

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for area in areas:
            grouped[area.kind].append((area.code, area.name))
        field: Any = self.fields["gebied"]
        field.choices = [(label, grouped[kind]) for kind, label in AREA_GROUPS if grouped[kind]]


class CompareForm(forms.Form):
    """Up to four areas to see beside each other."""

    marks_optional_fields = False

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.code: area for area in areas}
        choices = [("", "Geen"), *((code, area.name) for code, area in self.areas.items())]
        for place in range(1, MOST_AREAS + 1):
            self.fields[f"gebied{place}"] = forms.ChoiceField(
                label=f"Gebied {place}", required=False, choices=choices
            )
        self.fields["stedelijkheid"] = forms.BooleanField(
            label="Ook naast gemeenten die even stedelijk zijn als gebied 1", required=False
        )

    @property
    def chosen(self) -> list[Area]:
        """The areas in the order chosen, each once."""
        codes = [self.cleaned_data[f"gebied{place}"] for place in range(1, MOST_AREAS + 1)]
        return [self.areas[code] for code in dict.fromkeys(codes) if code]


class CatalogueForm(forms.Form):
    """Search in the catalogue of indicators."""

    marks_optional_fields = False

    zoek = forms.CharField(label="Zoek een cijfer", required=False, max_length=100)
    thema = forms.ChoiceField(
        label="Thema", required=False, choices=[("", "Alle thema's"), *THEME_NAMES.items()]
    )
    coalitie = forms.ChoiceField(label="Naast Nederland", required=False)

    def __init__(self, *args: Any, coalitions: Iterable[Coalition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["coalitie"]
        field.choices = [
            ("", "Alleen Nederland"),
            *((coalition.slug, coalition.name) for coalition in coalitions),
        ]


class ChoiceForm(forms.Form):
    """One indicator to put on the list of a coalition."""

    indicator = forms.ChoiceField(label="Welk cijfer wil je toevoegen?")

    def __init__(self, *args: Any, chosen: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken, grouped = set(chosen), defaultdict(list)
        for item in load_definitions():
            if item.code not in taken:
                grouped[THEME_NAMES[item.theme]].append((item.code, item.name))
        field: Any = self.fields["indicator"]
        field.choices = [("", "Kies een cijfer"), *grouped.items()]


class DeliveryForm(forms.Form):
    """A file with counts per municipality."""

    bestand = forms.FileField(
        label="Bestand met cijfers",
        help_text=(
            "Een CSV- of Excel-bestand met per rij een gebied, een periode, een teller en een noemer. Of "
            f"het gemeentebestand van het CBS (GeoJSON). Ten hoogste {LIMITS.size // 1024**2} MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}),
    )
    bron = forms.CharField(
        label="Bron van de cijfers",
        max_length=200,
        help_text="Wie heeft deze cijfers gemaakt? Bijvoorbeeld: CBS. Schrijf een bron elke keer hetzelfde.",
    )

    voorlopig = forms.BooleanField(
        label="De bron noemt deze cijfers voorlopig",
        required=False,
        help_text="Bij het cijfer staat dan dat de bron het nog kan bijstellen.",
    )

    def clean_bestand(self) -> Any:
        """What is larger would fill the disk of a worker for one delivery."""
        upload = self.cleaned_data["bestand"]
        if upload.size > LIMITS.size:
            raise forms.ValidationError(
                f"Het bestand is te groot: {upload.size // 1024**2} MB. Lever ten hoogste "
                f"{LIMITS.size // 1024**2} MB per bestand aan. Splits het bestand, bijvoorbeeld per jaar."
            )
        return upload


class PartsForm(forms.Form):
    """Which parts of a calculation to show."""

    marks_optional_fields = False

    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), *JobState.choices])


class VsvForm(forms.Form):
    """A birth care collaboration of which figures will come."""

    naam = forms.CharField(label="Naam van het VSV", max_length=200)


class WithdrawalForm(forms.Form):
    """One figure to take out of sight, and why."""

    indicator = forms.ModelChoiceField(
        label="Cijfer",
        queryset=Indicator.objects.current().order_by("name"),
        to_field_name="code",
        empty_label="Kies een cijfer",
    )
    periode = forms.ModelChoiceField(
        label="Periode",
        queryset=Period.objects.order_by("-reference_date"),
        to_field_name="code",
        empty_label="Kies een periode",
    )
    gebied = forms.ModelChoiceField(
        label="Gebied",
        queryset=Area.objects.exclude(kind=AreaKind.DISTRICT),
        to_field_name="code",
        widget=forms.TextInput,
        help_text="De code van het gebied, bijvoorbeeld GM0983 voor Venlo.",
        error_messages={"invalid_choice": "Dit gebied bestaat niet. Zoek de code op bij Gemeenten."},
    )
    reden = forms.CharField(
        label="Reden", max_length=200, help_text="Waarom mag niemand dit cijfer meer zien?"
    )


class ExpectedForm(forms.Form):
    """One delivery that is agreed on."""

    indicator_code = forms.ChoiceField(label="Cijfer")
    period_code = forms.SlugField(
        label="Periode", max_length=20, help_text="Zoals het in het bestand staat, bijvoorbeeld 2025."
    )
    supplier = forms.CharField(label="Wie levert?", max_length=150, validators=[refuse_bsn])
    due_on = DayField(label="Uiterlijk op", initial=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped = defaultdict(list)
        for item in load_definitions():
            grouped[THEME_NAMES[item.theme]].append((item.code, item.name))
        field: Any = self.fields["indicator_code"]
        field.choices = [("", "Kies een cijfer"), *grouped.items()]
