"""A seal key that was revoked or ran out: people go on signing, sealing waits, and nothing is kept.

With a certificate as an authority gives it out: its list of revoked ones is fetched where it says.
"""

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.utils import timezone

from covenants import seal_health, sealing, seals
from covenants.models import Artefact, CovenantVersion, PartySignature, SealJob, SealKind
from covenants.sealing import making, own_keys
from covenants.sealing.checking import SealVerdict
from covenants.sealing.making import SealRefused
from portal import jobs
from portal.jobs import JobState
from tests.covenants.authorities import list_of_revoked, listed, timestamp_authority
from tests.covenants.pdfs import make_pdf
from tests.covenants.signing_cast import Signatory, sign
from tests.covenants.test_means import pem

pytestmark = pytest.mark.django_db
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)


@dataclasses.dataclass
class Authority:
    """Gives out certificates of the seal, revokes them, and says so to who asks."""

    keys: own_keys.OwnKeys
    root_key: Any
    settings: Any
    list_address: str = ""
    time_address: str = ""
    revoked: tuple[x509.Certificate, ...] = ()
    asked: int = 0

    def current_list(self) -> bytes:
        """The list as of now."""
        self.asked += 1
        made = own_keys.revoked_list(root=self.keys.root, root_key=self.root_key, revoked=self.revoked)
        return made.public_bytes(serialization.Encoding.DER)

    def listed(self, certificate: x509.Certificate, **changes: Any) -> x509.Certificate:
        """The certificate with the address of the list in it."""
        return listed(certificate, root_key=self.root_key, address=self.list_address, **changes)

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


@pytest.fixture
def authority(tmp_path: Path, settings: Any) -> Iterator[Authority]:
    made = own_keys.read_or_make(tmp_path / "zegel")
    root_key = serialization.load_pem_private_key((tmp_path / "zegel" / "ca.key").read_bytes(), None)
    found = Authority(made, root_key, settings)
    with list_of_revoked(lambda: found.current_list()) as found.list_address:
        keys = dataclasses.replace(made, timestamp=found.listed(made.timestamp))
        with timestamp_authority(keys) as found.time_address:
            yield found


def revoke(authority: Authority) -> None:
    authority.revoked = (authority.give_out(),)


def run_out(authority: Authority) -> None:
    authority.give_out(until=YESTERDAY)


GONE = pytest.mark.parametrize(("lose", "words"), [(revoke, "revoked"), (run_out, "expired")])


def test_the_list_of_revoked_certificates_is_fetched_where_the_certificate_says(authority: Authority) -> None:
    authority.give_out()
    sealed = sealing.seal(make_pdf(), reason="Proef")
    assert sealed.report.verdict == SealVerdict.VALID
    assert authority.asked > 0


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
