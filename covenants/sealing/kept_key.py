"""A signer that reads its key once, and writes out once what it signs.

pyHanko's own reads its key from its bytes for every signature. That is nothing for an elliptic curve, but
with a key of RSA, which many seals and timestamps have, it takes longer than all the rest of a seal.
"""

from typing import Any, Self, cast

from asn1crypto import cms
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign import SimpleSigner
from pyhanko.sign.attributes import CMSAttributeProvider
from pyhanko_certvalidator.util import get_pyca_cryptography_hash


class _Read(CMSAttributeProvider):
    """The value of an attribute, as if it was read."""

    def __init__(self, provider: CMSAttributeProvider) -> None:
        self.provider = provider
        self.attribute_type = provider.attribute_type

    async def build_attr_value(self, *args: Any, **chosen: Any) -> Any:
        """As `signed_attrs`, for one value: it is looked at each time that the others are put beside it."""
        built = await self.provider.build_attr_value(*args, **chosen)
        return built and type(built).load(built.dump())


class KeptKeySigner(SimpleSigner):
    """As SimpleSigner, for a worker that seals one file after another."""

    _kept: RSAPrivateKey | None = None

    @classmethod
    def of(cls, signer: SimpleSigner) -> Self:
        """The same signer, with its key kept ready."""
        return cls(signer.signing_cert, signer.signing_key, cert_registry=signer.cert_registry)

    def _signed_attr_providers(self, *args: Any, **chosen: Any) -> list[CMSAttributeProvider]:
        return [_Read(provider) for provider in super()._signed_attr_providers(*args, **chosen)]

    async def signed_attrs(self, *args: Any, **chosen: Any) -> cms.CMSAttributes:
        """What is signed, as if it was read: asn1crypto writes out whatever was built in memory anew
        each time that anything which holds it is looked at."""
        built = await super().signed_attrs(*args, **chosen)
        return cms.CMSAttributes.load(built.dump())

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The bare signature of these bytes."""
        chosen = self.get_signature_mechanism_for_digest(digest_algorithm)
        if chosen.signature_algo != "rsassa_pkcs1v15":
            return super().sign_raw(data, digest_algorithm)
        if self._kept is None:
            key = serialization.load_der_private_key(self.signing_key.dump(), password=None)
            self._kept = cast(RSAPrivateKey, key)
        return self._kept.sign(data, PKCS1v15(), get_pyca_cryptography_hash(digest_algorithm))
