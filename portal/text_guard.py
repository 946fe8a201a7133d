"""No citizen service number (BSN) may stand in free text or in a file."""

import re

from django.core.exceptions import ValidationError
from stdnum.nl import bsn

REFUSAL = (
    "Hier staat een getal dat een burgerservicenummer kan zijn. Haal het weg: het portaal bewaart "
    "geen gegevens van ouders of kinderen."
)

# Nine digits, bare or in the usual groups (1234.56.789, 123 456 789, 123-456-789). What touches
# a letter, a digit, another number or a decimal mark is something else: a telephone or bank account
# number, an amount, part of a longer code. Eight digits would be a BSN with a zero left off, but
# so is every date.
_CANDIDATE = re.compile(
    r"(?<![\w+€])(?<!\d[.,\- /])(?<!\d\) )"
    r"(\d{9}|\d{4}\.\d{2}\.\d{3}|\d{3}([ .-])\d{3}\2\d{3}|\d{4}([ -])\d{2}\3\d{3})"
    r"(?!\w|[.,\- /]\d)"
)


def find_bsn(text: str) -> str | None:
    """The first number in `text` that can be a BSN, as it stands there; None where there is none."""
    return next((found[0] for found in _CANDIDATE.finditer(text) if bsn.is_valid(found[0])), None)


def refuse_bsn(text: str) -> None:
    """Validator for fields with free text."""
    if find_bsn(text):
        raise ValidationError(REFUSAL, code="bsn")
