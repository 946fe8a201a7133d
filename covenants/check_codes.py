"""Codes on documents: eighty random bits, in letters and digits that nobody confuses; and hashes as read."""

import re
import secrets

from covenants.models import CheckCode

# Crockford's: without I, L, O and U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_READ_AS = str.maketrans("ILO", "110")


def give(subject: str) -> None:
    """A code for the document `subject`, where it has none yet."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    CheckCode.objects.bulk_create([CheckCode(code=code, subject=subject)], ignore_conflicts=True)


def code_for(subject: str) -> CheckCode:
    """The code of the document `subject`, given at the first question."""
    give(subject)
    return CheckCode.objects.get(subject=subject)


def clean(typed: str) -> str:
    """What was meant with a typed code: without dashes and blanks, and O read as 0."""
    return re.sub(r"[\s-]", "", typed).upper().translate(_READ_AS)


def find(typed: str) -> CheckCode | None:
    """The document of a typed code; None for what is no code of ours."""
    return CheckCode.objects.filter(code=clean(typed)[: LENGTH + 1]).first()


def in_groups(digest: str) -> str:
    """A hash in groups of eight, so that it fits a line and can be read aloud."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
