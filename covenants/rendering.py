"""Documents as PDF/A-3a and PDF/UA-1 in one file; the same input gives the same bytes.

A template is a file of `covenants/typst/`. Its data reach it as JSON in a folder of its own that
holds nothing else, so that no text of a user is ever read as markup or can name a file.
"""

import datetime
import json
import logging
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from portal.acts import Refused

logger = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent / "typst"
# What a text may take of a worker: some hundreds of pages.
MOST_CHARACTERS = 2_000_000


class NotRenderable(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Van deze gegevens is geen PDF te maken. Kijk of de titel is ingevuld en of er geen vreemde "
            "tekens in staan, en probeer het opnieuw."
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
) -> bytes:
    """The PDF of the template `template_name` with `data`; its clock stands at `timestamp`.

    The template finds the file `data.json` beside it: `title`, `timestamp` (ISO) and `data`.
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
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        root = Path(folder)
        (root / "data.json").write_text(text, encoding="utf-8")
        for source in ("house", template_name):
            (root / f"{source}.typ").write_bytes((TEMPLATES / f"{source}.typ").read_bytes())
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
            ignore_system_fonts=True,
            timestamp=int(timestamp.timestamp()),
        )
    except typst.TypstError as error:
        logger.warning("typst refused %s: %s", source.name, error)
        raise NotRenderable from error
