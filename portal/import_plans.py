"""Import plans: what a table would do is first a stored plan, which people see and then confirm.

Each app makes its own kind of plan from these models. A table comes in as rows of cells, columns are
tied to fields, every row is checked, and what the check wrote down is what saving carries out.
"""

import datetime
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import connection, models
from django.db.models.functions import Now

from portal.findings import Findings, Unreadable
from portal.import_cells import ImportField, Unfit, cell_text, heading_key
from portal.table_reader import Limits, read_table
from portal.text_guard import find_bsn
from portal.triggers import Transitions

LIMITS = Limits(size=10 * 1024 * 1024, rows=5000, unpacked=100 * 1024 * 1024)
HEADER_WITHIN = 10
UNDO_WITHIN = datetime.timedelta(hours=24)
BSN_CODE = "bsn"
BSN_PROBLEM = (
    "bevat een getal dat een burgerservicenummer kan zijn. Haal het weg. "
    "Is het geen BSN? Zeg dan waarom niet."
)


class PlanStep(models.TextChoices):
    COLUMNS = "columns", "kolommen koppelen"
    CHECKING = "checking", "wordt gecontroleerd"
    CHECKED = "checked", "gecontroleerd"
    SAVING = "saving", "wordt opgeslagen"
    SAVED = "saved", "opgeslagen"
    UNDONE = "undone", "teruggedraaid"
    CANCELLED = "cancelled", "gestopt"


STEP_MOVES: dict[str, tuple[str, ...]] = {
    PlanStep.COLUMNS: (PlanStep.CHECKING, PlanStep.CHECKED, PlanStep.CANCELLED),
    PlanStep.CHECKING: (PlanStep.CHECKED, PlanStep.CANCELLED),
    PlanStep.CHECKED: (
        PlanStep.COLUMNS,
        PlanStep.CHECKING,
        PlanStep.SAVING,
        PlanStep.SAVED,
        PlanStep.CANCELLED,
    ),
    PlanStep.SAVING: (PlanStep.SAVED, PlanStep.CHECKED, PlanStep.CANCELLED),
    PlanStep.SAVED: (PlanStep.UNDONE,),
}


class Fate(models.TextChoices):
    """What saving does with a row."""

    CREATE = "create", "Nieuw"
    UPDATE = "update", "Gewijzigd"
    UNCHANGED = "unchanged", "Ongewijzigd"
    SKIP = "skip", "Overgeslagen"
    ASK = "ask", "Vraag"
    ERROR = "error", "Fout"


class ImportPlan(models.Model):
    """One table that somebody brought in, and how far it is."""

    name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("vingerafdruk", max_length=64)
    header = models.JSONField("koppen")
    # The headings as a set, by which a mapping is remembered.
    header_key = models.CharField(max_length=64)
    mapping = models.JSONField("gekoppelde kolommen", default=dict, blank=True)
    notes = models.JSONField("opmerkingen", default=list, blank=True)
    step = models.CharField("stap", max_length=10, choices=PlanStep, default=PlanStep.COLUMNS)
    row_count = models.PositiveIntegerField("regels")
    rows_done = models.PositiveIntegerField("regels gedaan", default=0)
    # What had changed when somebody confirmed a plan that was no longer true.
    stale = models.JSONField("intussen veranderd", default=list, blank=True)
    created_at = models.DateTimeField("begonnen", db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss", verbose_name="door"
    )
    saved_at = models.DateTimeField("opgeslagen op", null=True, blank=True)
    undone_at = models.DateTimeField("teruggedraaid op", null=True, blank=True)
    counts = models.JSONField("aantallen", default=dict, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-pk"]
        triggers: ClassVar = [
            Transitions(
                name="step_moves",
                field="step",
                allowed=STEP_MOVES,
                message="Deze import is al een stap verder. Ververs de pagina.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def undo_until(self) -> datetime.datetime | None:
        """Up to when saving can be taken back."""
        return self.saved_at + UNDO_WITHIN if self.saved_at else None


class ImportRow(models.Model):
    """One line of the table: its cells, what was read in them, and what saving does with it."""

    line = models.PositiveIntegerField("regel")
    cells = models.JSONField("cellen")
    values = models.JSONField("gelezen waarden", default=dict, blank=True)
    is_unreadable = models.BooleanField(default=False)
    fate = models.CharField("wat gebeurt er", max_length=10, choices=Fate, default=Fate.SKIP)
    # {field: [old, new]} in words for the screen, and {field: old} as it is kept, to put back.
    changes = models.JSONField("wijzigingen", default=dict, blank=True)
    before = models.JSONField("waarden van eerst", default=dict, blank=True)
    # One dictionary a problem: its column, value, words and code.
    problems = models.JSONField("problemen", default=list, blank=True)
    notes = models.JSONField("opmerkingen", default=list, blank=True)
    # [[id, words]] among which the answer chooses; 0 is none of them, -1 leaves the row out.
    candidates = models.JSONField("kandidaten", default=list, blank=True)
    answer = models.BigIntegerField("antwoord", null=True, blank=True)
    not_bsn_reason = models.CharField("waarom dit geen BSN is", max_length=200, blank=True)
    not_bsn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        abstract = True
        ordering: ClassVar = ["line"]

    def __str__(self) -> str:
        return f"Regel {self.line}"


class Table(NamedTuple):
    """A table as it came in: its headings, its lines of text, and what there is to say of it."""

    header: list[str]
    lines: list[tuple[int, list[str]]]
    notes: list[str]


def read_lines(content: bytes, filename: str, fields: Sequence[ImportField]) -> Table:
    """The table in a file; Unreadable where there is none. The headings may stand below a title."""
    findings = Findings()
    rows = [
        (number, [cell_text(cell) for cell in cells])
        for number, cells in read_table(io.BytesIO(content), filename, findings, limits=LIMITS)
    ]
    if findings.issues:
        raise Unreadable(findings.issues[0].message)
    known = frozenset[str]().union(*(field.headings for field in fields))
    place = max(
        range(min(len(rows), HEADER_WITHIN)),
        key=lambda at: (sum(heading_key(cell) in known for cell in rows[at][1]), -at),
        default=None,
    )
    if place is None or len(rows) <= place + 1:
        raise Unreadable("Het bestand heeft geen regels onder de koppen. Kies een ander bestand.")
    number, header = rows[place]
    if place:
        findings.notes.append(f"De koppen staan in regel {number}; wat erboven staat is niet gelezen.")
    return Table(header, rows[place + 1 :], findings.notes)


def header_key_of(header: Sequence[str]) -> str:
    """By which a table with the same headings is recognised."""
    return hashlib.sha256("\n".join(map(heading_key, header)).encode()).hexdigest()


def guess(header: Sequence[str], fields: Sequence[ImportField]) -> dict[str, int]:
    """Which column holds which field, by its heading; the first of two that are the same."""
    keys = [heading_key(cell) for cell in header]
    found: dict[str, int] = {}
    for field in fields:
        place = next((at for at, key in enumerate(keys) if key and key in field.headings), None)
        if place is not None and place not in found.values():
            found[field.key] = place
    return found


class ReadRow(NamedTuple):
    """What the cells of one line say."""

    values: dict[str, Any]
    problems: list[dict[str, str]]
    notes: list[str]


def read_row(
    cells: Sequence[str],
    columns: Sequence[tuple[ImportField, int]],
    *,
    header: Sequence[str],
    is_no_bsn: bool,
) -> ReadRow:
    """The values of a line; an empty cell says nothing, so that it leaves what is there."""
    values: dict[str, Any] = {}
    problems, notes = [], []
    for field, place in columns:
        cell = cells[place] if place < len(cells) else ""
        if not cell:
            continue
        try:
            value = field.read(cell)
        except Unfit as unfit:
            problems.append(problem(header[place], cell, str(unfit)))
            continue
        if field.is_free_text and not is_no_bsn and find_bsn(cell):
            problems.append(problem(header[place], cell, BSN_PROBLEM, code=BSN_CODE))
            continue
        if isinstance(value, str) and value != cell and value.isdigit() and value.endswith(cell):
            notes.append(f"{header[place]}: ‘{cell}’ is gelezen als ‘{value}’.")
        elif (known := field.spellings.get(value)) and cell not in known:
            notes.append(f"{header[place]}: ‘{cell}’ is gelezen als ‘{known[0]}’.")
        values[field.key] = value
    return ReadRow(values, problems, notes)


def problem(column: str, value: str, words: str, *, code: str = "") -> dict[str, str]:
    """Something wrong in one cell, as a row keeps it."""
    shown = value if len(value) <= 60 else f"{value[:57]}..."
    return {"column": column, "value": shown, "problem": words, "code": code}


def as_cell(column: str) -> str:
    """SQL of a text column as `cell_text` would read it back from a table that we wrote."""
    return rf"normalize(btrim(replace(replace({column}, E'\r\n', E'\n'), E'\r', E'\n'), E' \t\n'))"


def insert_from(
    cursor: Any,
    model: type[models.Model],
    *,
    given: Mapping[str, str],
    source: str,
    params: Iterable[Any] = (),
) -> int:
    """INSERT … SELECT of `given` (column: expression over `source`); what is not given gets the
    default of the model, which PostgreSQL does not know. How many rows."""
    columns, expressions, values = [], [], []
    for field in model._meta.concrete_fields:
        if field.generated or (field.primary_key and field.column not in given):
            continue
        if field.column in given:
            columns.append(field.column)
            expressions.append(given[field.column])
        elif field.db_default is models.NOT_PROVIDED:
            columns.append(field.column)
            expressions.append("%s")
            values.append(field.get_db_prep_save(field.get_default(), connection))
    quoted = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({quoted}) SELECT {", ".join(expressions)} {source}',
        [*values, *params],
    )
    return cursor.rowcount
