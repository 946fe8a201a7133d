"""Reading one cell of a table that people made: Dutch dates, numbers with their zeros, choices by name.

A reader takes the text of a cell that is not empty and gives the value as it is kept, as text or as
number. `Unfit` says in Dutch what is wrong and what to do.
"""

import datetime
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from portal.euros import MOST_EUROS, read_euros
from portal.tables import live

Value = str | int | bool
Read = Callable[[str], Value]

_WORD = re.compile(r"[^a-z0-9]+")
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_is_url = URLValidator()
YES, NO = frozenset({"ja", "j", "yes", "x", "1", "waar"}), frozenset({"nee", "n", "no", "0", "onwaar"})


class Unfit(ValueError):
    """A cell that cannot be read; the sentence is for who made the table."""


@dataclass(frozen=True, kw_only=True)
class ImportField:
    """One thing that a column of the table can hold."""

    key: str
    label: str
    read: Read
    # Other headings under which tables of others have it.
    synonyms: tuple[str, ...] = ()
    # Guarded against citizen numbers; columns of numbers are not.
    is_free_text: bool = False
    help_text: str = ""
    # The full spellings of each value; a cell that has another one gets a note on how it was read.
    spellings: Mapping[Value, tuple[str, ...]] = field(default_factory=dict)

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that means this field, in the form of `heading_key`."""
        return frozenset(map(heading_key, (self.key, self.label, *self.synonyms)))


@functools.lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """A heading without capitals, accents, spaces and signs, to recognise it by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def cell_text(value: Any) -> str:
    """A cell of any reader as the text that stood there, quotes of our own exports taken off."""
    if isinstance(value, str):
        # Workbooks keep only the one kind of line end.
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return live(unicodedata.normalize("NFC", lines).strip())
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime.date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return str(value)


def text(longest: int) -> Read:
    """Free text of at most `longest` signs."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise Unfit(f"is {len(cell)} tekens lang. Maak het ten hoogste {longest} tekens.")
        return cell

    return read


def digits(count: int, name: str, *, shortest: int | None = None) -> Read:
    """A number of `count` digits kept as text; zeros that a spreadsheet dropped come back."""
    least = count if shortest is None else shortest

    def read(cell: str) -> str:
        bare = re.sub(r"[\s.\-]", "", cell)
        if "E+" in cell.upper():
            raise Unfit(f"is door Excel afgerond. Zet de kolom op Tekst en vul het {name} opnieuw in.")
        if not bare.isascii() or not bare.isdigit() or not least <= len(bare) <= count:
            raise Unfit(f"is geen {name}. Vul {count} cijfers in, of laat de cel leeg.")
        return bare.zfill(count)

    return read


def phone(cell: str) -> str:
    """A telephone number, as it was written."""
    if len(cell) > 20 or not re.search(r"\d", cell):
        raise Unfit("is geen telefoonnummer van ten hoogste 20 tekens. Verbeter het, of laat de cel leeg.")
    # A spreadsheet that takes it for a number drops the first zero.
    return f"0{cell}" if re.fullmatch(r"[1-9]\d{8}", cell) else cell


def email(cell: str) -> str:
    """A mail address."""
    address = cell.removeprefix("mailto:")
    try:
        validate_email(address)
    except ValidationError:
        raise Unfit("is geen mailadres. Een mailadres ziet er zo uit: naam@voorbeeld.nl.") from None
    return address


def own_email(cell: str) -> str:
    """The mail address of a person, in lower case, as it is kept."""
    return email(cell).lower()


def website(cell: str) -> str:
    """The address of a site; https is filled in."""
    address = cell if "://" in cell else f"https://{cell}"
    try:
        _is_url(address)
    except ValidationError:
        raise Unfit("is geen webadres. Een webadres ziet er zo uit: https://www.voorbeeld.nl.") from None
    if len(address) > 200:
        raise Unfit("is te lang voor een webadres. Neem de voorpagina van de website.")
    return address


def day(cell: str) -> str:
    """A date, written dd-mm-jjjj, as ISO text."""
    found = _DATE.fullmatch(cell.removesuffix(" 00:00:00"))
    try:
        if found:
            return datetime.date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return datetime.date.fromisoformat(cell[:10]).isoformat()
    except ValueError:
        raise Unfit("is geen datum. Schrijf dag-maand-jaar, bijvoorbeeld 01-12-2021.") from None


def past_day(today: datetime.date) -> Read:
    """A date that is not in the future."""

    def read(cell: str) -> str:
        value = day(cell)
        if value > today.isoformat():
            raise Unfit("ligt in de toekomst. Vul vandaag of een eerdere datum in.")
        return value

    return read


def yes_or_no(cell: str) -> bool:
    """Ja or nee."""
    word = cell.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Unfit("is geen ja of nee. Vul ja of nee in.")


def number(cell: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"\d{1,12}", cell):
        raise Unfit("is geen heel getal. Laat deze kolom zoals het portaal hem schreef.")
    return int(cell)


def count(cell: str) -> int:
    """How many of something."""
    if not re.fullmatch(r"\d{1,6}", cell):
        raise Unfit("is geen heel getal. Vul cijfers in, zonder komma of woorden, of laat de cel leeg.")
    return int(cell)


def amount(cell: str) -> str:
    """An amount of money, in euros with at most two decimals."""
    found = read_euros(cell)
    if found is None or found > MOST_EUROS:
        raise Unfit("is geen bedrag. Schrijf het zoals 12.500 of 12.500,50, afgerond op centen.")
    return str(found)


def choice(options: Mapping[str, Value], remedy: str) -> Read:
    """One of `options`, whose keys are written as `heading_key` gives them."""

    def read(cell: str) -> Value:
        found = options.get(heading_key(cell))
        if found is None:
            raise Unfit(f"kennen we niet. {remedy}")
        return found

    return read


def options(pairs: Iterable[tuple[Value, Iterable[str]]]) -> dict[str, Value]:
    """The options of `choice` from values and the words for each; of two the first has the word."""
    found: dict[str, Value] = {}
    for value, words in pairs:
        for word in words:
            found.setdefault(heading_key(word), value)
    return found
