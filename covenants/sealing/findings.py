"""What making and checking a seal can come to. Loads nothing, so that pages and tasks can name it."""

import datetime
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

PDF_MAGIC = b"%PDF-"
# Readers accept some bytes before the first line of a PDF.
MAGIC_WITHIN = 1024
# In every name of the keys of `own_keys`.
TEST_MARK = "TEST – niet rechtsgeldig"


class NoSeal(Exception):
    """The settings hold no seal that may be used here; what waits for it goes on waiting."""


class SealingWaits(Exception):
    """No timestamp can be had now; a seal that gets its time later would prove nothing of today."""


class SealRefused(Exception):
    """No seal comes of this key, or our own check does not accept what was made: nothing is kept."""


class NoWord(Exception):
    """The authority of a certificate cannot be asked now, or says nothing of it any more."""


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """A certificate was revoked: since when, and why in the words of RFC 5280."""

    revoked_at: datetime.datetime
    reason: str


class TimeRevoked(Exception):
    """The authority of the newest timestamp was revoked: no later one makes up for that."""

    def __init__(self, revocation: Revocation) -> None:
        self.revocation = revocation
        super().__init__(f"{revocation.revoked_at:%d-%m-%Y}, {revocation.reason}")


class SealVerdict(StrEnum):
    """What a seal, or the lack of one, comes down to."""

    VALID = "valid"
    CHANGED = "changed"
    FOREIGN = "foreign"
    REVOKED = "revoked"
    UNCERTAIN = "uncertain"
    NO_SEAL = "no_seal"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    NOT_PDF = "not_pdf"
    TOO_HEAVY = "too_heavy"


@dataclass(frozen=True, kw_only=True)
class SealReport:
    """The findings on one file, ready to be kept as JSON."""

    verdict: SealVerdict
    sha256: str
    size: int
    # Who sealed it, by its certificate; blank where there is no seal to read.
    subject: str = ""
    issuer: str = ""
    serial: str = ""
    certificate_sha256: str = ""
    certificate_until: str = ""
    sealed_at: str = ""
    indication: str = ""
    explanation: str = ""
    # The end of the certificate of the newest timestamp, after which the seal must have been renewed.
    lasts_until: str = ""
    timestamps: int = 0
    # Of the newest timestamp: its own time, and the certificate that vouches for it.
    stamped_at: str = ""
    timestamp_certificate: str = ""
    # Bytes stand behind what the newest seal or timestamp covers.
    has_bytes_after: bool = False

    @property
    def is_test(self) -> bool:
        """Whether it was sealed with keys of our own making, which prove nothing to anybody."""
        return TEST_MARK in self.subject

    def as_json(self) -> dict[str, Any]:
        """The findings as plain values."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class SealedPdf:
    """A sealed file with what our own check found on it."""

    content: bytes
    report: SealReport

    @property
    def sha256(self) -> str:
        """The name of these bytes."""
        return self.report.sha256

    @property
    def sealed_at(self) -> datetime.datetime:
        """The time that the timestamp authority vouches for."""
        return datetime.datetime.fromisoformat(self.report.sealed_at)

    @property
    def certificate_until(self) -> datetime.datetime:
        """The end of the certificate of the seal."""
        return datetime.datetime.fromisoformat(self.report.certificate_until)

    @property
    def lasts_until(self) -> datetime.datetime:
        """The end of the certificate of the newest timestamp."""
        return datetime.datetime.fromisoformat(self.report.lasts_until)
