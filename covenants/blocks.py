"""The blocks that a text is made of, what each holds, and how it is written in a form.

A block is a dictionary in the text of a version: `key` names it for good, also in later versions;
`kind` says what it is; `text`, `items` (with their `depth`) and `rows` hold plain words. Markup
does not exist in them: whatever somebody types is shown as it was typed.
"""

import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from portal.text_guard import refuse_bsn

Block = dict[str, Any]


class BlockKind(models.TextChoices):
    TITLE = "title", "titel"
    PARTIES = "parties", "partijen"
    CONSIDERATION = "consideration", "overweging"
    CHAPTER = "chapter", "hoofdstuk"
    ARTICLE = "article", "artikel"
    PARAGRAPH = "paragraph", "lid"
    LIST = "list", "opsomming"
    TABLE = "table", "tabel"
    ANNEX = "annex", "bijlage"


class MeaningLine(models.TextChoices):
    """The five lines "Wat betekent tekenen?" that belong to every text."""

    TASKS = "tasks", "Taken"
    MONEY = "money", "Geld"
    DURATION = "duration", "Duur"
    NOTICE = "notice", "Opzeggen"
    WHO = "who", "Wie doet mee"


HEADINGS = (BlockKind.TITLE, BlockKind.CHAPTER, BlockKind.ARTICLE, BlockKind.ANNEX)
WITH_ITEMS = (BlockKind.PARTIES, BlockKind.LIST)
MOST_BLOCKS = 2000
LONGEST_HEADING = 300
LONGEST_TEXT = 20_000
LONGEST_MEANING = 600
WIDEST_TABLE = 8
DEEPEST_ITEM = 1

# Characters that show nothing, or turn the direction of reading: they would let a signed text read
# otherwise than it is written.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_KEY = re.compile(r"^[0-9a-z]{6,12}$")


def new_key() -> str:
    """A name for a block that no other has."""
    return secrets.token_hex(5)


def plain(text: object, *, lines: bool = False) -> str:
    """`text` as plain words: one form of every letter, no unseen characters, tidy spaces."""
    words = unicodedata.normalize("NFC", str(text or "")).replace("\r\n", "\n").replace("\r", "\n")
    words = re.sub(r"[\u2028\u2029\x0b\x0c]", "\n", words)
    words = _UNSEEN.sub("", words)
    # Lone halves of a surrogate pair cannot be written as UTF-8.
    words = words.encode("utf-8", "ignore").decode("utf-8")
    if lines:
        return "\n".join(re.sub(r"[^\S\n]+", " ", line).strip() for line in words.strip().split("\n"))
    return re.sub(r"\s+", " ", words).strip()


def clean_block(raw: Mapping[str, Any]) -> Block:
    """The block as it is kept; a ValidationError in plain words where it cannot be."""
    kind = raw.get("kind")
    if kind not in BlockKind.values:
        raise ValidationError("Kies wat voor stuk tekst dit is.")
    key = str(raw.get("key") or new_key())
    if not _KEY.match(key):
        raise ValidationError("Dit stuk tekst heeft geen geldige naam. Laad de pagina opnieuw.")
    block: Block = {"key": key, "kind": str(kind)}
    if kind in HEADINGS:
        block["text"] = _heading(raw.get("text"), BlockKind(kind))
    elif kind in WITH_ITEMS:
        block["text"] = _words(raw.get("text"))
        block["items"] = _items(raw.get("items") or (), BlockKind(kind))
    elif kind == BlockKind.TABLE:
        block["text"] = _words(raw.get("text"))
        block["rows"] = _rows(raw.get("rows") or ())
        if not block["text"]:
            raise ValidationError("Geef de tabel een opschrift, zodat iedereen weet waar zij over gaat.")
    else:
        block["text"] = _words(raw.get("text"))
        if not block["text"]:
            raise ValidationError("Vul de tekst in, of verwijder dit stuk.")
    refuse_bsn("\n".join(words_of(block)))
    return block


def clean_blocks(raw: Iterable[Mapping[str, Any]]) -> list[Block]:
    """All blocks of a text as they are kept, each with a name of its own."""
    found: list[Block] = []
    keys: set[str] = set()
    for number, one in enumerate(raw, start=1):
        try:
            block = clean_block(one)
        except ValidationError as error:
            raise ValidationError(f"Stuk {number}: {' '.join(error.messages)}") from error
        if block["key"] in keys:
            block["key"] = new_key()
        keys.add(block["key"])
        found.append(block)
    if len(found) > MOST_BLOCKS:
        raise ValidationError(f"Een tekst heeft ten hoogste {MOST_BLOCKS} stukken. Verdeel de tekst.")
    return found


def clean_meaning(raw: Mapping[str, Any]) -> dict[str, str]:
    """The five lines as they are kept; a line may still be empty."""
    meaning = {line.value: plain(raw.get(line.value), lines=True) for line in MeaningLine}
    for line in MeaningLine:
        if len(meaning[line.value]) > LONGEST_MEANING:
            raise ValidationError(
                f"{line.label}: gebruik ten hoogste {LONGEST_MEANING} tekens, dan leest iedereen het."
            )
    refuse_bsn("\n".join(meaning.values()))
    return meaning


def words_of(block: Block) -> list[str]:
    """Every piece of text in a block, in the order of reading."""
    items = [item["text"] for item in block.get("items", ())]
    cells = [cell for row in block.get("rows", ()) for cell in row]
    return [part for part in (block.get("text", ""), *items, *cells) if part]


def digest_of(content: Any) -> str:
    """SHA-256 of blocks or lines, however their keys are ordered."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# --- How a block is written in a form ------------------------------------------------------------


def items_from_lines(lines: str) -> list[dict[str, Any]]:
    """One item a line; a line that starts with a dash or two spaces belongs to the one above."""
    items: list[dict[str, Any]] = []
    for line in lines.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        found = re.match(r"^(?:\s{2,}|\t+|\s*[-–•*]\s+)(.*)$", line)
        items.append({"text": found[1] if found else line, "depth": 1 if found and items else 0})
    return items


def lines_from_items(items: Iterable[Mapping[str, Any]]) -> str:
    """The items of a block as lines of a form."""
    return "\n".join(f"{'- ' * item['depth']}{item['text']}" for item in items)


def rows_from_lines(lines: str) -> list[list[str]]:
    """One row a line, cells between bars or tabs; the first row is the head."""
    return [
        re.split(r"\s*[|\t]\s*", line.strip().strip("|").strip())
        for line in lines.split("\n")
        if line.strip()
    ]


def lines_from_rows(rows: Iterable[Iterable[str]]) -> str:
    """The rows of a table as lines of a form."""
    return "\n".join(" | ".join(row) for row in rows)


def _heading(raw: object, kind: BlockKind) -> str:
    text = plain(raw)
    if not text:
        raise ValidationError(f"Vul bij {kind.label} een tekst in, of verwijder dit stuk.")
    if len(text) > LONGEST_HEADING:
        raise ValidationError(f"Een kop heeft ten hoogste {LONGEST_HEADING} tekens. Maak er een lid van.")
    return text


def _words(raw: object) -> str:
    text = plain(raw, lines=True)
    if len(text) > LONGEST_TEXT:
        raise ValidationError(f"Een stuk tekst heeft ten hoogste {LONGEST_TEXT} tekens. Verdeel het.")
    return text


def _items(raw: Iterable[Any], kind: BlockKind) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for one in raw:
        text = plain(one["text"] if isinstance(one, Mapping) else one)
        depth = int(one.get("depth") or 0) if isinstance(one, Mapping) and kind == BlockKind.LIST else 0
        if text:
            items.append({"text": _words(text), "depth": min(max(depth, 0), DEEPEST_ITEM) if items else 0})
    if not items:
        name = "Noem minstens één partij" if kind == BlockKind.PARTIES else "Vul minstens één regel in"
        raise ValidationError(f"{name}, of verwijder dit stuk.")
    return items


def _rows(raw: Iterable[Iterable[Any]]) -> list[list[str]]:
    rows = [[plain(cell) for cell in row] for row in raw]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:
        raise ValidationError(
            "Een tabel heeft een kopregel en minstens één rij. Zet tussen twee vakken een |."
        )
    width = max(len(row) for row in rows)
    if width > WIDEST_TABLE:
        raise ValidationError(f"Een tabel heeft ten hoogste {WIDEST_TABLE} kolommen. Maak er twee van.")
    rows = [row + [""] * (width - len(row)) for row in rows]
    if not all(rows[0]):
        raise ValidationError("Geef elke kolom van de tabel een kop.")
    return rows
