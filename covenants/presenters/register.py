"""The register of a covenant as a list: filtered, ordered, cut into pages; the same rows for every form."""

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.text import capfirst

from covenants import dossiers
from covenants.force import Force, force_of
from covenants.models import Artefact, CheckCode, Covenant, CovenantVersion, SealKind, SignatureKind
from covenants.register import Entry, register
from portal.list_filters import PAGE_SIZE, FilterForm
from portal.names import fold

HEADER = (
    "Organisatie",
    "KvK-nummer",
    "Soort",
    "Partij sinds",
    "Getekend door",
    "Tekende",
    "Gebonden aan versie",
    "Partij tot",
    "Opgegaan in",
)
OUTSIDE = "buiten het portaal"


class RegisterForm(FilterForm):
    """Which parties, and on which day."""

    op = forms.DateField(
        label="Op welke dag",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Kies een dag die bestaat, zoals 31-12-2021."},
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
    zoek = forms.CharField(label="Naam van de organisatie", required=False, max_length=100)
    soort = forms.ChoiceField(label="Soort", required=False)

    def __init__(self, data: Mapping[str, Any], *, kinds: Sequence[str]) -> None:
        super().__init__(data)
        field: Any = self.fields["soort"]
        field.choices = [("", "Alle soorten"), *((kind, kind) for kind in kinds)]


class RegisterList:
    """The parties of one covenant on a day, as the address asks; as many queries for 4 as for 400."""

    def __init__(self, covenant: Covenant, data: Mapping[str, Any]) -> None:
        self.covenant = covenant
        self.data = data
        self.day = _day(data.get("op", ""))
        self.everybody = register(covenant, self.day)
        kinds = sorted({entry.type for entry in self.everybody})
        self.form = RegisterForm(data, kinds=kinds)
        self.form.is_valid()

    @cached_property
    def force(self) -> Force | None:
        """Whether the newest text of that day holds."""
        stood = [
            one
            for one in self.covenant.all_versions
            if not one.is_draft
            and ((one.effective_on or timezone.localdate(one.second_at)) <= self.day or self.everybody)
        ]
        return force_of(stood[0], self.everybody, on=self.day) if stood else None

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of a document that had ended by the day of the list."""
        ended_on = self.covenant.ended_on
        return ended_on - datetime.timedelta(days=1) if ended_on and ended_on <= self.day else None

    @property
    def is_past(self) -> bool:
        """Whether the list is about a day that is over."""
        return self.day < timezone.localdate()

    @cached_property
    def rows(self) -> list[Entry]:
        """Every party that passes the filters, in order."""
        found = self.everybody
        if sought := fold(self.form.cleaned_data.get("zoek", "")):
            found = [entry for entry in found if sought in fold(entry.name)]
        if kind := self.form.cleaned_data.get("soort"):
            found = [entry for entry in found if entry.type == kind]
        chosen = self.data.get("sorteer", "")
        if chosen.removeprefix("-") == "sinds":
            return sorted(found, key=lambda entry: entry.since, reverse=chosen.startswith("-"))
        return found[::-1] if chosen == "-naam" else found

    @cached_property
    def page(self) -> Page:
        """The page that the address names; one that does not exist becomes the nearest."""
        return Paginator(self.rows, PAGE_SIZE).get_page(self.data.get("pagina", 1))

    @property
    def active_count(self) -> int:
        """How many filters are on; the day is none, it says what the list is."""
        return sum(bool(self.form.cleaned_data.get(name)) for name in ("zoek", "soort"))

    @cached_property
    def version(self) -> CovenantVersion | None:
        """The newest fixed text."""
        return next((one for one in self.covenant.all_versions if one.sha256), None)

    @cached_property
    def code(self) -> CheckCode | None:
        """The code with which that text can be checked."""
        return self._codes.get(f"{SealKind.TEXT}/{self.version.pk}") if self.version else None

    @cached_property
    def dossier(self) -> Artefact | None:
        """The newest file with everything in it, of this day where the list is of today."""
        return dossiers.newest(self.version) if self.version and not self.is_past else None

    @property
    def dossier_code(self) -> CheckCode | None:
        """The code under which it can be had."""
        return self._codes.get(self.dossier.subject) if self.dossier else None

    @cached_property
    def _codes(self) -> dict[str, CheckCode]:
        subjects = [f"{SealKind.TEXT}/{self.version.pk}"] if self.version else []
        if self.dossier:
            subjects.append(self.dossier.subject)
        return {code.subject: code for code in CheckCode.objects.filter(subject__in=subjects)}


def exported(entry: Entry) -> list[Any]:
    """One party as a row of a file."""
    return [
        entry.name,
        entry.kvk,
        entry.type,
        entry.since,
        signers_of(entry),
        capfirst(SignatureKind(entry.kind).label),
        entry.bound_by.number,
        entry.leaves_on,
        "; ".join(successor.name for successor in entry.successors),
    ]


def signers_of(entry: Entry) -> str:
    """Who signed for a party, with their function."""
    if entry.is_outside:
        return OUTSIDE
    return "; ".join(f"{signer.name}, {signer.function}" for signer in entry.signers)


def as_json(entry: Entry) -> dict[str, Any]:
    """One party for a machine."""
    return {
        "organisatie": entry.name,
        "kvk": entry.kvk or None,
        "namens_leden": entry.members,
        "soort": entry.type,
        "partij_sinds": entry.since,
        "partij_tot": entry.leaves_on,
        "ondertekening": SignatureKind(entry.kind).label,
        "getekend_door": [{"naam": signer.name, "functie": signer.function} for signer in entry.signers],
        "buiten_portaal": entry.is_outside,
        "getekende_versie": entry.signed.number,
        "gebonden_aan_versie": entry.bound_by.number,
        "opgegaan_in": "; ".join(successor.name for successor in entry.successors) or None,
    }


def _day(text: str) -> datetime.date:
    """The day in the address; today where it holds none that exists."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
