"""Forms of the administrator: they check and tidy; the operations write."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from coalitions import municipality_names
from coalitions.models import Coalition, Level
from partners.models import Area, AreaKind, Domain

REGION_KINDS = (AreaKind.GGD_REGION, AreaKind.PROVINCE)


class DayField(forms.DateField):
    """A day, by the browser's own calendar, today unless told."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", timezone.localdate)
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault(
            "error_messages", {"invalid": "Vul een datum in als dag-maand-jaar, zoals 1-3-2026."}
        )
        super().__init__(**kwargs)


NAMES_OR_CODES = (
    "Namen of codes, met een komma of op een nieuwe regel. Bijvoorbeeld: Venlo, Bergen (L.), GM0889."
)


class MunicipalitiesField(forms.CharField):
    """Names or codes of municipalities; `municipalities_in` a form reads them."""

    # Whether it may stay empty depends on the rest of the form.
    marks_optional = False

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("help_text", NAMES_OR_CODES)
        super().__init__(max_length=5000, **kwargs)


def municipalities_in(form: forms.Form, field: str, *, on: datetime.date | None) -> list[Area]:
    """What `field` names; what it does not understand becomes an error of that field."""
    if on is None or not form.cleaned_data.get(field):
        return []
    found = municipality_names.find(form.cleaned_data[field], on=on)
    if found.problems:
        form.add_error(field, ValidationError([*found.problems]))
    return found.areas


class RegionChoiceForm(forms.Form):
    """Start from the municipalities of one region."""

    marks_optional_fields = False
    streek = forms.ChoiceField(label="Streek", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {
            f"{area.kind}.{area.code}": area
            for area in Area.objects.on(timezone.localdate()).filter(kind__in=REGION_KINDS)
        }
        groups = [
            (
                kind.label,
                [(key, area.name) for key, area in self.regions.items() if area.kind == kind],
            )
            for kind in REGION_KINDS
        ]
        self.fields["streek"].choices = [("", "Geen streek"), *groups]  # type: ignore[attr-defined]

    @property
    def region(self) -> Area | None:
        """The region that was chosen."""
        return self.regions.get(self.cleaned_data["streek"]) if self.is_valid() else None


class CoordinatorForm(forms.Form):
    """Who coordinates a coalition first."""

    coordinator_name = forms.CharField(label="Naam van de eerste coördinator", max_length=150)
    coordinator_email = forms.EmailField(
        label="Mailadres van de coördinator",
        max_length=254,
        help_text="Naar dit adres gaat de uitnodiging.",
    )
    employer = forms.CharField(label="In dienst van", max_length=120, required=False)
    hours_per_week = forms.IntegerField(label="Uren per week", min_value=1, max_value=60, required=False)

    @property
    def coordinator(self) -> dict[str, Any]:
        """The arguments of who appoints."""
        return {
            "name": self.cleaned_data["coordinator_name"],
            "email": self.cleaned_data["coordinator_email"],
            "employer": self.cleaned_data["employer"],
            "hours_per_week": self.cleaned_data["hours_per_week"],
        }


class PlatformCoalitionAddForm(CoordinatorForm):
    """A new coalition with its area and its first coordinator."""

    name = forms.CharField(label="Naam van de coalitie", max_length=80)
    level = forms.ChoiceField(label="Niveau", choices=Level, widget=forms.RadioSelect, initial=Level.REGIONAL)
    parent = forms.ModelChoiceField(
        Coalition.objects.none(),
        label="Hoort bij",
        required=False,
        empty_label="Geen andere coalitie",
    )
    chosen = forms.ModelMultipleChoiceField(
        Area.objects.none(),
        label="Gemeenten in deze streek",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = MunicipalitiesField(
        label="Gemeenten",
        help_text=f"{NAMES_OR_CODES} Alleen bij een landelijke coalitie mag dit leeg blijven.",
    )
    from_date = DayField(label="Vanaf")

    field_order = ("name", "level", "parent", "chosen", "others", "from_date")

    def __init__(self, *args: Any, region: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = wider_coalitions()  # type: ignore[attr-defined]
        if region is None:
            del self.fields["chosen"]
            return
        members = Area.objects.members_of(region, on=timezone.localdate())
        chosen = self.fields["chosen"]
        chosen.queryset = members  # type: ignore[attr-defined]
        chosen.initial = members
        chosen.label = f"Gemeenten in {region.name}"
        chosen.marks_optional = False  # type: ignore[attr-defined]
        others = self.fields["others"]
        others.label, others.help_text = "Andere gemeenten", NAMES_OR_CODES
        others.marks_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        others = municipalities_in(self, "others", on=cleaned.get("from_date"))
        chosen = list(cleaned.get("chosen", ()))
        cleaned["municipalities"] = [*chosen, *(area for area in others if area not in chosen)]
        return cleaned


class PlatformCoalitionEditForm(forms.Form):
    """To which coalition this one belongs."""

    parent = forms.ModelChoiceField(
        Coalition.objects.none(),
        label="Hoort bij",
        required=False,
        empty_label="Geen andere coalitie",
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        parent.initial = coalition.parent_id
        parent.queryset = wider_coalitions().exclude(pk=coalition.pk)  # type: ignore[attr-defined]


class PlatformCoalitionAreaForm(forms.Form):
    """Municipalities that join or leave the area of a coalition on a day: one of both is enough."""

    marks_optional_fields = False
    remove = forms.ModelMultipleChoiceField(
        Area.objects.none(),
        label="Deze gemeenten horen er niet meer bij",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    add = MunicipalitiesField(label="Deze gemeenten komen erbij")
    on = DayField(label="Vanaf")

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Area.objects.filter(
            pk__in=coalition.area.member_links.filter(valid_to__isnull=True).values("member")
        )
        self.fields["remove"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["joining"] = municipalities_in(self, "add", on=cleaned.get("on"))
        if not self.errors and not cleaned["joining"] and not cleaned.get("remove"):
            raise ValidationError("Kies welke gemeente erbij komt of weggaat.")
        return cleaned


class PlatformTypeForm(forms.Form):
    """The words for a kind of organisation, and its domain."""

    name = forms.CharField(label="Naam", max_length=80)
    name_plural = forms.CharField(label="Naam in het meervoud", max_length=80)
    domain = forms.ChoiceField(label="Domein", choices=Domain, widget=forms.RadioSelect)


class PlatformTypeAddForm(PlatformTypeForm):
    """A new kind; its code is for exchange with other systems and stays."""

    code = forms.SlugField(
        label="Code",
        max_length=50,
        help_text="Kleine letters, zonder spaties. De code verandert later niet meer.",
        error_messages={"invalid": "Gebruik alleen letters, cijfers en streepjes."},
    )


class PlatformRegionListForm(forms.Form):
    """The day of which the list speaks."""

    marks_optional_fields = False
    op = DayField(label="Stand op", required=False)


class PlatformRegionEditForm(forms.Form):
    """A municipality that comes into a region on a day."""

    municipality = forms.CharField(
        label="Gemeente", max_length=200, help_text="Naam of code, zoals Venlo of GM0983."
    )
    on = DayField(label="Vanaf")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found = municipalities_in(self, "municipality", on=cleaned.get("on"))
        if len(found) > 1:
            self.add_error("municipality", "Vul één gemeente in.")
        cleaned["found"] = found[0] if found else None
        return cleaned


def wider_coalitions() -> Any:
    """Coalitions to which another one can belong."""
    return Coalition.objects.exclude(level=Level.LOCAL)
