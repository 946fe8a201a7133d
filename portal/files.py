"""Files that people upload or the portal makes, kept in PostgreSQL and served only by guarded views.

In the database they share the transaction of the act they belong to, every worker reaches them, and
one backup holds everything.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header

from portal.findings import fingerprint, pieces_of
from portal.models import FileContent, FilePiece, StoredFile

MAX_SIZE = 10 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument"

# What may come in: its type, and how the content of such a file begins.
KINDS: Mapping[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    ".pptx": (f"{_OFFICE}.presentationml.presentation", _ZIP),
    ".odt": ("application/vnd.oasis.opendocument.text", _ZIP),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}
WORDS = "PDF, Word, Excel, PowerPoint, ODT, PNG of JPG, ten hoogste 10 MB."


class UploadField(forms.FileField):
    """A document of a known kind; the content must be what the name says."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", WORDS)
        kwargs.setdefault("max_length", 150)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(KINDS)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            check(upload)
        return upload


def check(upload: UploadedFile) -> None:
    """Refuse what is too large, of another kind, or something else than its name says."""
    size = upload.size or 0
    if size > MAX_SIZE:
        raise ValidationError(
            f"Dit bestand is {filesizeformat(size)}. Kies een bestand van ten hoogste 10 MB."
        )
    kind = KINDS.get(_suffix(upload))
    if kind is None:
        raise ValidationError(f"Dit soort bestand kan niet. Kies {WORDS}")
    upload.seek(0)
    is_what_it_says = upload.read(len(kind[1])) == kind[1]
    upload.seek(0)
    if not is_what_it_says:
        raise ValidationError(
            "De inhoud van dit bestand hoort niet bij zijn naam. Sla het opnieuw op en probeer het nog eens."
        )


def store(upload: UploadedFile) -> StoredFile:
    """Keep an upload that was checked, as part of the act that is going on."""
    upload.seek(0)
    return store_bytes(
        name=PurePath(upload.name or "bestand").name,
        content_type=KINDS[_suffix(upload)][0],
        content=upload.read(),
    )


def store_bytes(*, name: str, content_type: str, content: bytes) -> StoredFile:
    """Keep a file that the portal made."""
    file = StoredFile(
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    file.full_clean()
    file.save(force_insert=True)
    FileContent(file=file, content=content).save(force_insert=True)
    return file


def store_in_pieces(*, name: str, content_type: str, source: BinaryIO) -> StoredFile:
    """Keep a file that may be too large to hold in memory, or in one field."""
    file = StoredFile(
        name=name,
        content_type=content_type,
        size=source.seek(0, os.SEEK_END),
        sha256=fingerprint(source),
    )
    file.full_clean()
    file.save(force_insert=True)
    for number, piece in enumerate(pieces_of(source)):
        FilePiece(file=file, number=number, content=piece).save(force_insert=True)
    return file


def opened(file: StoredFile) -> BinaryIO:
    """A file to read from, on disk, so that the database is free while it is read."""
    numbers = list(file.pieces.order_by("number").values_list("number", flat=True))
    # Whoever asked for it closes it, and with that it is gone.
    source = tempfile.TemporaryFile()  # noqa: SIM115
    for number in numbers:
        source.write(file.pieces.values_list("content", flat=True).get(number=number))
    if not numbers:
        # Kept as a whole, as every file was at first.
        source.write(FileContent.objects.values_list("content", flat=True).get(file=file))
    source.seek(0)
    return source


def download(file: StoredFile) -> HttpResponse:
    """The file as a download, for a view that checked who asks for it."""
    content = FileContent.objects.values_list("content", flat=True).get(file=file)
    return HttpResponse(
        bytes(content),
        content_type=file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name)
            or "attachment",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _suffix(upload: UploadedFile) -> str:
    return PurePath(upload.name or "").suffix.lower()
