"""Documents as PDF/A-3a and PDF/UA-1 in one file; the same input gives the same bytes.

A template is a file of `covenants/typst/`. Its data reach it as JSON in a folder of its own that
holds nothing else, so that no text of a user is ever read as markup or can name a file.
"""

import datetime
import json
import logging
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import typst
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from covenants.layout import lay_out, meaning_lines
from covenants.models import CovenantVersion, ForceRule
from portal.acts import Refused

logger = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent / "typst"
# What a text may take of a worker: some hundreds of pages.
MOST_CHARACTERS = 1_000_000

# How typst says that no font of its own has a letter.
_UNKNOWN_LETTER = re.compile(r'the text `"(.{1,8}?)"` could not be displayed')


class NotRenderable(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Van deze gegevens is geen PDF te maken. Kijk of de titel is ingevuld en of er geen vreemde "
            "tekens in staan, en probeer het opnieuw."
        )


class NoSuchLetter(NotRenderable):
    def __init__(self, letter: str) -> None:
        Refused.__init__(
            self, f"Het teken {letter} kan niet in een PDF die lang bewaard blijft. Haal het uit de tekst."
        )


class TooLong(Refused):
    def __init__(self) -> None:
        super().__init__("Dit document is te lang voor één PDF. Verdeel het over meer documenten.")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that the PDF carries inside."""

    name: str
    content: bytes
    mime_type: str
    description: str
    # How the file relates to the document, in the words of PDF/A-3.
    relationship: str = "supplement"


def render(
    template_name: str,
    data: Mapping[str, Any],
    *,
    title: str,
    timestamp: datetime.datetime,
    attachments: Sequence[Attachment] = (),
    folder: Path = TEMPLATES,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The PDF of the template `template_name` with `data`; its clock stands at `timestamp`.

    The template finds the file `data.json` beside it: `title`, `timestamp` (ISO) and `data`; and the
    `pictures` by their names. Templates of a higher floor stand in a `folder` of their own.
    """
    text = json.dumps(
        {
            "title": title,
            "timestamp": timestamp.astimezone(datetime.UTC).isoformat(timespec="seconds"),
            "data": data,
            "attachments": [
                {
                    "name": file.name,
                    "path": f"attachment-{number}",
                    "mime_type": file.mime_type,
                    "description": file.description,
                    "relationship": file.relationship,
                }
                for number, file in enumerate(attachments)
            ],
        },
        ensure_ascii=False,
        sort_keys=True,
    )
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    with tempfile.TemporaryDirectory(prefix="pdf-") as place:
        root = Path(place)
        (root / "data.json").write_text(text, encoding="utf-8")
        for source in (TEMPLATES / "house.typ", folder / f"{template_name}.typ"):
            (root / source.name).write_bytes(source.read_bytes())
        for name, content in pictures.items():
            (root / name).write_bytes(content)
        for number, file in enumerate(attachments):
            (root / f"attachment-{number}").write_bytes(file.content)
        return _compile(root / f"{template_name}.typ", timestamp)


def _compile(source: Path, timestamp: datetime.datetime) -> bytes:
    try:
        return typst.compile(
            source,
            root=source.parent,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            font_paths=_fonts(),
            timestamp=int(timestamp.timestamp()),
        )
    except typst.TypstError as error:
        logger.warning("typst refused %s: %s", source.name, error)
        letter = _UNKNOWN_LETTER.search(str(error))
        raise (NoSuchLetter(letter[1]) if letter else NotRenderable()) from error


@cache
def _fonts() -> typst.Fonts:
    """The fonts that typst brings along and no others; it would read them again for each document."""
    return typst.Fonts(include_system_fonts=False)


def render_text(version: CovenantVersion, *, code: str = "") -> bytes:
    """The text of `version`, marked CONCEPT until two people confirmed it; not yet sealed. With `code`
    anybody who holds a copy can ask what it is."""
    covenant = version.covenant
    layout = lay_out(version.blocks, title=covenant.title)
    is_concept = version.second_at is None
    name = f"{covenant.get_kind_display().capitalize()} van {covenant.coalition.name}"
    mark = "CONCEPT, NOG NIET VASTGESTELD" if is_concept else ""
    return render(
        "text",
        {
            "text": layout.as_data(),
            "subtitle": f"{name}, versie {version.number}",
            "footer": f"{layout.title}, versie {version.number}{', concept' if is_concept else ''}",
            "code": code,
            "address": f"{settings.PORTAL_ORIGIN}{reverse('covenants:verification')}",
            "mark": mark,
            "meaning": meaning_lines(version.meaning),
            "terms": terms_of(version),
        },
        title=layout.title,
        timestamp=version.second_at or version.created_at,
    )


def terms_of(version: CovenantVersion) -> list[tuple[str, str]]:
    """What was agreed about the text itself, as names and sentences."""
    covenant = version.covenant
    force = version.get_force_rule_display()
    if version.force_rule == ForceRule.QUORUM:
        force = f"zodra {version.quorum} partijen getekend hebben"
    months = "1 maand" if version.notice_months == 1 else f"{version.notice_months} maanden"
    terms = [
        ("Soort", covenant.get_kind_display()),
        ("Versie", str(version.number)),
        (
            version.second_words.capitalize(),
            date_format(localdate(version.second_at), "j F Y") if version.second_at else "",
        ),
        ("Gaat gelden", force),
        ("Ingangsdatum", date_format(version.effective_on, "j F Y") if version.effective_on else ""),
        ("Opzegtermijn", months if version.notice_months else "geen"),
        ("Wijzigen", version.amendment_rule),
        (
            "Later toetreden",
            "kan, als de partijen daarmee instemmen" if version.accession_needs_consent else "kan",
        ),
        ("Wie al tekende", version.get_resign_rule_display() if version.number > 1 else ""),
    ]
    return [(name, words) for name, words in terms if words]
