"""No citizen service number (BSN) may stand in free text or in a file."""

import re

from django.core.exceptions import ValidationError
from stdnum.nl import bsn

REFUSAL = (
    "Hier staat een getal dat een burgerservicenummer kan zijn. Haal het weg: het portaal bewaart "
    "geen gegevens van ouders of kinderen."
)

# Nine digits in a row, or in the usual groups (1234.56.789, 123 456 789, 123-456-789). Not after a
# euro sign or the start of a telephone number, and not as a part of a longer number or code.
# Eight digits would be a BSN with its zero left off, but so is many a date.
_BARE = (
    r"(?:(?<![\w+€])(?<!€ )(?<!\+\d\d[ -])(?<!00\d\d[ -])(?<!\d[.,])|(?<=bsn))"
    r"\d{9}(?!\w|[.,]\d)"
)
_GROUPED = (
    r"(?<![\w+€])(?<!€ )(?<!\d[.,/ \xa0-])"
    r"(?:\d{4}([. \xa0-])\d{2}\1\d{3}|\d{3}([. \xa0-])\d{3}\2\d{3})"
    r"(?!\w|[.,/ \xa0-]\d)"
)
_CANDIDATE = re.compile(f"{_BARE}|{_GROUPED}", re.IGNORECASE)
# Most text holds no number at all, and is not searched for one letter by letter.
_NUMBER = re.compile(r"\d{3}")


def find_bsn(text: str) -> str | None:
    """The first number in `text` that can be a BSN, as it stands there; None where there is none."""
    if not _NUMBER.search(text):
        return None
    return next((found[0] for found in _CANDIDATE.finditer(text) if bsn.is_valid(found[0])), None)


def refuse_bsn(text: str) -> None:
    """Validator for fields with free text."""
    if find_bsn(text):
        raise ValidationError(REFUSAL, code="bsn")
