"""What a seal on a PDF is worth, by the rules for long-term validation (ETSI EN 319 102-1), without network.

Used on our own files before they are kept, on every file each year, and on what visitors upload.
It knows nothing of Django, so that a process of its own can do it.
"""

import asyncio
import datetime
import hashlib
import io
import logging
from collections.abc import Iterable
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.ades import AdESLTAValidationResult, ades_lta_validation
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from covenants.sealing import quicker  # noqa: F401
from covenants.sealing.findings import MAGIC_WITHIN, PDF_MAGIC, SealReport, SealVerdict
from covenants.sealing.rules import validation_rules

# Between those who give out timestamps and those who tell of certificates. Less than the half hour for
# which an answer counts that does not say how long.
CLOCKS_DIFFER = datetime.timedelta(minutes=10)

# They tell of every step of every check; what matters of it is in the answer.
for _talker in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_talker).setLevel(logging.ERROR)


def check_file(
    content: bytes, *, roots: Iterable[x509.Certificate], at: datetime.datetime | None = None
) -> SealReport:
    """The findings on any bytes whatever, now or at another time; never raises for what is in them."""
    facts: dict[str, Any] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    if PDF_MAGIC not in content[:MAGIC_WITHIN]:
        return SealReport(verdict=SealVerdict.NOT_PDF, **facts)
    try:
        reader = PdfFileReader(io.BytesIO(content))
        if reader.encrypted:
            return SealReport(verdict=SealVerdict.ENCRYPTED, **facts)
        seals, timestamps = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures
        if not seals:
            return SealReport(verdict=SealVerdict.NO_SEAL, **facts)
        return _check_seal(seals[0], timestamps, roots=roots, facts=facts, at=at)
    # A file that was made to be wrong finds roads through a parser that nobody foresaw.
    except Exception as error:
        return _broken(error, facts)


def _broken(error: Exception, facts: dict[str, Any]) -> SealReport:
    explanation = f"{type(error).__name__}: {error}"[:300]
    return SealReport(verdict=SealVerdict.BROKEN, explanation=explanation, **facts)


def _check_seal(
    seal: EmbeddedPdfSignature,
    timestamps: list[EmbeddedPdfSignature],
    *,
    roots: Iterable[x509.Certificate],
    facts: dict[str, Any],
    at: datetime.datetime | None,
) -> SealReport:
    now = at or datetime.datetime.now(datetime.UTC)
    newest = timestamps[-1] if timestamps else None
    result = _judged(seal, newest, roots=roots, now=now)
    certificate = seal.signer_cert
    verdict = _verdict(result)
    if verdict == SealVerdict.VALID and newest and newest.signer_cert.not_valid_after < now:
        verdict = SealVerdict.UNCERTAIN
    return SealReport(
        verdict=verdict,
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        serial=str(certificate.serial_number),
        certificate_sha256=certificate.sha256.hex(),
        certificate_until=certificate.not_valid_after.isoformat(),
        sealed_at=result.best_signature_time.isoformat(),
        indication=str(result.ades_subindic),
        explanation="" if result.ades_subindic == AdESPassed.OK else (result.failure_msg or "")[:300],
        lasts_until=newest.signer_cert.not_valid_after.isoformat() if newest else "",
        timestamps=len(timestamps),
        stamped_at=_stamped_at(newest).isoformat() if newest else "",
        timestamp_certificate=newest.signer_cert.sha256.hex() if newest else "",
        has_bytes_after=(newest or seal).evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE,
        **facts,
    )


def _judged(
    seal: EmbeddedPdfSignature,
    newest: EmbeddedPdfSignature | None,
    *,
    roots: Iterable[x509.Certificate],
    now: datetime.datetime,
) -> AdESLTAValidationResult:
    """The findings as of the newest timestamp, when that is one that we trust; else as of now.

    What authorities say of a certificate is out of date within days, and later word can only be fetched.
    At its timestamp everything in the file was fresh; what came after does not undo it.
    """
    rules = validation_rules(roots)
    if newest is not None:
        result = _at(min(now, _stamped_at(newest) + CLOCKS_DIFFER), seal, rules)
        # Without proof by a timestamp the time is only what somebody wrote.
        if result.oldest_evidence_record_timestamp is not None:
            return result
    return _at(now, seal, rules)


def _stamped_at(timestamp: EmbeddedPdfSignature) -> datetime.datetime:
    return timestamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native


def _at(
    moment: datetime.datetime, seal: EmbeddedPdfSignature, rules: PdfSignatureValidationSpec
) -> AdESLTAValidationResult:
    timing = ValidationTimingInfo(moment, moment, point_in_time_validation=False)
    return asyncio.run(ades_lta_validation(seal, rules, timing_info=timing))


def _name(name: x509.Name) -> str:
    """The common name in a certificate, and the organisation where that says more."""
    parts = name.native
    common, organisation = parts.get("common_name", ""), parts.get("organization_name", "")
    return common if not organisation or str(organisation) in str(common) else f"{common}, {organisation}"


_VERDICTS: dict[AdESSubIndic, SealVerdict] = {
    AdESPassed.OK: SealVerdict.VALID,
    AdESFailure.HASH_FAILURE: SealVerdict.CHANGED,
    AdESFailure.SIG_CRYPTO_FAILURE: SealVerdict.CHANGED,
    AdESFailure.FORMAT_FAILURE: SealVerdict.CHANGED,
    AdESFailure.REVOKED: SealVerdict.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: SealVerdict.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: SealVerdict.REVOKED,
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: SealVerdict.FOREIGN,
    AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND: SealVerdict.FOREIGN,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: SealVerdict.FOREIGN,
}


def _verdict(result: AdESLTAValidationResult) -> SealVerdict:
    status = result.api_status
    # First of all the bytes: a changed file stays changed, whoever sealed it.
    if status is not None and (
        not (status.intact and status.valid)
        or status.modification_level == ModificationLevel.OTHER
        or status.docmdp_ok is False
    ):
        return SealVerdict.CHANGED
    return _VERDICTS.get(result.ades_subindic, SealVerdict.UNCERTAIN)
