"""The headings of a table: in which row they stand, and which column holds what."""

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from monitoring.readers.reading import LIMITS, Layout
from portal.findings import Findings, Unreadable
from portal.table_reader import Row, read_table

# A column with such a heading names a birth care collaboration (VSV) or its hospital in each row.
BIRTH_CARE = frozenset({"vsv", "vsvcode", "ziekenhuis"})
COLUMNS: dict[str, frozenset[str]] = {
    "gemeentecode": frozenset(
        {"gemeentecode", "gmcode", "code", "regiocode", "gebiedscode", "regios", "regio", "gebied"}
        | BIRTH_CARE
    ),
    "periode": frozenset({"periode", "perioden", "jaar", "peiljaar", "period", "year"}),
    "indicator": frozenset({"indicator", "indicatorcode"}),
    "teller": frozenset({"teller", "numerator"}),
    "noemer": frozenset({"noemer", "denominator"}),
}
# A source may say in a column of its own which of its numbers are unreliable.
MARK = "markering"
OPTIONAL = {MARK: frozenset({MARK, "mark", "valueattribute", "betrouwbaarheid", "betrouwbaar"})}
PERCENTAGE = re.compile(r"percentage|perc|procent|%|waarde|value|aandeel")
# A column of values may still hold counts, if somebody says so.
SURELY_PERCENTAGE = re.compile(r"perc|procent|%|aandeel")
HEADER_WITHIN = 20


def read_header(source: BinaryIO, filename: str) -> tuple[list[str], dict[str, int], list[str]]:
    """The headings of a table, the columns that are known by them, and the first row below.

    Unreadable where the file holds no table at all.
    """
    rows = list(itertools.islice(read_table(source, filename, Findings(), limits=LIMITS), HEADER_WITHIN + 1))
    if len(rows) < 2:
        raise Unreadable("Onder de kolomkoppen staan geen rijen. Vul het bestand aan.")
    place = max(range(len(rows) - 1), key=lambda at: (len(_columns(rows[at][1])), -at))
    header = [str(cell).strip() for cell in rows[place][1]]
    columns = _columns(header)
    _refuse_percentages(header, columns)
    return header, columns, [str(cell).strip() for cell in rows[place + 1][1]]


def laid_out(head: list[Row], layout: Layout, findings: Findings) -> tuple[int, dict[str, int]]:
    for index, (_, cells) in enumerate(head):
        if tuple(str(cell).strip() for cell in cells) == layout.header:
            _note_around_header(index, cells, layout.columns, findings)
            return index, layout.columns
    raise Unreadable("De koppen van het bestand zijn anders dan eerst. Lees het bestand opnieuw in.")


def split_header(head: list[Row], findings: Findings) -> tuple[int, dict[str, int]]:
    """In which of the first rows the headings stand, and which column holds what."""
    best: dict[str, int] = {}
    for index, (_, cells) in enumerate(head):
        columns = _columns(cells)
        if columns.keys() >= COLUMNS.keys():
            _note_around_header(index, cells, columns, findings)
            return index, columns
        if len(columns) > len(best):
            best, closest = columns, cells
    if not best:
        raise Unreadable(
            f"In de eerste 20 rijen staan geen kolomkoppen. Gebruik de kolommen {', '.join(COLUMNS)}."
        )
    raise Unreadable(_missing_columns(best, closest))


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, cell in enumerate(cells):
        key = plain(cell)
        for column, aliases in (COLUMNS | OPTIONAL).items():
            if key in aliases:
                if column in found:
                    raise Unreadable(f"De kolom {column} staat er twee keer. Laat één kolom weg.")
                found[column] = position
    return found


def _refuse_percentages(header: Sequence[str], columns: Mapping[str, int]) -> None:
    """Unreadable where no column is left that could hold the counts, beside one that holds percentages."""
    used = set(columns.values())
    unknown = [cell for place, cell in enumerate(header) if place not in used and cell]
    percentages = [cell for cell in unknown if SURELY_PERCENTAGE.search(plain(cell))]
    if percentages and len(unknown) - len(percentages) < len({"teller", "noemer"} - set(columns)):
        raise Unreadable(_missing_columns(columns, header))


def _missing_columns(columns: Mapping[str, int], cells: Sequence[Any]) -> str:
    missing = [column for column in COLUMNS if column not in columns]
    percentage = next((str(cell) for cell in cells if PERCENTAGE.search(plain(cell))), None)
    if percentage and {"teller", "noemer"} & set(missing):
        return (
            f"Kolom '{percentage}': geen teller en noemer: niet op te tellen."
            " Lever in plaats van een percentage de aantallen aan."
        )
    if len(missing) == 1:
        return f"De kolom {missing[0]} ontbreekt. Voeg deze kolom toe."
    return f"De kolommen {', '.join(missing)} ontbreken. Voeg deze kolommen toe."


def plain(cell: Any) -> str:
    return re.sub(r"[\s_\-]", "", str(cell)).lower()


def _note_around_header(
    index: int, cells: Sequence[Any], columns: Mapping[str, int], findings: Findings
) -> None:
    if index:
        findings.notes.append(
            f"Overgeslagen boven de kolomkoppen: {index} {'rij' if index == 1 else 'rijen'}."
        )
    used = set(columns.values())
    unused = [str(c) for i, c in enumerate(cells) if i not in used and str(c).strip()]
    if unused:
        findings.notes.append(f"Niet gebruikte kolommen: {', '.join(unused)}.")
