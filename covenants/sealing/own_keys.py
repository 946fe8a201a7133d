"""Keys for development, demo and tests: an authority, a seal and a timestamp authority of our own.

They are made at first start and stay in the data folder. Each name says that it is a test, because
what is sealed with them proves nothing to anybody.
"""

import datetime
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from covenants.sealing.findings import TEST_MARK

ROOT_YEARS = 30
SEAL_YEARS = 5
TIMESTAMP_YEARS = 12
# The list of revoked certificates is signed anew each time a process reads the keys.
CRL_DAYS = 400

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class OwnKeys:
    """Everything that a seal needs without the outside world."""

    root: x509.Certificate
    seal: x509.Certificate
    seal_key: Key
    timestamp: x509.Certificate
    timestamp_key: Key
    crl: x509.CertificateRevocationList


@lru_cache(maxsize=4)
def read_or_make(folder: Path) -> OwnKeys:
    """The keys in `folder`, made there by whichever process comes first."""
    with _only_one(folder):
        if not (folder / "zegel.key").exists():
            _make(folder)
    root_key = _read_key(folder / "ca.key")
    root = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    return OwnKeys(
        root=root,
        seal=x509.load_pem_x509_certificate((folder / "zegel.pem").read_bytes()),
        seal_key=_read_key(folder / "zegel.key"),
        timestamp=x509.load_pem_x509_certificate((folder / "tijd.pem").read_bytes()),
        timestamp_key=_read_key(folder / "tijd.key"),
        crl=revoked_list(root=root, root_key=root_key),
    )


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(folder: Path) -> None:
    """Write authority, timestamp authority and seal; the key of the seal last, as it says all is there."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = make_root(root_key)
    timestamp_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    timestamp = make_timestamp_certificate(timestamp_key, root=root, root_key=root_key)
    seal_key = ec.generate_private_key(ec.SECP256R1())
    seal = make_seal_certificate(seal_key, root=root, root_key=root_key)
    for name, key, certificate in (
        ("ca", root_key, root),
        ("tijd", timestamp_key, timestamp),
        ("zegel", seal_key, seal),
    ):
        (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        _write_key(folder / f"{name}.key", key)


def make_root(key: Key) -> x509.Certificate:
    """The certificate of the test authority."""
    usage = _usage(key_cert_sign=True, crl_sign=True)
    return (
        _builder("CA", key, years=ROOT_YEARS)
        .issuer_name(_name("CA"))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def make_seal_certificate(
    key: Key, *, root: x509.Certificate, root_key: Key, years: float = SEAL_YEARS
) -> x509.Certificate:
    """A certificate for sealing."""
    usage = _usage(digital_signature=True, content_commitment=True)
    return (
        _builder("Zegel Kansrijke Start", key, years=years)
        .issuer_name(root.subject)
        .add_extension(usage, critical=True)
        .add_extension(_issuer_key(root), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def make_timestamp_certificate(
    key: Key, *, root: x509.Certificate, root_key: Key, years: float = TIMESTAMP_YEARS
) -> x509.Certificate:
    """A certificate for timestamps."""
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return (
        _builder("Tijdstempel", key, years=years)
        .issuer_name(root.subject)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(purpose, critical=True)
        .add_extension(_issuer_key(root), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def revoked_list(
    *,
    root: x509.Certificate,
    root_key: Key,
    revoked: tuple[x509.Certificate, ...] = (),
    reason: x509.ReasonFlags | None = None,
    ago: datetime.timedelta = datetime.timedelta(),
) -> x509.CertificateRevocationList:
    """The list of revoked certificates of the test authority, as of now or of so long ago."""
    now = datetime.datetime.now(datetime.UTC) - ago
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(now - datetime.timedelta(minutes=1))
        .next_update(now + datetime.timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(_issuer_key(root), critical=False)
    )
    for certificate in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
        entry = entry.revocation_date(now - datetime.timedelta(minutes=2))
        if reason is not None:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(root_key, hashes.SHA256())


def _name(what: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{TEST_MARK} – {what}"),
        ]
    )


def _builder(what: str, key: Key, *, years: float) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(what))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=round(365.25 * years)))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _issuer_key(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
        root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _read_key(path: Path) -> Key:
    return cast(Key, serialization.load_pem_private_key(path.read_bytes(), password=None))


def _write_key(path: Path, key: Key) -> None:
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
