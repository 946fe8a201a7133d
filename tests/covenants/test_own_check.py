"""Whatever goes wrong in making a seal, our own check finds it and nothing is kept.

Each test breaks one thing on the way and leaves the check as it is.
"""

import asyncio
import dataclasses
import datetime
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from asn1crypto.crl import CertificateList
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import DocumentSecurityStore

from covenants import sealing, seals
from covenants.models import Artefact, SealJob, SealKind
from covenants.sealing import making, own_keys
from covenants.sealing.kept_key import KeptKeySigner
from covenants.sealing.means import SealMeans, own_means
from covenants.sealing.own_timestamps import OwnTimeStamper
from portal import jobs
from portal.jobs import JobState
from tests.covenants.authorities import listed
from tests.covenants.pdfs import make_pdf

pytestmark = pytest.mark.django_db
PAGE = make_pdf("onze pagina")
A_MINUTE_AGO = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)
KINDS = ("seal", "timestamp")
NOWHERE = "http://127.0.0.1:9/lijst.crl"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("zegel")


@pytest.fixture(scope="module")
def keys(folder: Path) -> own_keys.OwnKeys:
    return own_keys.read_or_make(folder)


@pytest.fixture(scope="module")
def root_key(folder: Path, keys: own_keys.OwnKeys) -> Any:
    return load_pem_private_key((folder / "ca.key").read_bytes(), None)


@pytest.fixture(scope="module")
def means(keys: own_keys.OwnKeys) -> SealMeans:
    """What the check knows: one root and its list."""
    return own_means(keys)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, means: SealMeans) -> Callable[..., str]:
    """Seal as a worker does, with `broken` means and the check of the good ones; what was said of it, once
    nothing turned out to be kept."""

    def refused(broken: SealMeans = means) -> str:
        maker = ModuleType("tests.broken_maker")
        maker.make = lambda key: sealing.seal(PAGE, reason="Proef", means=broken)
        maker.keep = lambda key, artefact: pytest.fail("kept")
        monkeypatch.setitem(sys.modules, maker.__name__, maker)
        monkeypatch.setitem(seals.MAKERS, SealKind.STATEMENT, maker.__name__)
        check = making.check_file
        monkeypatch.setattr(making, "check_file", lambda content, roots: check(content, roots=means.roots))
        job = seals.order(kind=SealKind.STATEMENT, key=1)
        jobs.work_due(SealJob)
        job.refresh_from_db()
        assert not Artefact.objects.exists()
        assert job.state == JobState.WAITING
        return job.last_error

    return refused


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[bytes], bytes]], None]:
    """Change the bytes between making and checking."""

    def spoil(change: Callable[[bytes], bytes]) -> None:
        with_time = making._with_time
        monkeypatch.setattr(making, "_with_time", lambda *given: change(with_time(*given)))

    return spoil


def test_a_good_seal_passes_the_same_road(means: SealMeans) -> None:
    assert sealing.seal(PAGE, reason="Proef", means=means).report.indication == "AdESPassed.OK"


def test_a_changed_byte(refused, spoil):
    spoil(lambda made: made.replace(b"onze pagina", b"onze bladen"))
    assert "SealRefused: changed" in refused()


def test_a_byte_behind_the_seal(refused, spoil):
    spoil(lambda made: made + b"\n")
    assert "SealRefused: valid" in refused()


def test_a_whole_seal_on_another_page(refused, spoil, means):
    other = sealing.seal(make_pdf("een andere pagina"), reason="Proef", means=means).content
    spoil(lambda made: other)
    assert "SealRefused: valid" in refused()


def test_a_page_without_any_seal(refused, spoil):
    spoil(lambda made: PAGE)
    assert "SealRefused: no_seal" in refused()


class _OtherDigest(KeptKeySigner):
    """Signs a hash that is not of these bytes."""

    async def async_sign(self, data_digest: bytes, *args: Any, **chosen: Any) -> Any:
        return await super().async_sign(data_digest[::-1], *args, **chosen)


def _signing(means: SealMeans, signer: KeptKeySigner) -> SealMeans:
    @asynccontextmanager
    async def always() -> AsyncIterator[KeptKeySigner]:
        yield signer

    return dataclasses.replace(means, signer=always)


def _signer(keys: own_keys.OwnKeys, kind: type[KeptKeySigner] = KeptKeySigner) -> KeptKeySigner:
    async def signer() -> Any:
        async with own_means(keys).signer() as found:
            return found

    return kind.of(asyncio.run(signer()))


def test_a_hash_of_something_else(refused, means, keys):
    assert "SealRefused: changed" in refused(_signing(means, _signer(keys, _OtherDigest)))


def test_a_key_that_is_not_of_the_certificate(refused, means, keys):
    other = dataclasses.replace(keys, seal_key=ec.generate_private_key(ec.SECP256R1()))
    assert "SealRefused: changed" in refused(_signing(means, _signer(other)))


def test_a_certificate_of_an_authority_that_nobody_trusts(refused, means, tmp_path):
    others = own_means(own_keys.read_or_make(tmp_path))
    assert "SealRefused: foreign" in refused(others)


def test_a_certificate_of_the_seal_that_ran_out(refused, means, keys, root_key):
    late = listed(keys.seal, root_key=root_key, address=NOWHERE, until=A_MINUTE_AGO)
    assert "SealRefused" in refused(_signing(means, _signer(dataclasses.replace(keys, seal=late))))


def _timed(means: SealMeans, timestamper: TimeStamper) -> SealMeans:
    return dataclasses.replace(means, timestampers=lambda: [timestamper])


def _trusting(means: SealMeans, *others: SealMeans, **changes: Any) -> SealMeans:
    """Means whose maker believes whoever is asked; the check does not know them."""
    roots = tuple(root for one in (means, *others) for root in one.roots)
    crls = tuple(known for one in (means, *others) for known in one.crls)
    return dataclasses.replace(means, **{"roots": roots, "crls": crls, **changes})


def test_a_time_of_an_authority_that_nobody_trusts(refused, means, tmp_path):
    others = own_means(own_keys.read_or_make(tmp_path))
    [foreign] = others.timestampers()
    assert "SealRefused" in refused(_trusting(_timed(means, foreign), others))


def test_a_time_of_an_authority_whose_certificate_ran_out(refused, means, keys, root_key):
    late = listed(keys.timestamp, root_key=root_key, address=NOWHERE, until=A_MINUTE_AGO)
    [timestamper] = own_means(dataclasses.replace(keys, timestamp=late)).timestampers()
    assert "SealingWaits" in refused(_timed(means, timestamper))


class _Stamping(TimeStamper):
    """Passes on what `stamp` makes of a question to our own authority."""

    def __init__(self, own: OwnTimeStamper, change: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self.own = own
        self.change = change

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        return await self.own.async_timestamp(self.change(message_digest), md_algorithm)


def test_a_time_for_other_bytes(refused, means):
    [own] = means.timestampers()
    assert "SealRefused" in refused(_timed(means, _Stamping(own, lambda digest: digest[::-1])))


def test_a_time_of_the_document_for_other_bytes(refused, means):
    """The first question is for nothing, the second about the seal, the third about the whole file."""
    [own] = means.timestampers()
    asked: list[bytes] = []

    def third_is_wrong(digest: bytes) -> bytes:
        asked.append(digest)
        return digest[::-1] if len(asked) == 3 else digest

    assert "SealRefused" in refused(_timed(means, _Stamping(own, third_is_wrong)))
    assert len(asked) == 3


@pytest.mark.parametrize("left_out", ["use_pades_lta", "embed_validation_info"])
def test_a_seal_that_lacks_its_last_timestamp_or_all_word_of_certificates(refused, monkeypatch, left_out):
    metadata = making.PdfSignatureMetadata

    def lacking(**chosen: Any) -> Any:
        kept = {"use_pades_lta": False} if left_out == "embed_validation_info" else {}
        return metadata(**{**chosen, **kept, left_out: False})

    monkeypatch.setattr(making, "PdfSignatureMetadata", lacking)
    assert "SealRefused" in refused()


def test_word_of_certificates_without_the_list(refused, monkeypatch):
    _embed(monkeypatch, lists=[])
    assert "SealRefused: uncertain" in refused()


def _embed(monkeypatch: pytest.MonkeyPatch, *, lists: list[CertificateList]) -> None:
    """Put these lists in the file instead of those by which its maker went."""
    supply = DocumentSecurityStore.supply_dss_in_writer.__func__

    def others(cls: Any, writer: Any, sig_contents: Any, **given: Any) -> Any:
        given = {**given, "crls": lists, "ocsps": (), "validation_context": None}
        return supply(cls, writer, sig_contents, **given)

    monkeypatch.setattr(DocumentSecurityStore, "supply_dss_in_writer", classmethod(others))


@pytest.mark.parametrize("which", KINDS)
def test_a_certificate_of_which_the_file_says_that_it_was_revoked(
    refused, monkeypatch, keys, root_key, which
):
    """As when it is revoked while the seal is made: who made it was told that all is well."""
    told = {name: listed(getattr(keys, name), root_key=root_key, address=NOWHERE) for name in KINDS}
    asked = dataclasses.replace(keys, **told)
    sealing.seal(PAGE, reason="Proef", means=own_means(asked))
    revoked = own_keys.revoked_list(root=keys.root, root_key=root_key, revoked=(told[which],))
    _embed(monkeypatch, lists=[CertificateList.load(revoked.public_bytes(Encoding.DER))])
    assert "SealRefused: " in refused(own_means(asked))


@pytest.mark.parametrize("which", KINDS)
def test_a_certificate_that_is_known_to_be_revoked(refused, keys, root_key, which):
    told = {name: listed(getattr(keys, name), root_key=root_key, address=NOWHERE) for name in KINDS}
    revoked = own_keys.revoked_list(root=keys.root, root_key=root_key, revoked=(told[which],))
    words = refused(own_means(dataclasses.replace(keys, **told, crl=revoked)))
    assert words.startswith("SealRefused" if which == "seal" else "SealingWaits")
    assert "revoked" in words
