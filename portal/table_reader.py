"""CSV and XLSX files as plain rows of cells, with the traps of both kinds refused in Dutch."""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from portal.findings import Findings, Unreadable
from portal.numbers import dutch_number

Row = tuple[int, tuple[Any, ...]]

DELIMITERS = ";,\t"
MACRO_FILES = {".xlsm", ".xltm", ".xlsb", ".xlam"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be: in bytes, in rows below its header, and in bytes when unpacked."""

    size: int
    rows: int
    unpacked: int


def read_table(content: bytes, filename: str, findings: Findings, *, limits: Limits) -> Iterator[Row]:
    """Rows with their number in the file, blank rows left out; Unreadable where it is no table."""
    require_size(content, limits)
    suffix = PurePath(filename).suffix.lower()
    if suffix in MACRO_FILES:
        raise Unreadable("Bestanden met macro's lezen we niet in. Bewaar het bestand als .xlsx of .csv.")
    if suffix == ".xls" or content.startswith(OLD_EXCEL):
        raise Unreadable(
            "Dit is een oud of beveiligd Excel-bestand. Bewaar het zonder wachtwoord als .xlsx of .csv."
        )
    is_workbook = suffix == ".xlsx" or content.startswith(ZIP)
    if is_workbook:
        _require_safe_zip(content, limits)
    rows = _workbook(content, findings) if is_workbook else _text(content, findings)
    return _limited(rows, limits)


def require_size(content: bytes, limits: Limits) -> None:
    """Refuse an empty file and one that is too large."""
    if not content.strip():
        raise Unreadable("Het bestand is leeg. Kies een bestand met gegevens.")
    if len(content) > limits.size:
        raise Unreadable(
            f"Het bestand is te groot: {len(content) // 1024**2} MB."
            f" Lever ten hoogste {limits.size // 1024**2} MB per bestand aan."
        )


def _workbook(content: bytes, findings: Findings) -> Iterator[Row]:
    # What reads and writes workbooks takes as long to load as half the portal.
    from portal import workbooks

    return workbooks.read(content, findings)


def _limited(rows: Iterable[Row], limits: Limits) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > limits.rows:
            raise Unreadable(f"Het bestand heeft meer dan {dutch_number(limits.rows)} rijen. Splits het.")
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


def _require_safe_zip(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            if sum(part.file_size for part in parts.infolist()) > limits.unpacked:
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
