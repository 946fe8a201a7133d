"""A plan as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.formats import date_format

from coalitions.imports.kinds import kind_of
from coalitions.models import MemberImport, MemberImportRow
from portal.import_plans import BSN_CODE, Fate

PAGE_SIZE = 50
MOST_QUESTIONS = 20
FATE_KINDS = {
    Fate.CREATE: "success",
    Fate.UPDATE: "info",
    Fate.UNCHANGED: "neutral",
    Fate.SKIP: "neutral",
    Fate.ASK: "warning",
    Fate.ERROR: "danger",
}
# Errors and questions first: those ask for something.
SHOWN = (Fate.ERROR, Fate.ASK, Fate.UPDATE, Fate.CREATE, Fate.SKIP, Fate.UNCHANGED)


@dataclass(frozen=True)
class ShownRow:
    """One line of the table as words."""

    line: int
    title: str
    label: str
    kind: str
    changes: list[tuple[str, str, str]]
    problems: list[dict[str, str]]
    notes: list[str]


def place_of(plan: MemberImport) -> dict[str, Any]:
    """Where an import stands: its kind, what it is about in words, and where the next table is chosen."""
    kind = kind_of(plan.kind)
    return {
        "kind": kind,
        "about": kind.about(plan.coalition, plan.about) if kind.about and plan.about is not None else "",
        "import_url": kind.start_url(plan),
    }


def shown(row: MemberImportRow, kind: str) -> ShownRow:
    """A row with everything the page says of it."""
    words = kind_of(kind).words
    return ShownRow(
        line=row.line,
        title=title_of(row, kind),
        label=Fate(row.fate).label,
        kind=FATE_KINDS[Fate(row.fate)],
        changes=[(words[field], old or "leeg", new or "leeg") for field, (old, new) in row.changes.items()],
        problems=row.problems,
        notes=row.notes,
    )


def title_of(row: MemberImportRow, kind: str) -> str:
    """Whom or what the row is about."""
    found = filter(None, (row.values.get(key, "") for key in kind_of(kind).title))
    return ", ".join(found) or " ".join(row.cells)[:60]


def tabs(plan: MemberImport, chosen: str) -> list[tuple[str, str, bool]]:
    """The kinds of rows that occur, each with its count, as (label, address, is_current)."""
    found = [(f"Alle ({plan.row_count})", "?", not chosen)]
    found += [
        (f"{fate.label} ({plan.counts[fate]})", f"?wat={fate}", chosen == fate)
        for fate in SHOWN
        if plan.counts.get(fate)
    ]
    return found


def page_of(plan: MemberImport, *, fate: str, number: Any) -> Page:
    """Fifty rows of the plan, all of them or of one kind."""
    rows = plan.rows.all()
    if fate in Fate.values:
        rows = rows.filter(fate=fate)
    return Paginator(rows, PAGE_SIZE).get_page(number)


def questions(plan: MemberImport) -> list[MemberImportRow]:
    """The first rows that ask something."""
    return list(plan.rows.filter(fate=Fate.ASK)[:MOST_QUESTIONS])


def has_citizen_numbers(plan: MemberImport) -> bool:
    """Whether a row is refused for a number that may be a citizen number."""
    return plan.rows.filter(problems__contains=[{"code": BSN_CODE}]).exists()


def undo_words(plan: MemberImport) -> str:
    """Until when the import can be taken back; empty where it is too late."""
    until = plan.undo_until
    if until is None or timezone.now() > until:
        return ""
    local = timezone.localtime(until)
    day = "vandaag" if local.date() == timezone.localdate() else "morgen"
    return f"Je kunt deze import terugdraaien tot {day} {date_format(local, 'H.i')} uur."


def issue_table(plan: MemberImport) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of everything that is wrong or asked, for who corrects the file."""
    rows = plan.rows.filter(fate__in=[Fate.ERROR, Fate.ASK])
    return (
        ["Regel", "Wat", kind_of(plan.kind).heading, "Kolom", "Waarde", "Wat is er, en wat doe je?"],
        [line for row in rows for line in _issue_lines(row, plan.kind)],
    )


def _issue_lines(row: MemberImportRow, kind: str) -> list[list[Any]]:
    start = [row.line, Fate(row.fate).label, title_of(row, kind)]
    if row.fate == Fate.ASK:
        words = "; ".join(words for _, words in row.candidates)
        return [[*start, "Naam", row.values.get("name", ""), f"Lijkt op: {words}. Is het dezelfde?"]]
    return [[*start, one["column"], one["value"], one["problem"]] for one in row.problems]
