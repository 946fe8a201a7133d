"""What people fill in about gems, who takes them over, interventions and tools."""

from typing import Any

from django import forms

from actions.models import OfferState, Practice, ToolKind
from coalitions.access import (
    Permission,
    Scope,
    groups_within,
    memberships_within,
    municipalities_within,
    scopes_of,
)
from coalitions.models import Coalition, Membership, WorkingGroup
from coalitions.models.groups import LIVING_STATES
from partners.models import Area, Person
from portal.files import UploadField
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect


class MembershipChoiceField(forms.ModelChoiceField):
    """A member, by the name of its organisation."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LongSelect)
        super().__init__(Membership.objects.none(), empty_label="Kies een organisatie", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return obj.organisation.name


def _text(
    label: str, *, required: bool = False, length: int = 2000, rows: int = 4, help_text: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[refuse_bsn],
    )


class PracticeForm(forms.Form):
    """What the gem is; only the first three are needed to begin."""

    title = forms.CharField(label="Titel", max_length=120, validators=[refuse_bsn])
    owner = MembershipChoiceField(label="Wie deed dit als eerste?")
    problem = _text("Welk probleem lost het op?", required=True)
    approach = _text("Wat doe je?", length=4000, rows=6)
    result = _text("Wat levert het op?")
    cost_note = _text("Wat kost het, in geld en uren?", length=1000)
    lessons = _text("Wat moet je weten voor je begint?")
    contact = forms.CharField(
        label="Bij wie kun je terecht?",
        max_length=150,
        required=False,
        validators=[refuse_bsn],
        help_text="Noem een functie, geen naam. Bijvoorbeeld: coördinator sociale verloskunde.",
    )
    origin = forms.ModelChoiceField(
        Area.objects.none(),
        label="Gemeente waar het begon",
        required=False,
        empty_label="Niet in één gemeente",
        widget=LongSelect,
    )
    group = forms.ModelChoiceField(
        WorkingGroup.objects.none(), label="Werkgroep", required=False, empty_label="Geen werkgroep"
    )

    def __init__(self, *args: Any, coalition: Coalition, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        permission = Permission.PRACTICE_NOMINATE
        own = memberships_within(person, permission, coalition).members()
        self.fields["owner"].queryset = _named(own)  # type: ignore[attr-defined]
        self.fields["origin"].queryset = coalition.municipalities()  # type: ignore[attr-defined]
        groups = groups_within(person, permission, coalition).filter(state__in=LIVING_STATES)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


def facts_of(practice: Practice) -> dict[str, Any]:
    """What the form shows of a gem that is there."""
    names = ("title", "owner", "problem", "approach", "result", "cost_note", "lessons", "contact")
    return {name: getattr(practice, name) for name in (*names, "origin", "group")}


class KitItemForm(forms.Form):
    """A file, or a link."""

    title = forms.CharField(label="Titel", max_length=150, validators=[refuse_bsn])
    upload = UploadField(label="Bestand", required=False)
    url = forms.URLField(label="Of een link", max_length=300, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("upload")) == bool(data.get("url")):
            self.add_error("upload", "Kies een bestand, of vul een link in. Niet allebei.")
        return data


class RetireForm(forms.Form):
    """Why a gem is used no more."""

    reason = forms.CharField(
        label="Waarom is deze parel niet meer in gebruik?", max_length=300, validators=[refuse_bsn]
    )


class AdoptForm(forms.Form):
    """Where a gem is taken over, and by whom."""

    municipality = forms.ModelChoiceField(
        Area.objects.none(), label="Voor welke gemeente?", empty_label="Kies een gemeente", widget=LongSelect
    )
    owner = MembershipChoiceField(label="Wie trekt dit hier?")
    adapted_text = _text("Hoe gaan jullie het hier doen?")

    def __init__(self, *args: Any, coalition: Coalition, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        permission = Permission.ADOPTION_EDIT
        is_town_only = scopes_of(person, permission, coalition) == {Scope.MUNICIPALITY}
        places = (
            municipalities_within(person, permission, coalition)
            if is_town_only
            else coalition.municipalities()
        )
        owners = memberships_within(person, permission, coalition).members()
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]
        self.fields["owner"].queryset = _named(owners)  # type: ignore[attr-defined]


class AdoptionEditForm(forms.Form):
    """How they do it here, and what they learned so far."""

    adapted_text = _text("Zo doen wij het hier")
    lesson = _text("Wat hebben we geleerd?")


class StartForm(forms.Form):
    """How they do it here."""

    adapted_text = _text("Zo doen wij het hier", required=True)


class LessonForm(forms.Form):
    """What they learned."""

    lesson = _text("Wat hebben jullie geleerd?", required=True)


class OfferForm(forms.Form):
    """How a municipality stands with an intervention."""

    municipality = forms.ModelChoiceField(
        Area.objects.none(), label="Gemeente", empty_label="Kies een gemeente", widget=LongSelect
    )
    state = forms.ChoiceField(label="Stand", choices=OfferState, widget=forms.RadioSelect)
    offered_by = forms.CharField(
        label="Wie biedt het aan?", max_length=150, required=False, validators=[refuse_bsn]
    )
    places = forms.IntegerField(label="Plaatsen per jaar", required=False, min_value=1, max_value=10_000)

    def __init__(self, *args: Any, coalition: Coalition, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = municipalities_within(person, Permission.ADOPTION_EDIT, coalition)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]


class ToolForm(forms.Form):
    """A tool and its address."""

    title = forms.CharField(label="Titel", max_length=150, validators=[refuse_bsn])
    kind = forms.ChoiceField(label="Soort", choices=ToolKind)
    url = forms.URLField(label="Link", max_length=300, assume_scheme="https")
    owner_name = forms.CharField(
        label="Van wie is het?", max_length=150, required=False, validators=[refuse_bsn]
    )
    description = _text("Waar helpt het bij?", required=True, length=1000, rows=3)
    transcript = _text(
        "Wat wordt er gezegd en getoond?",
        length=20_000,
        rows=6,
        help_text="Nodig bij een film of animatie: wie niet hoort of ziet, leest het hier.",
    )


def _named(memberships: Any) -> Any:
    return memberships.select_related("organisation").order_by("organisation__sort_key", "pk")
