"""The seal of the platform on a PDF: made, checked, renewed. Knows files and keys, no covenants.

This is the door. What stands behind it loads libraries for PDF, certificates and the network, which took a
third of the start of every process of the portal; hardly any of them ever seals, so they come in at the
first call.
"""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from covenants.sealing.findings import (
    NoSeal,
    NoWord,
    Revocation,
    SealedPdf,
    SealingWaits,
    SealRefused,
    SealReport,
    SealVerdict,
    TimeRevoked,
)

if TYPE_CHECKING:
    from asn1crypto import x509

    from covenants.sealing.means import SealMeans

__all__ = [
    "NoSeal",
    "NoWord",
    "Revocation",
    "SealRefused",
    "SealReport",
    "SealVerdict",
    "SealedPdf",
    "SealingWaits",
    "TimeRevoked",
    "check_file",
    "current_means",
    "mark",
    "renew",
    "seal",
    "time_authority_of",
]


def seal(pdf: bytes, *, reason: str, location: str = "", means: "SealMeans | None" = None) -> SealedPdf:
    """`pdf` with the seal of the platform; see `making`."""
    from covenants.sealing import making

    return making.seal(pdf, reason=reason, location=location, means=means)


def renew(sealed: bytes, *, means: "SealMeans | None" = None) -> SealedPdf:
    """`sealed` with one more timestamp; see `making`."""
    from covenants.sealing import making

    return making.renew(sealed, means=means)


def check_file(
    content: bytes, *, roots: "Iterable[x509.Certificate]", at: datetime.datetime | None = None
) -> SealReport:
    """The findings on any bytes whatever; see `checking`."""
    from covenants.sealing import checking

    return checking.check_file(content, roots=roots, at=at)


def current_means() -> "SealMeans":
    """The means that the settings name, or NoSeal; see `means`."""
    from covenants.sealing import means

    return means.current()


def mark() -> str:
    """What must stand on every page that is sealed with keys of our own making."""
    return "TEST, NIET RECHTSGELDIG" if current_means().is_test else ""


def time_authority_of(sealed: bytes, *, means: "SealMeans") -> Revocation | None:
    """What is said today of the authority of the newest timestamp; see `revoked`."""
    from covenants.sealing import revoked

    return revoked.time_authority_of(sealed, means=means)
