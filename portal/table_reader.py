"""CSV and XLSX files as plain rows of cells, with the traps of both kinds refused in Dutch.

A file is read piece by piece, so that a large one takes no more memory than a small one.
"""

import codecs
import csv
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from portal.findings import Findings, Unreadable, pieces_of
from portal.numbers import dutch_number

Row = tuple[int, tuple[Any, ...]]

DELIMITERS = ";,\t"
MACRO_FILES = {".xlsm", ".xltm", ".xlsb", ".xlam"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# What people choose by mistake, by how it begins or what its name ends in.
BEGINS = {b"%PDF-": "een PDF", b"\x89PNG": "een afbeelding", b"\xff\xd8\xff": "een foto"}
ENDS = {
    **dict.fromkeys((".doc", ".docx", ".odt"), "een tekstdocument"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "een presentatie"),
}
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# As much of a file as tells how it is written.
HEAD = 64 * 1024
HEAD_LINES = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be: in bytes, in rows below its header, and in bytes when unpacked."""

    size: int
    rows: int
    unpacked: int


def read_table(source: BinaryIO, filename: str, findings: Findings, *, limits: Limits) -> Iterator[Row]:
    """Rows with their number in the file, blank rows left out; Unreadable where it is no table."""
    require_size(source, limits)
    suffix, head = PurePath(filename).suffix.lower(), head_of(source, HEAD)
    if kind := ENDS.get(suffix) or next((kind for mark, kind in BEGINS.items() if head.startswith(mark)), ""):
        raise Unreadable(f"Dit is {kind}, geen tabel. Kies een Excel-bestand (.xlsx) of een CSV-bestand.")
    if suffix in MACRO_FILES:
        raise Unreadable("Bestanden met macro's lezen we niet in. Bewaar het bestand als .xlsx of .csv.")
    if suffix == ".xls" or head.startswith(OLD_EXCEL):
        raise Unreadable(
            "Dit is een oud of beveiligd Excel-bestand. Bewaar het zonder wachtwoord als .xlsx of .csv."
        )
    is_workbook = suffix == ".xlsx" or head.startswith(ZIP)
    if is_workbook:
        _require_safe_zip(source, limits)
    rows = _workbook(source, findings) if is_workbook else _text(source, head, findings)
    return _limited(rows, limits)


def require_size(source: BinaryIO, limits: Limits) -> None:
    """Refuse an empty file and one that is too large."""
    size = source.seek(0, os.SEEK_END)
    if size > limits.size:
        raise Unreadable(
            f"Het bestand is te groot: {size // 1024**2} MB."
            f" Lever ten hoogste {limits.size // 1024**2} MB per bestand aan."
        )
    if not any(piece.strip() for piece in pieces_of(source)):
        raise Unreadable("Het bestand is leeg. Kies een bestand met gegevens.")


def head_of(source: BinaryIO, size: int) -> bytes:
    """How a file begins."""
    source.seek(0)
    return source.read(size)


def _workbook(source: BinaryIO, findings: Findings) -> Iterator[Row]:
    # What reads and writes workbooks takes as long to load as half the portal.
    from portal import workbooks

    return workbooks.read(source, findings)


def _limited(rows: Iterable[Row], limits: Limits) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > limits.rows:
            raise Unreadable(f"Het bestand heeft meer dan {dutch_number(limits.rows)} rijen. Splits het.")
        yield row


def _text(source: BinaryIO, head: bytes, findings: Findings) -> Iterator[Row]:
    encoding = _encoding(source, head, findings)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=_delimiter(head.decode(encoding, "replace")), strict=True)
    try:
        for cells in reader:
            if "".join(cells).strip():
                # Tuples of text leave the garbage collector alone; lists of millions do not.
                yield reader.line_num, tuple(cells)
    except csv.Error:
        raise Unreadable(
            f"Regel {reader.line_num} is niet te lezen. Controleer de aanhalingstekens."
        ) from None
    finally:
        # Whoever opened the file closes it, and may have done so by now.
        if not source.closed:
            text.detach()


def _encoding(source: BinaryIO, head: bytes, findings: Findings) -> str:
    """How the text of the whole file is written: UTF-8 or Windows-1252; everything else is refused."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:4096]:
        raise Unreadable(
            "De tekens in dit bestand zijn niet te lezen (UTF-16 of geen tekst). Bewaar het als 'CSV UTF-8'."
        )
    try:
        return _checked(source, "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        encoding = _checked(source, "cp1252")
    except UnicodeDecodeError:
        raise Unreadable("De tekens in dit bestand zijn niet te lezen. Bewaar het als 'CSV UTF-8'.") from None
    findings.notes.append("Het bestand is gelezen als Windows-1252. Controleer letters als é.")
    return encoding


def _checked(source: BinaryIO, encoding: str) -> str:
    """The encoding, once every byte was read in it and none was what no table holds."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in pieces_of(source):
        if CONTROL.search(decoder.decode(piece)):
            raise Unreadable("Dit is geen leesbare tabel. Kies een bestand in .csv of .xlsx.")
    decoder.decode(b"", final=True)
    return encoding


def _delimiter(head: str) -> str:
    """The delimiter that the most of the first lines hold, and then that cuts them into the most columns:
    a remark is full of commas, but the headings are not. A tie goes to `;`."""
    lines = head.splitlines()[:HEAD_LINES]
    return max(
        DELIMITERS,
        key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)),
    )


def _require_safe_zip(source: BinaryIO, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(source) as parts:
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
