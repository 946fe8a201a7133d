"""CSV and XLSX files as plain rows of cells, with the traps of both kinds refused in Dutch."""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from monitoring.readers.reading import MAX_ROWS, Findings, Unreadable, require_size
from portal.numbers import dutch_number

Row = tuple[int, tuple[Any, ...]]

DELIMITERS = ";,\t"
MACRO_FILES = {".xlsm", ".xltm", ".xlsb", ".xlam"}
MAX_UNPACKED = 1024 * 1024 * 1024
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_table(content: bytes, filename: str, findings: Findings) -> Iterator[Row]:
    """Rows with their number in the file, blank rows left out; Unreadable where it is no table."""
    require_size(content)
    suffix = PurePath(filename).suffix.lower()
    if suffix in MACRO_FILES:
        raise Unreadable("Bestanden met macro's lezen we niet in. Bewaar het bestand als .xlsx of .csv.")
    if suffix == ".xls" or content.startswith(OLD_EXCEL):
        raise Unreadable(
            "Dit is een oud of beveiligd Excel-bestand. Bewaar het zonder wachtwoord als .xlsx of .csv."
        )
    is_workbook = suffix == ".xlsx" or content.startswith(ZIP)
    rows = _workbook(content, findings) if is_workbook else _text(content, findings)
    return _limited(rows)


def _limited(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > MAX_ROWS:
            raise Unreadable(f"Het bestand heeft meer dan {dutch_number(MAX_ROWS)} rijen. Splits het.")
        yield row


def _text(content: bytes, findings: Findings) -> Iterator[Row]:
    text = decode(content, findings)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            if "".join(cells).strip():
                # Tuples of text leave the garbage collector alone; lists of millions do not.
                yield reader.line_num, tuple(cells)
    except csv.Error:
        raise Unreadable(
            f"Regel {reader.line_num} is niet te lezen. Controleer de aanhalingstekens."
        ) from None


def decode(content: bytes, findings: Findings) -> str:
    """The text of a UTF-8 or Windows-1252 file; every other encoding is refused."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4096]:
        raise Unreadable(
            "De tekens in dit bestand zijn niet te lezen (UTF-16 of geen tekst). Bewaar het als 'CSV UTF-8'."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _windows_1252(content)
        findings.notes.append("Het bestand is gelezen als Windows-1252. Controleer letters als é.")
    if CONTROL.search(text):
        raise Unreadable("Dit is geen leesbare tabel. Kies een bestand in .csv of .xlsx.")
    return text


def _windows_1252(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable("De tekens in dit bestand zijn niet te lezen. Bewaar het als 'CSV UTF-8'.") from None


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into the most columns; a tie goes to `;`."""
    start = "\n".join(itertools.islice(text.splitlines(), 20))
    return max(DELIMITERS, key=start.count)


def _workbook(content: bytes, findings: Findings) -> Iterator[Row]:
    _require_safe_zip(content)
    sheets = _sheets(content)
    filled = [sheet for sheet in sheets if any(_cells(sheet))]
    if not filled:
        raise Unreadable("Het bestand heeft geen blad met gegevens.")
    chosen, *others = filled
    if others:
        names = ", ".join(f"'{sheet.title}'" for sheet in others)
        findings.notes.append(f"Alleen het blad '{chosen.title}' is gelezen, niet: {names}.")
    _refuse_uncalculated(content, chosen.title, findings)
    yield from _cells(chosen)


def _sheets(content: bytes, *, formulas: bool = False) -> list[ReadOnlyWorksheet]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=not formulas)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        # SyntaxError is what the XML parser raises on a broken part.
        raise Unreadable("Dit Excel-bestand is niet te openen. Bewaar het opnieuw als .xlsx.") from None
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    for place, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield place, tuple("" if cell is None else cell for cell in cells)


def _refuse_uncalculated(content: bytes, title: str, findings: Findings) -> None:
    """A formula that no program ever worked out reads as empty: an error, never "no figure"."""
    written = next(s for s in _sheets(content, formulas=True) if s.title == title)
    worked_out = next(s for s in _sheets(content) if s.title == title)
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


def _require_safe_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise Unreadable("Dit Excel-bestand wordt uitgepakt te groot. Lever een .csv aan.")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Unreadable(
                    "Bestanden met macro's lezen we niet in. Bewaar het bestand als .xlsx of .csv."
                )
            if any(_declares_entities(parts, name) for name in names if name.endswith(".xml")):
                raise Unreadable("Dit Excel-bestand is onveilig en wordt niet gelezen.")
    except zipfile.BadZipFile:
        raise Unreadable("Dit Excel-bestand is niet te openen. Bewaar het opnieuw als .xlsx.") from None


def _declares_entities(parts: zipfile.ZipFile, name: str) -> bool:
    with parts.open(name) as part:
        return b"<!DOCTYPE" in part.read(4096).upper()
