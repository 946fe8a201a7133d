"""Certificates as an authority gives them out: whether one was revoked is asked where it says, by a list
of revoked ones (CRL) or by a question about this one (OCSP).

The answer stays in the file and is enough for years. With a key that was revoked or ran out, people go on
signing, sealing waits, and nothing is kept.
"""

import asyncio
import csv
import dataclasses
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import ocsp
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from covenants import exports, seal_health, sealing, seals
from covenants.models import Artefact, CovenantVersion, PartySignature, SealJob, SealKind
from covenants.sealing import SealingWaits, TimeRevoked, guarded, making, means, own_keys
from covenants.sealing.checking import SealVerdict, check_file
from covenants.sealing.making import SealRefused
from covenants.sealing.revoked import NoWord, time_authority_of
from portal import jobs
from portal.jobs import JobState
from tests.covenants.authorities import (
    answered,
    list_of_revoked,
    listed,
    responder,
    spoken_for,
    timestamp_authority,
)
from tests.covenants.pdfs import make_pdf
from tests.covenants.signing_cast import Signatory, sign
from tests.covenants.test_independent_checks import needs_openssl, run
from tests.covenants.test_means import pem

pytestmark = pytest.mark.django_db
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)


@dataclasses.dataclass
class Authority:
    """Gives out certificates of the seal, revokes them, and says so to who asks."""

    keys: own_keys.OwnKeys
    root_key: Any
    settings: Any
    # Before it said where to ask.
    bare_timestamp: x509.Certificate
    address: str = ""
    time_address: str = ""
    revoked: tuple[x509.Certificate, ...] = ()
    asked: int = 0
    # What comes instead of an answer.
    noise: bytes | None = None
    # How long ago it was said.
    ago: datetime.timedelta = datetime.timedelta()
    # For how long an answer holds.
    lives: datetime.timedelta = datetime.timedelta(days=1)

    def current_list(self) -> bytes:
        """The list as of now."""
        self.asked += 1
        if self.noise is not None:
            return self.noise
        made = own_keys.revoked_list(
            root=self.keys.root, root_key=self.root_key, revoked=self.revoked, ago=self.ago
        )
        return made.public_bytes(serialization.Encoding.DER)

    def answer(self, question: bytes) -> bytes:
        """What is so of one certificate now."""
        self.asked += 1
        if self.noise is not None:
            return self.noise
        return answered(question, speaker=self.speaker, revoked=self.revoked, ago=self.ago, lives=self.lives)

    @cached_property
    def speaker(self) -> tuple[x509.Certificate, Any]:
        """Who answers for the authority."""
        return spoken_for(self.keys.root, self.root_key)

    def listed(self, certificate: x509.Certificate, **changes: Any) -> x509.Certificate:
        """The certificate with the address of the authority in it."""
        return listed(certificate, root_key=self.root_key, address=self.address, **changes)

    def give_out(self, **changes: Any) -> x509.Certificate:
        """A new certificate, which the settings name from now on."""
        certificate = self.listed(self.keys.seal, **changes)
        self.settings.SEAL = {
            **self.settings.SEAL,
            "KIND": "pem",
            "TRUST": pem(self.keys.root),
            "TSA_URLS": (self.time_address,),
            "CERTIFICATE": pem(certificate),
            "KEY": pem(self.keys.seal_key),
        }
        return certificate


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("zegel")


@pytest.fixture(scope="module")
def made(folder: Path) -> own_keys.OwnKeys:
    """Keys of which each test gives out certificates of its own."""
    return own_keys.read_or_make(folder)


@pytest.fixture(scope="module")
def root_key(folder: Path, made: own_keys.OwnKeys) -> Any:
    return serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)


@pytest.fixture(params=["crl", "ocsp"])
def authority(
    request: pytest.FixtureRequest, made: own_keys.OwnKeys, root_key: Any, settings: Any
) -> Iterator[Authority]:
    found = Authority(made, root_key, settings, made.timestamp)
    telling = {"crl": lambda: list_of_revoked(found.current_list), "ocsp": lambda: responder(found.answer)}
    with telling[request.param]() as found.address:
        found.keys = dataclasses.replace(made, timestamp=found.listed(made.timestamp))
        with timestamp_authority(found.keys) as found.time_address:
            yield found


def revoke(authority: Authority) -> None:
    authority.revoked = (authority.give_out(),)


def run_out(authority: Authority) -> None:
    authority.give_out(until=YESTERDAY)


GONE = pytest.mark.parametrize(("lose", "words"), [(revoke, "revoked"), (run_out, "expired")])


def test_what_the_authority_says_of_seal_and_time_stays_in_the_file(authority: Authority) -> None:
    certificate = authority.give_out()
    sealed = sealing.seal(make_pdf(), reason="Proef")
    assert sealed.report.verdict == SealVerdict.VALID
    assert authority.asked > 0
    proof = DocumentSecurityStore.read_dss(PdfFileReader(io.BytesIO(sealed.content)))
    if authority.address.endswith("/ocsp"):
        told = {serial for stream in proof.ocsps for serial in serials_in(stream)}
        assert told == {certificate.serial_number, authority.keys.timestamp.serial_number}
        assert not proof.crls
    else:
        assert len(proof.crls) == 1
        assert not proof.ocsps


def serials_in(stream: Any) -> set[int]:
    """Of which certificates an answer speaks."""
    said = ocsp.OCSPResponse.load(stream.get_object().data).response_data["responses"]
    return {one["cert_id"]["serial_number"].native for one in said}


def test_what_was_sealed_is_checked_for_years_and_nobody_is_asked(authority: Authority) -> None:
    """Long after the word in the file and the certificate of the seal went out of date."""
    authority.give_out()
    content = sealing.seal(make_pdf(), reason="Proef").content
    asked = authority.asked
    roots = means.current().roots
    ages = {years: at_age(content, years, roots) for years in (0, 0.1, 2, 6, 10)}
    assert ages == dict.fromkeys(ages, SealVerdict.VALID)
    # By then its newest timestamp should have been followed by another.
    assert at_age(content, own_keys.TIMESTAMP_YEARS + 1, roots) == SealVerdict.UNCERTAIN
    for trusted, verdict in ((roots, SealVerdict.VALID), ((), SealVerdict.FOREIGN)):
        with guarded.checking(content, roots=trusted) as report:
            assert report().verdict == verdict
    assert authority.asked == asked


def test_a_renewed_file_outlives_its_first_timestamp(authority: Authority) -> None:
    in_a_year = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365)
    short = dataclasses.replace(
        authority.keys, timestamp=authority.listed(authority.bare_timestamp, until=in_a_year)
    )
    with timestamp_authority(short) as address:
        authority.give_out()
        lasting = authority.settings.SEAL
        authority.settings.SEAL = {**lasting, "TSA_URLS": (address,)}
        sealed = sealing.seal(make_pdf(), reason="Proef").content
    authority.settings.SEAL = lasting
    roots = means.current().roots
    renewed = sealing.renew(sealed).content
    assert at_age(sealed, 5, roots) == SealVerdict.UNCERTAIN
    assert at_age(renewed, 5, roots) == SealVerdict.VALID
    assert at_age(renewed, 10, roots) == SealVerdict.VALID


def at_age(content: bytes, years: float, roots: tuple[Any, ...]) -> SealVerdict:
    """What the check says after so many years."""
    at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365.25 * years)
    return check_file(content, roots=roots, at=at).verdict


@pytest.mark.parametrize("word", [b"stuk", None], ids=["geen", "oud"])
def test_a_new_seal_with_an_old_word_of_the_authority_or_none_is_not_valid(
    authority: Authority, word: bytes | None
) -> None:
    """Who stole a key can keep what was said of it before it was revoked, and get a timestamp today."""
    authority.give_out()
    authority.noise, authority.ago = word, datetime.timedelta(days=500)
    with pytest.raises(SealRefused, match=r"^(foreign|uncertain): "):
        sealing.seal(make_pdf(), reason="Proef", means=careless(means.current()))
    assert authority.asked > 0


def test_nor_is_one_with_a_time_that_nobody_vouches_for(authority: Authority, tmp_path: Path) -> None:
    """Or can write a time from before it was revoked, with an authority of her own."""
    authority.give_out()
    authority.ago, authority.lives = datetime.timedelta(minutes=30), datetime.timedelta(minutes=20)
    chosen, her_own = means.current(), means.own_means(own_keys.read_or_make(tmp_path / "dief"))
    trust = tolerant(*chosen.roots, *her_own.roots)
    [vouching] = her_own.timestampers()
    then = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=25)
    stolen = vouching.signer
    writing = DummyTimeStamper(stolen.signing_cert, stolen.signing_key, fixed_dt=then)

    async def sealed() -> bytes:
        async with chosen.signer() as signer:
            metadata = PdfSignatureMetadata(
                field_name="Zegel",
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                embed_validation_info=True,
                validation_context=trust,
            )
            writer = IncrementalPdfFileWriter(io.BytesIO(make_pdf()))
            once = await PdfSigner(metadata, signer=signer).async_sign_pdf(writer)
        writer = IncrementalPdfFileWriter(once)
        return (await PdfTimeStamper(writing).async_timestamp_pdf(writer, "sha256", trust)).getvalue()

    content = asyncio.run(sealed())
    found = check_file(content, roots=chosen.roots)
    assert found.timestamps == 1
    assert found.verdict in {SealVerdict.FOREIGN, SealVerdict.UNCERTAIN}


@needs_openssl
def test_others_read_in_the_archive_what_the_authority_said(
    authority: Authority, signatory: Signatory, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Of the seal and of the timestamp, with the commands of the explanation and nothing of ours."""
    given_out = authority.give_out()
    version = request.getfixturevalue("sealed_version")
    folder = unpacked(version, signatory, tmp_path / "archief")
    command, good = commands(folder)["A" if authority.address.endswith("/ocsp") else "L"]
    serials = {str(one.serial_number) for one in (given_out, authority.keys.timestamp)}
    with (folder / "certificaten" / "overzicht.csv").open(newline="") as file:
        found = [row for row in csv.DictReader(file, delimiter=";") if row["Nummer"] in serials]
    assert len(found) == 2
    for row in found:
        names = f"NAAM={row['Bestand']} UITGEVER={row['Bestand van de uitgever']}"
        # Text and statement were sealed at different moments, and each keeps what was said at its own.
        told = run("bash", "-c", f"{names}; {command}", folder=folder)
        assert told.count(good) >= 1, told
        assert ("Response verify OK" in told) == (good == ": good")
        assert "revoked" not in told

    for told_by in folder.glob("certificaten/*.ocsp"), folder.glob("certificaten/*.crl"):
        for path in told_by:
            content = bytearray(path.read_bytes())
            content[-5] ^= 1
            path.write_bytes(content)
    told = run("bash", "-c", f"{names}; {command}", folder=folder)
    assert "Response verify OK" not in told
    assert ": OK" not in told


def unpacked(version: CovenantVersion, signatory: Signatory, folder: Path) -> Path:
    """The archive of the covenant after somebody signed it, with the roots in one file."""
    sign(version, signatory)
    jobs.work_due(SealJob)
    zipfile.ZipFile(io.BytesIO(exports.export(version.covenant))).extractall(folder)
    roots = b"".join(root.read_bytes() for root in folder.glob("certificaten/wortel-*.pem"))
    (folder / "wortels.pem").write_bytes(roots)
    return folder


def commands(folder: Path) -> dict[str, tuple[str, str]]:
    """The commands of the explanation for answers and for lists, with what they say when all is well."""
    text = (folder / "LEESMIJ.md").read_text()
    found = re.findall(r"^    (for ([AL]) in .*?; done)$", text, re.MULTILINE | re.DOTALL)
    good = {"A": ": good", "L": ": OK"}
    return {letter: (command, good[letter]) for command, letter in found}


def tolerant(*roots: Any) -> ValidationContext:
    """The trust of somebody who seals whatever the authority says."""
    return ValidationContext(
        trust_roots=list(roots),
        allow_fetching=True,
        fetcher_backend=RequestsFetcherBackend(),
        revocation_mode="soft-fail",
        time_tolerance=datetime.timedelta(days=1000),
    )


def careless(chosen: means.SealMeans) -> means.SealMeans:
    """The same means in the hands of such a person."""

    class Careless(means.SealMeans):
        def validation(self, *, fetches: bool, asks_of_all: bool = False) -> ValidationContext:
            return tolerant(*self.roots)

    return Careless(chosen.signer, chosen.timestampers, chosen.roots)


def test_without_word_of_the_authority_sealing_waits(authority: Authority) -> None:
    authority.give_out()
    authority.noise = b"stuk"
    with pytest.raises((SealRefused, SealingWaits)):
        sealing.seal(make_pdf(), reason="Proef")


def test_a_timestamp_authority_that_was_revoked_counts_as_one_that_is_away(authority: Authority) -> None:
    authority.give_out()
    authority.revoked = (authority.keys.timestamp,)
    with pytest.raises(SealingWaits, match="revoked"):
        sealing.seal(make_pdf(), reason="Proef")

    other = dataclasses.replace(authority.keys, timestamp=authority.listed(authority.bare_timestamp))
    with timestamp_authority(other) as address:
        authority.settings.SEAL |= {"TSA_URLS": (authority.time_address, address)}
        assert sealing.seal(make_pdf(), reason="Proef").report.verdict == SealVerdict.VALID


def test_one_that_is_revoked_later_is_found_by_asking(authority: Authority) -> None:
    authority.give_out()
    sealed = sealing.seal(make_pdf(), reason="Proef").content
    chosen = means.current()
    assert time_authority_of(sealed, means=chosen) is None
    authority.noise = b"stuk"
    with pytest.raises(NoWord):
        time_authority_of(sealed, means=chosen)
    authority.noise, authority.revoked = None, (authority.keys.timestamp,)
    found = time_authority_of(sealed, means=chosen)
    assert found is not None
    assert (found.reason, found.revoked_at < timezone.now()) == ("unspecified", True)


def test_no_time_follows_one_that_was_revoked(authority: Authority) -> None:
    """Another authority stands ready, and the file itself brings an old word that all is well."""
    authority.give_out()
    sealed = sealing.seal(make_pdf(), reason="Proef").content
    authority.revoked = (authority.keys.timestamp,)
    other = dataclasses.replace(authority.keys, timestamp=authority.listed(authority.bare_timestamp))
    with timestamp_authority(other) as address:
        authority.settings.SEAL |= {"TSA_URLS": (address,)}
        with pytest.raises(TimeRevoked, match="unspecified"):
            sealing.renew(sealed)
        authority.revoked = ()
        assert sealing.renew(sealed).report.timestamps == 2


def test_a_new_time_waits_while_nobody_says_whether_the_old_one_stands(authority: Authority) -> None:
    authority.give_out()
    sealed = sealing.seal(make_pdf(), reason="Proef").content
    authority.noise = b"stuk"
    with pytest.raises(SealingWaits, match="no revocation information"):
        sealing.renew(sealed)


@GONE
def test_such_a_key_seals_nothing(
    authority: Authority, lose: Callable[[Authority], None], words: str
) -> None:
    lose(authority)
    with pytest.raises(SealRefused, match=words):
        sealing.seal(make_pdf(), reason="Proef")


@GONE
def test_people_go_on_signing_and_sealing_waits_for_another_key(
    authority: Authority,
    lose: Callable[[Authority], None],
    words: str,
    sealed_version: CovenantVersion,
    signatory: Signatory,
) -> None:
    lose(authority)
    before = Artefact.objects.count()
    signature = sign(sealed_version, signatory).signature
    assert jobs.work_due(SealJob, only=SealJob.objects.filter(kind=SealKind.STATEMENT)) == 1

    job = SealJob.objects.get(subject=f"statement/{signature.pk}")
    assert (job.state, words in job.last_error) == (JobState.WAITING, True)
    assert Artefact.objects.count() == before
    assert PartySignature.objects.get() == signature
    SealJob.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=16))
    waiting = next(part for part in seal_health.check_parts() if part.name == "seal_jobs")
    assert (waiting.is_well, "langer dan een kwartier" in waiting.detail) == (False, True)

    authority.give_out()
    SealJob.objects.update(due_at=timezone.now())
    jobs.work_due(SealJob, only=SealJob.objects.filter(pk=job.pk))
    statement = seals.find(kind=SealKind.STATEMENT, key=signature.pk)
    assert statement.sha256
    assert Artefact.objects.count() == before + 1


def test_what_our_own_check_finds_revoked_is_not_kept(
    sealed_version: CovenantVersion, signatory: Signatory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the key be revoked while it seals, the check of the result says so, and that counts."""
    checked = making.check_file

    def too_late(content: bytes, **facts: Any) -> Any:
        return dataclasses.replace(checked(content, **facts), verdict=SealVerdict.REVOKED)

    monkeypatch.setattr(making, "check_file", too_late)
    signature = sign(sealed_version, signatory).signature
    jobs.work_due(SealJob, only=SealJob.objects.filter(kind=SealKind.STATEMENT))
    assert "SealRefused: revoked" in SealJob.objects.get(subject=f"statement/{signature.pk}").last_error
    assert seals.find(kind=SealKind.STATEMENT, key=signature.pk) is None
