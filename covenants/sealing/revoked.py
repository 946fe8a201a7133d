"""Does the authority that vouches for the time of a file still stand? Asked over the network, by workers."""

import asyncio
import io

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import RevokedError, ValidationError

from covenants.sealing.findings import NoWord, Revocation
from covenants.sealing.means import SealMeans


def time_authority_of(sealed: bytes, *, means: SealMeans) -> Revocation | None:
    """What is said today of the certificate of the newest timestamp; None where it stands."""
    newest = PdfFileReader(io.BytesIO(sealed)).embedded_timestamp_signatures[-1]
    validator = CertificateValidator(
        newest.signer_cert,
        intermediate_certs=newest.other_embedded_certs,
        validation_context=means.validation(fetches=True, asks_of_all=True),
    )
    try:
        asyncio.run(validator.async_validate_usage(set(), {"time_stamping"}))
    except RevokedError as revoked:
        return Revocation(revoked_at=revoked.revocation_dt, reason=revoked.reason.native)
    except ValidationError as error:
        raise NoWord(str(error)) from error
    return None
