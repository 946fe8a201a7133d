"""Workbooks of Excel, read and written with openpyxl; `tables` and `table_reader` are the doors."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from portal.findings import Findings, Unreadable
from portal.table_reader import Row
from portal.tables import inert

# The start of a row that somebody hid, with at most so much of it in the piece before.
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]{0,400}\bhidden=["'](?:1|true)["']""")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def write(*, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet; dates and numbers stay dates and numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    widths = [len(label) for label in header]
    body = [list(row) for row in rows]
    for row in body:
        widths = [max(width, len(str(value))) for width, value in zip(widths, row, strict=True)]
    # A write-only sheet takes its widths before its first row.
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(width + 2, 60)
    sheet.append([_xlsx_cell(sheet, label, bold=True) for label in header])
    for row in body:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _xlsx_cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, bool):
        value = "ja" if value else "nee"
    if value is None or isinstance(value, datetime.date | int | float | Decimal):
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, datetime.date):
            cell.number_format = "DD-MM-YYYY"
    else:
        cell = WriteOnlyCell(sheet, inert(ILLEGAL_CHARACTERS_RE.sub("", str(value))))
        # openpyxl takes a text that starts with = for a formula.
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def read(source: BinaryIO, findings: Findings) -> Iterator[Row]:
    """Rows of the one sheet with data; Unreadable where there is none."""
    sheets = _sheets(source)
    filled = [sheet for sheet in sheets if any(_cells(sheet))]
    if not filled:
        raise Unreadable("Het bestand heeft geen blad met gegevens.")
    chosen, *others = filled
    if others:
        names = ", ".join(f"'{sheet.title}'" for sheet in others)
        findings.notes.append(f"Alleen het blad '{chosen.title}' is gelezen, niet: {names}.")
    if _holds(source, HIDDEN_ROW):
        findings.notes.append("Het bestand heeft verborgen rijen. Die zijn ook gelezen.")
    if _holds(source, FORMULA):
        _refuse_uncalculated(source, chosen.title, findings)
    yield from _cells(chosen)


def _holds(source: BinaryIO, sign: re.Pattern[bytes]) -> bool:
    """Whether any sheet holds this sign; to look for it cell by cell costs as much as reading."""
    with zipfile.ZipFile(source) as parts:
        return any(
            _part_holds(parts, name, sign) for name in parts.namelist() if name.startswith("xl/worksheets/")
        )


def _part_holds(parts: zipfile.ZipFile, name: str, sign: re.Pattern[bytes]) -> bool:
    before = b""
    with parts.open(name) as part:
        while piece := part.read(1024 * 1024):
            if sign.search(before + piece):
                return True
            before = piece[-512:]
    return False


def _sheets(source: BinaryIO, *, formulas: bool = False) -> list[ReadOnlyWorksheet]:
    try:
        book = load_workbook(source, read_only=True, data_only=not formulas)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        # SyntaxError is what the XML parser raises on a broken part.
        raise Unreadable("Dit Excel-bestand is niet te openen. Bewaar het opnieuw als .xlsx.") from None
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    for place, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield place, tuple("" if cell is None else cell for cell in cells)


def _refuse_uncalculated(source: BinaryIO, title: str, findings: Findings) -> None:
    """A formula that no program ever worked out reads as empty: an error, never "no figure"."""
    written = next(s for s in _sheets(source, formulas=True) if s.title == title)
    worked_out = next(s for s in _sheets(source) if s.title == title)
    for place, (formulas, values) in enumerate(
        zip(
            written.iter_rows(values_only=True),
            worked_out.iter_rows(values_only=True),
            strict=True,
        ),
        start=1,
    ):
        for formula, value in zip(formulas, values, strict=True):
            if value is None and isinstance(formula, str) and formula.startswith("="):
                problem = (
                    f"de formule '{formula}' heeft geen uitkomst."
                    " Open het bestand in Excel en bewaar het opnieuw."
                )
                findings.error(place, "met formule", formula, problem)
