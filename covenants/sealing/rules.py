"""The rules by which a seal is judged: whom to trust, what to ask of revocation, and to fetch nothing."""

from collections.abc import Iterable

from asn1crypto import x509
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo import validate_ocsp

# By default the addresses in a certificate are followed, and a stranger writes those.
FETCH_NOTHING = RevocationInfoGatheringSpec(
    online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
    certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
)


def validation_rules(roots: Iterable[x509.Certificate]) -> PdfSignatureValidationSpec:
    """Trust these roots, ask what their authority said of a certificate, and fetch nothing."""
    trust = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(list(roots)),
        revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("hard-fail")),
    )
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(cert_validation_policy=trust, revinfo_gathering_policy=FETCH_NOTHING)
    )


_match = validate_ocsp._match_ocsp_certid


def _match_or_pass_over(cert, issuer, ocsp_response, errs):  # type: ignore[no-untyped-def]
    found = validate_ocsp._OCSPErrs()
    if _match(cert, issuer, ocsp_response, found):
        return True
    errs.mismatch_failures += 1
    return False


# pyHanko 0.38 counts an answer about another certificate of the same authority as a fault in the
# answers about this one. Where seal and timestamp are of one authority, a seal whose answer (OCSP) is
# some days old then counts as one without any answer, and its timestamp does not help.
validate_ocsp._match_ocsp_certid = _match_or_pass_over
