"""Making a seal and renewing its timestamp; runs in a worker, never in a request or a transaction."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import cast

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, Signer
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import DocumentSecurityStore, async_validate_pdf_timestamp
from pyhanko_certvalidator.errors import ValidationError

from covenants.sealing.checking import check_file
from covenants.sealing.findings import (
    NoWord,
    SealedPdf,
    SealingWaits,
    SealRefused,
    SealVerdict,
    TimeRevoked,
)
from covenants.sealing.means import SealMeans, current
from covenants.sealing.revoked import time_authority_of

FIELD = "Zegel"
DIGEST = "sha256"
# Whatever is needed to check a timestamp stands before it, so that the last one covers the whole file.
TIMESTAMP_PROOF = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
SEAL_PROOF = DSSContentSettings(include_vri=False, next_ts_settings=TIMESTAMP_PROOF)

# By the certificate of the seal.
_bytes_without_time: dict[bytes, int] = {}


def seal(pdf: bytes, *, reason: str, location: str = "", means: SealMeans | None = None) -> SealedPdf:
    """`pdf` with the seal of the platform, PAdES B-LTA, checked; raises SealingWaits without a timestamp.

    An approval signature and no certification: readers call a certified file with its long-term
    proof "modified".
    """
    means = means or current()

    async def attempt(timestamper: TimeStamper) -> bytes:
        output = io.BytesIO()
        async with means.signer() as signer:
            metadata = PdfSignatureMetadata(
                field_name=FIELD,
                md_algorithm=DIGEST,
                subfilter=SigSeedSubFilter.PADES,
                reason=reason,
                location=location or None,
                embed_validation_info=True,
                use_pades_lta=True,
                dss_settings=SEAL_PROOF,
                validation_context=means.validation(fetches=True),
            )
            sealer = PdfSigner(metadata, signer=signer, timestamper=timestamper)
            room = await _room(signer, timestamper)
            await sealer.async_sign_pdf(
                IncrementalPdfFileWriter(io.BytesIO(pdf)), output=output, bytes_reserved=room
            )
        return output.getvalue()

    return _checked(_with_time(attempt, means), starts_with=pdf, means=means)


def renew(sealed: bytes, *, means: SealMeans | None = None) -> SealedPdf:
    """`sealed` with one more timestamp over everything in it; starts with exactly the sealed bytes.

    Raises TimeRevoked where the authority of the last timestamp is not to be believed any more.
    """
    means = means or current()
    # Who does not answer is asked again below, and then it counts.
    with suppress(NoWord):
        if (revocation := time_authority_of(sealed, means=means)) is not None:
            raise TimeRevoked(revocation)

    async def attempt(timestamper: TimeStamper) -> bytes:
        output = io.BytesIO()
        trust = means.validation(fetches=True)
        newest = PdfFileReader(io.BytesIO(sealed)).embedded_timestamp_signatures[-1]
        status = await async_validate_pdf_timestamp(newest, trust)
        writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
        DocumentSecurityStore.supply_dss_in_writer(
            writer, None, paths=(status.validation_path,), validation_context=trust
        )
        await PdfTimeStamper(timestamper).async_timestamp_pdf(
            writer, DIGEST, trust, output=output, dss_settings=TIMESTAMP_PROOF
        )
        return output.getvalue()

    return _checked(_with_time(attempt, means), starts_with=sealed, means=means)


def _with_time(attempt: Callable[[TimeStamper], Awaitable[bytes]], means: SealMeans) -> bytes:
    """The first attempt that a timestamp authority answers."""
    problems: list[Exception] = []
    for timestamper in means.timestampers():
        try:
            return asyncio.run(_awaited(attempt, timestamper))
        # An authority that answers garbage ends in a bare ValueError, one that was revoked in the other.
        except (TimestampRequestError, ValueError, ValidationError) as error:
            problems.append(error)
    # Of the key, which no other authority helps.
    refused = next((problem for problem in problems if isinstance(problem, SigningError)), None)
    if refused is not None:
        raise SealRefused(_in_full(refused)) from refused
    found = "; ".join(f"{type(problem).__name__}: {problem}" for problem in problems)
    raise SealingWaits(f"Geen tijdstempel: {found or 'er is geen dienst ingesteld'}")


async def _room(signer: Signer, timestamper: TimeStamper) -> int:
    """How many hexadecimal digits a seal may take: half as many again as it seems to need.

    pyHanko makes a seal for nothing each time to know that. One certificate takes the same each time, but
    for the timestamp, of which an authority is asked for one in advance anyhow to check its certificate.
    """
    stamp = len((await timestamper.async_dummy_response(DIGEST)).dump())
    certificate = cast(x509.Certificate, signer.signing_cert).sha256
    if certificate not in _bytes_without_time:
        trial = await signer.async_sign(
            bytes(32), DIGEST, use_pades=True, dry_run=True, timestamper=timestamper
        )
        _bytes_without_time[certificate] = len(trial.dump()) - stamp
    needed = _bytes_without_time[certificate] + stamp
    return 2 * (needed + needed // 2)


def _in_full(error: BaseException) -> str:
    """What went wrong down to its cause: that a certificate is revoked or expired stands at the bottom."""
    words = [str(error)]
    while (cause := error.__cause__) is not None:
        words.append(str(cause))
        error = cause
    return ": ".join(words)


async def _awaited(attempt: Callable[[TimeStamper], Awaitable[bytes]], timestamper: TimeStamper) -> bytes:
    return await attempt(timestamper)


def _checked(content: bytes, *, starts_with: bytes, means: SealMeans) -> SealedPdf:
    """`content`, where the check that everybody can do accepts it and finds nothing behind it."""
    report = check_file(content, roots=means.roots)
    is_whole = not report.has_bytes_after and content.startswith(starts_with) and report.timestamps
    if report.verdict != SealVerdict.VALID or not is_whole:
        raise SealRefused(f"{report.verdict}: {report.indication} {report.explanation}".strip())
    return SealedPdf(content=content, report=report)
