"""What a seal is made with, according to the settings: a key, timestamp authorities, and whom to trust."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import crl, keys, pem, x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate, CertificateRevocationList
from django.conf import settings
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import Signer, SimpleSigner
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend
from pyhanko_certvalidator.registry import SimpleCertificateStore

from covenants.seal_kinds import TEST
from covenants.sealing import own_keys
from covenants.sealing.asked_timestamps import AskedTimeStamper
from covenants.sealing.findings import NoSeal
from covenants.sealing.kept_key import KeptKeySigner
from covenants.sealing.own_timestamps import OwnTimeStamper
from covenants.sealing.remote import remote_signer

TIMESTAMP_SECONDS = 5
FETCH_SECONDS = 5


@dataclass(frozen=True)
class SealMeans:
    """Everything one seal needs."""

    signer: Callable[[], AbstractAsyncContextManager[Signer]]
    # Made anew for each seal: what an authority answered once is no proof of its certificate today.
    timestampers: Callable[[], list[TimeStamper]]
    roots: tuple[x509.Certificate, ...]
    crls: tuple[crl.CertificateList, ...] = ()
    is_test: bool = False
    # Of the seal, where that is known without asking a service.
    certificate: x509.Certificate | None = None

    def validation(self, *, fetches: bool, asks_of_all: bool = False) -> ValidationContext:
        """Whom to trust. Only a worker may fetch lists of revoked certificates; `asks_of_all` also refuses a
        certificate that does not say where to ask."""
        return ValidationContext(
            trust_roots=list(self.roots),
            crls=list(self.crls),
            allow_fetching=fetches and not self.is_test,
            # The other kind leaves a session open for each seal.
            fetcher_backend=RequestsFetcherBackend(per_request_timeout=FETCH_SECONDS),
            revocation_mode="require" if asks_of_all else "hard-fail",
        )


def current() -> SealMeans:
    """The means that the settings name; raises NoSeal where they name none, or a test in production."""
    kind = settings.SEAL["KIND"]
    if not kind:
        raise NoSeal("Er is nog geen zegelcertificaat ingesteld: zie PORTAL_SEAL in .env.example.")
    if kind == TEST and settings.IS_PRODUCTION:
        raise NoSeal("PORTAL_SEAL=test hoort niet in productie: zulke zegels bewijzen niets.")
    return _means(kind, tuple(sorted(settings.SEAL.items())), settings.DATA_DIR)


@lru_cache(maxsize=4)
def _means(kind: str, chosen: tuple[tuple[str, Any], ...], data_dir: Path) -> SealMeans:
    if kind == TEST:
        return own_means(own_keys.read_or_make(data_dir / "zegel"))
    options = dict(chosen)
    return SealMeans(
        signer=_SIGNERS[kind](options),
        timestampers=lambda: [
            AskedTimeStamper(url, timeout=TIMESTAMP_SECONDS) for url in options["TSA_URLS"]
        ],
        roots=tuple(_certificates(options["TRUST"])),
        certificate=next(iter(_certificates(options["CERTIFICATE"])), None),
    )


def own_means(made: own_keys.OwnKeys) -> SealMeans:
    """Means of our own making, for development, the demo and tests."""
    root, seal, timestamp = _bare(made.root), _bare(made.seal), _bare(made.timestamp)
    chain = SimpleCertificateStore.from_certs([root])
    signer = KeptKeySigner(seal, _bare_key(made.seal_key), cert_registry=chain)
    timestamper = OwnTimeStamper(KeptKeySigner(timestamp, _bare_key(made.timestamp_key), cert_registry=chain))
    return SealMeans(
        signer=_always(signer),
        timestampers=lambda: [timestamper],
        roots=(root,),
        crls=(crl.CertificateList.load(_der(made.crl)),),
        is_test=True,
        certificate=seal,
    )


def _from_pem(options: dict[str, Any]) -> Callable[[], AbstractAsyncContextManager[Signer]]:
    key = serialization.load_pem_private_key(options["KEY"].encode(), _secret(options["PASSPHRASE"]))
    certificate = next(iter(_certificates(options["CERTIFICATE"])))
    chain = SimpleCertificateStore.from_certs(_certificates(options["CHAIN"]))
    return _always(KeptKeySigner(certificate, _bare_key(key), cert_registry=chain))


def _from_pkcs12(options: dict[str, Any]) -> Callable[[], AbstractAsyncContextManager[Signer]]:
    signer = SimpleSigner.load_pkcs12_data(
        Path(options["PKCS12_PATH"]).read_bytes(),
        other_certs=_certificates(options["CHAIN"]),
        passphrase=_secret(options["PASSPHRASE"]),
    )
    return _always(KeptKeySigner.of(signer))


def _from_pkcs11(options: dict[str, Any]) -> Callable[[], AbstractAsyncContextManager[Signer]]:
    """The key stays in the device; a session is opened for each seal, so that it may be away a while."""

    @asynccontextmanager
    async def signer() -> AsyncIterator[Signer]:
        session = open_pkcs11_session(
            options["PKCS11_LIBRARY"],
            token_criteria=TokenCriteria(label=options["PKCS11_TOKEN"]),
            user_pin=options["PKCS11_PIN"] or None,
        )
        with session:
            yield PKCS11Signer(
                session,
                key_label=options["PKCS11_KEY"],
                signing_cert=next(iter(_certificates(options["CERTIFICATE"]))),
                ca_chain=_certificates(options["CHAIN"]),
                # Few devices hash by themselves.
                use_raw_mechanism=True,
            )

    return signer


def _from_csc(options: dict[str, Any]) -> Callable[[], AbstractAsyncContextManager[Signer]]:
    return lambda: remote_signer(
        url=options["CSC_URL"],
        credential=options["CSC_CREDENTIAL"],
        token=options["CSC_TOKEN"],
        pin=options["CSC_PIN"],
    )


_SIGNERS: dict[str, Callable[[dict[str, Any]], Callable[[], AbstractAsyncContextManager[Signer]]]] = {
    "pem": _from_pem,
    "pkcs12": _from_pkcs12,
    "pkcs11": _from_pkcs11,
    "csc": _from_csc,
}


def _always(signer: Signer) -> Callable[[], AbstractAsyncContextManager[Signer]]:
    @asynccontextmanager
    async def same() -> AsyncIterator[Signer]:
        yield signer

    return same


def _certificates(text: str) -> list[x509.Certificate]:
    """Every certificate in a text of PEM blocks."""
    if not text.strip():
        return []
    return [x509.Certificate.load(der) for _, _, der in pem.unarmor(text.encode(), multiple=True)]


def _secret(text: str) -> bytes | None:
    return text.encode() if text else None


def _der(thing: Certificate | CertificateRevocationList) -> bytes:
    return thing.public_bytes(serialization.Encoding.DER)


def _bare(certificate: Certificate) -> x509.Certificate:
    return x509.Certificate.load(_der(certificate))


def _bare_key(key: Any) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
