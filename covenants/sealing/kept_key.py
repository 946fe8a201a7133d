"""A signer that reads its key once.

pyHanko's own reads it from its bytes for every signature. That is nothing for an elliptic curve, but with
a key of RSA, which many seals and timestamps have, it takes longer than all the rest of a seal.
"""

from typing import Self, cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign import SimpleSigner
from pyhanko_certvalidator.util import get_pyca_cryptography_hash


class KeptKeySigner(SimpleSigner):
    """As SimpleSigner, for a worker that seals one file after another."""

    _kept: RSAPrivateKey | None = None

    @classmethod
    def of(cls, signer: SimpleSigner) -> Self:
        """The same signer, with its key kept ready."""
        return cls(signer.signing_cert, signer.signing_key, cert_registry=signer.cert_registry)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The bare signature of these bytes."""
        chosen = self.get_signature_mechanism_for_digest(digest_algorithm)
        if chosen.signature_algo != "rsassa_pkcs1v15":
            return super().sign_raw(data, digest_algorithm)
        if self._kept is None:
            key = serialization.load_der_private_key(self.signing_key.dump(), password=None)
            self._kept = cast(RSAPrivateKey, key)
        return self._kept.sign(data, PKCS1v15(), get_pyca_cryptography_hash(digest_algorithm))
