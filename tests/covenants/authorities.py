"""Authorities for time and revocation and a trust service on this machine, that also fail in every way."""

import asyncio
import base64
import datetime
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from covenants.sealing import own_keys
from covenants.sealing.means import own_means


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def reply(self, content: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def timestamp_authority(keys: own_keys.OwnKeys, *, behaviour: str = "ok") -> Iterator[str]:
    """The address of an authority that answers `ok`, `error`, `slow` or `garbage`."""
    [authority] = own_means(keys).timestampers()

    class Handler(_Quiet):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.body())
            if behaviour == "slow":
                time.sleep(1.5)
            if behaviour == "error":
                self.reply(b"stuk", "text/plain", 500)
            elif behaviour == "garbage":
                self.reply(b"\x00rommel", "application/timestamp-reply")
            else:
                answer = asyncio.run(authority.async_request_tsa_response(asked))
                self.reply(answer.dump(), "application/timestamp-reply")

    with _serving(Handler) as address:
        yield address


@contextmanager
def list_of_revoked(current: Callable[[], bytes]) -> Iterator[str]:
    """The address at which an authority tells which certificates it revoked."""

    class Handler(_Quiet):
        def do_GET(self) -> None:
            self.reply(current(), "application/pkix-crl")

    with _serving(Handler) as address:
        yield f"{address}/lijst.crl"


@contextmanager
def responder(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """The address at which an authority says of one certificate whether it was revoked (OCSP)."""

    class Handler(_Quiet):
        def do_POST(self) -> None:
            self.reply(answer(self.body()), "application/ocsp-response")

    with _serving(Handler) as address:
        yield f"{address}/ocsp"


def spoken_for(root: x509.Certificate, root_key: Any) -> tuple[x509.Certificate, Any]:
    """A certificate, with its key, that answers for the authority and of which nobody asks the same."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(
        issuer_name=root.subject,
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TEST OCSP")]),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - datetime.timedelta(hours=1),
        not_valid_after=now + datetime.timedelta(days=365),
    )
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    for extension in (purpose, x509.OCSPNoCheck(), issuer):
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(root_key, hashes.SHA256()), key


def answered(
    asked: bytes,
    *,
    speaker: tuple[x509.Certificate, Any],
    revoked: Iterable[x509.Certificate],
    ago: datetime.timedelta = datetime.timedelta(),
    lives: datetime.timedelta = datetime.timedelta(days=1),
) -> bytes:
    """The signed answer to one question about a certificate."""
    question = ocsp.load_der_ocsp_request(asked)
    now = datetime.datetime.now(datetime.UTC) - ago
    is_revoked = question.serial_number in {one.serial_number for one in revoked}
    certificate, key = speaker
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response_by_hash(
            issuer_name_hash=question.issuer_name_hash,
            issuer_key_hash=question.issuer_key_hash,
            serial_number=question.serial_number,
            algorithm=question.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if is_revoked else ocsp.OCSPCertStatus.GOOD,
            this_update=now - datetime.timedelta(minutes=1),
            next_update=now + lives,
            revocation_time=now - datetime.timedelta(minutes=2) if is_revoked else None,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, certificate)
        .certificates([certificate])
    )
    for extension in question.extensions:
        builder = builder.add_extension(extension.value, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def told_at(address: str) -> x509.ExtensionType:
    """Where a certificate says that its authority tells whether it was revoked."""
    place = x509.UniformResourceIdentifier(address)
    if address.endswith("/ocsp"):
        return x509.AuthorityInformationAccess(
            [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)]
        )
    return x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])


def listed(
    certificate: x509.Certificate, *, root_key: Any, address: str, until: datetime.datetime | None = None
) -> x509.Certificate:
    """The same certificate, which says where to ask whether it was revoked, and may end earlier."""
    builder = x509.CertificateBuilder(
        issuer_name=certificate.issuer,
        subject_name=certificate.subject,
        public_key=certificate.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=certificate.not_valid_before_utc,
        not_valid_after=until or certificate.not_valid_after_utc,
    )
    for extension in certificate.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return builder.add_extension(told_at(address), critical=False).sign(root_key, hashes.SHA256())


@contextmanager
def trust_service(keys: own_keys.OwnKeys, *, pin: str) -> Iterator[str]:
    """The address of a service that keeps the key and seals a hash for who knows the pin (CSC v1)."""

    def encoded(certificate: Any) -> str:
        from cryptography.hazmat.primitives.serialization import Encoding

        return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()

    def sealed(asked: dict[str, Any]) -> dict[str, Any]:
        assert asked["SAD"] == "mag"
        digests = [base64.b64decode(digest) for digest in asked["hash"]]
        made = [keys.seal_key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256()))) for digest in digests]
        return {"signatures": [base64.b64encode(one).decode() for one in made]}

    def info(asked: dict[str, Any]) -> dict[str, Any]:
        return {
            "cert": {"certificates": [encoded(keys.seal), encoded(keys.root)]},
            "key": {"algo": ["1.2.840.10045.4.3.2"]},
            "multisign": 1,
            "SCAL": "2",
        }

    def authorised(asked: dict[str, Any]) -> dict[str, Any]:
        assert asked["hash"]
        return {"SAD": "mag"} if asked.get("PIN") == pin else {}

    answers = {
        "/csc/v1/credentials/info": info,
        "/csc/v1/credentials/authorize": authorised,
        "/csc/v1/signatures/signHash": sealed,
    }

    class Handler(_Quiet):
        def do_POST(self) -> None:
            found = answers[self.path](json.loads(self.body()))
            self.reply(json.dumps(found).encode(), "application/json", 200 if found else 403)

    with _serving(Handler) as address:
        yield address
