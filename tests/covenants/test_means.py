"""Where seal and time come from: files, a device, a service; and what happens when one is away."""

import dataclasses
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from asn1crypto import crl
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from covenants import sealing
from covenants.sealing import SealingWaits, means, own_keys
from covenants.sealing.checking import SealVerdict
from covenants.sealing.means import NoSeal
from tests.covenants.authorities import timestamp_authority, trust_service
from tests.covenants.pdfs import make_pdf
from tests.sites import free_port

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")


def pem(thing: Any) -> str:
    if hasattr(thing, "private_bytes"):
        return thing.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
    return thing.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("zegel")


@pytest.fixture(scope="module")
def keys(folder: Path) -> own_keys.OwnKeys:
    return own_keys.read_or_make(folder)


@pytest.fixture(scope="module")
def root_key(folder: Path, keys: own_keys.OwnKeys) -> own_keys.Key:
    return cast(own_keys.Key, serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None))


@pytest.fixture
def choose(settings: Any, keys: own_keys.OwnKeys) -> Callable[..., None]:
    """Settings of a production seal."""

    def choose(kind: str, *authorities: str, **changes: str) -> None:
        chosen = {"KIND": kind, "TRUST": pem(keys.root), "TSA_URLS": authorities, **changes}
        settings.SEAL = {**settings.SEAL, **chosen}
        settings.IS_PRODUCTION = True

    return choose


@pytest.fixture
def authority(keys: own_keys.OwnKeys) -> Iterator[str]:
    with timestamp_authority(keys) as address:
        yield address


@pytest.fixture
def seal(keys: own_keys.OwnKeys) -> Callable[[], sealing.SealedPdf]:
    """Seal a page with what the settings say; the list of revoked certificates needs no network."""
    revoked = crl.CertificateList.load(keys.crl.public_bytes(serialization.Encoding.DER))

    def seal() -> sealing.SealedPdf:
        chosen = dataclasses.replace(means.current(), crls=(revoked,))
        return sealing.seal(make_pdf(), reason="Proef", means=chosen)

    return seal


def test_a_seal_from_pem(seal, choose, keys, authority):
    choose("pem", authority, CERTIFICATE=pem(keys.seal), KEY=pem(keys.seal_key))
    assert seal().report.verdict == SealVerdict.VALID


def test_whom_authorities_for_time_are_trusted_by_is_read_once(seal, choose, keys, authority, monkeypatch):
    choose("pem", authority, CERTIFICATE=pem(keys.seal), KEY=pem(keys.seal_key))
    seal()
    monkeypatch.setattr(ssl, "create_default_context", lambda **_: pytest.fail("read again"))
    assert seal().report.verdict == SealVerdict.VALID


def test_a_seal_from_pkcs12(seal, choose, keys, authority, tmp_path):
    file = tmp_path / "zegel.p12"
    locked = serialization.BestAvailableEncryption(b"wachtwoord")
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"zegel", keys.seal_key, keys.seal, [keys.root], locked)
    )
    choose("pkcs12", authority, PKCS12_PATH=str(file), PASSPHRASE="wachtwoord")
    assert seal().report.verdict == SealVerdict.VALID


@pytest.mark.skipif(not MODULE.exists(), reason="needs softhsm2")
def test_a_seal_from_a_device_that_keeps_its_key(seal, choose, keys, authority, tmp_path, monkeypatch):
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    (tmp_path / "zegel.key").write_text(pem(keys.seal_key))
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    tool = [shutil.which("softhsm2-util") or "softhsm2-util"]
    start = ["--init-token", "--free", "--label", "portaal", "--pin", "1234", "--so-pin", "1234"]
    load = ["--import", str(tmp_path / "zegel.key"), "--token", "portaal", "--label", "zegel", "--id", "01"]
    for arguments in (start, [*load, "--pin", "1234"]):
        subprocess.run([*tool, *arguments], check=True, capture_output=True)
    choose(
        "pkcs11",
        authority,
        CERTIFICATE=pem(keys.seal),
        PKCS11_LIBRARY=str(MODULE),
        PKCS11_TOKEN="portaal",
        PKCS11_KEY="zegel",
        PKCS11_PIN="1234",
    )
    assert seal().report.verdict == SealVerdict.VALID


def test_a_seal_from_a_trust_service(seal, choose, keys, authority):
    with trust_service(keys, pin="2468") as service:
        choose("csc", authority, CSC_URL=service, CSC_CREDENTIAL="portaal", CSC_PIN="2468")
        assert seal().report.verdict == SealVerdict.VALID


@pytest.mark.parametrize("behaviour", ["error", "slow", "garbage", "closed"])
def test_the_second_authority_answers_where_the_first_does_not(
    seal, choose, keys, authority, behaviour, monkeypatch
):
    monkeypatch.setattr(means, "TIMESTAMP_SECONDS", 0.5)
    with timestamp_authority(keys, behaviour=behaviour) as first:
        address = f"http://127.0.0.1:{free_port()}" if behaviour == "closed" else first
        pair = {"CERTIFICATE": pem(keys.seal), "KEY": pem(keys.seal_key)}
        choose("pem", address, authority, **pair)
        assert seal().report.verdict == SealVerdict.VALID
        choose("pem", address, address, **pair)
        started = time.monotonic()
        with pytest.raises(SealingWaits, match="Geen tijdstempel"):
            seal()
        assert time.monotonic() - started < 20


def test_production_never_seals_with_keys_of_our_own(seal, choose):
    choose("test")
    with pytest.raises(NoSeal, match="bewijzen niets"):
        seal()


def test_without_a_choice_production_waits(seal, choose):
    choose("")
    with pytest.raises(NoSeal, match="nog geen zegelcertificaat"):
        seal()


def test_a_key_of_rsa_is_read_once_for_all_that_it_seals(
    seal: Callable[[], sealing.SealedPdf],
    choose: Callable[..., None],
    keys: own_keys.OwnKeys,
    authority: str,
    root_key: own_keys.Key,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = own_keys.make_seal_certificate(key, root=keys.root, root_key=root_key)
    choose("pem", authority, CERTIFICATE=pem(certificate), KEY=pem(key))
    assert seal().report.verdict == SealVerdict.VALID
    monkeypatch.setattr(serialization, "load_der_private_key", None)
    assert seal().report.verdict == SealVerdict.VALID
