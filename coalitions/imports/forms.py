"""What a coordinator fills in on the way of a table into the portal."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coalitions.imports.kinds import kind_of
from coalitions.imports.plans import fields_of
from coalitions.models import MemberImport, MemberImportKind, MemberImportRow
from portal.text_guard import refuse_bsn

ACCEPTED = ".csv,.xlsx"
SAMPLE = 30


class ImportFileForm(forms.Form):
    """A table."""

    file = forms.FileField(
        label="Bestand",
        help_text="Excel (.xlsx) of CSV, ten hoogste 5.000 regels en 10 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )


class MemberImportForm(ImportFileForm):
    """A table, and what is in it."""

    field_order = ("kind", "file")
    kind = forms.ChoiceField(
        label="Wat staat er in het bestand?",
        choices=[(kind.value, kind.label) for kind in (MemberImportKind.MEMBERS, MemberImportKind.PEOPLE)],
        widget=forms.RadioSelect,
        initial=MemberImportKind.MEMBERS,
    )


class MemberImportColumnsForm(forms.Form):
    """For each thing that we can keep, the column that holds it."""

    def __init__(self, *args: Any, plan: MemberImport, first: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(str(place), _title(plan.header, place, first)) for place in range(len(plan.header))]
        for field in fields_of(plan.kind):
            self.fields[field.key] = forms.ChoiceField(
                label=field.label,
                choices=[("", "Staat niet in het bestand"), *columns],
                required=field.key in kind_of(plan.kind).required,
                initial=str(plan.mapping.get(field.key, "")),
                error_messages={"required": "Kies de kolom waarin dit staat."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for key, place in list(cleaned.items()):
            if place and place in taken:
                other = self.fields[taken[place]].label
                self.add_error(key, ValidationError(f"Deze kolom is al gekozen bij ‘{other}’."))
            elif place:
                taken[place] = key
        return cleaned

    @property
    def mapping(self) -> dict[str, int]:
        """Fields and the places of their columns."""
        return {key: int(place) for key, place in self.cleaned_data.items() if place}


def _title(header: list[str], place: int, first: list[str]) -> str:
    title = header[place] or f"Kolom {place + 1} zonder kop"
    sample = first[place] if place < len(first) else ""
    if not sample:
        return title
    return f"{title}, bijvoorbeeld ‘{sample if len(sample) <= SAMPLE else sample[: SAMPLE - 1] + '…'}’"


class MemberImportAnswerForm(forms.Form):
    """Rows that look like something known: is it the same?"""

    def __init__(self, *args: Any, rows: Iterable[MemberImportRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[f"row_{row.pk}"] = forms.ChoiceField(
                label=f"Regel {row.line}: {row.values.get('name', '')}",
                choices=[
                    *((str(pk), f"Dit is {words}") for pk, words in row.candidates),
                    ("0", "Dit is een andere: voeg toe als nieuw"),
                    ("-1", "Sla deze regel over"),
                ],
                widget=forms.RadioSelect,
                initial=None if row.answer is None else str(row.answer),
                error_messages={"required": "Kies wat we met deze regel doen."},
            )

    @property
    def answers(self) -> Mapping[int, int]:
        """The answer for each row."""
        return {int(key.removeprefix("row_")): int(value) for key, value in self.cleaned_data.items()}


class MemberImportNotBsnForm(forms.Form):
    """Why a number that looks like a citizen number is none."""

    reason = forms.CharField(
        label="Waarom is dit geen BSN?",
        max_length=200,
        validators=[refuse_bsn],
        help_text="We bewaren je uitleg bij deze regels, met je naam.",
    )


class MemberImportConfirmForm(forms.Form):
    """Saving, with rows that are wrong left out only where somebody says so."""

    marks_optional_fields = False
    skips_errors = forms.BooleanField(label="Sla de regels met een fout over", required=False)

    def __init__(self, *args: Any, wrong: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not wrong:
            del self.fields["skips_errors"]
