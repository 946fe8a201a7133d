"""A timestamp authority that is revoked long after it vouched for our seals: who asks, and who tells it."""

import dataclasses
import datetime
import io
import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pgtrigger
import pytest
from asn1crypto import crl
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from covenants import check_codes, preservation, seal_health, tasks, time_authorities
from covenants.models import (
    Artefact,
    ArtefactKind,
    CovenantVersion,
    RevokedTimeAuthority,
    SealJob,
    SealKind,
)
from covenants.sealing import means, own_keys
from portal import jobs
from portal.jobs import JobState
from tests.covenants.test_preservation import age

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealed_once")]


@pytest.fixture
def revoke(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[..., None]:
    """The authority of development puts that of its timestamps on its list, a year after the seal."""

    def revoke(reason: x509.ReasonFlags | None) -> None:
        age(366)
        folder = settings.DATA_DIR / "zegel"
        keys = own_keys.read_or_make(folder)
        root_key: Any = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
        made = own_keys.revoked_list(
            root=keys.root, root_key=root_key, revoked=(keys.timestamp,), reason=reason
        )
        found = crl.CertificateList.load(made.public_bytes(serialization.Encoding.DER))
        told = dataclasses.replace(means.current(), crls=(found,))
        monkeypatch.setattr(means, "_means", lambda *_: told)

    return revoke


STOPPED = x509.ReasonFlags.cessation_of_operation
STOLEN = x509.ReasonFlags.key_compromise


def check_seals() -> str:
    output = io.StringIO()
    call_command("check_seals", stdout=output, stderr=output)
    return output.getvalue()


def part() -> Any:
    return next(part for part in seal_health.check_parts() if part.name == "seal_time")


def words(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def page_of(client: Client, artefact: Artefact) -> str:
    code = check_codes.code_for(artefact.subject).pk
    return words(client.get(reverse("covenants:verification-document", args=[code])))


def upload(client: Client, artefact: Artefact) -> str:
    file = io.BytesIO(bytes(Artefact.objects.with_bytes().get(pk=artefact.pk).content))
    file.name = "tekst.pdf"
    return words(client.post(reverse("covenants:verification-upload"), {"bestand": file}))


def report_of_this_year() -> dict[str, Any]:
    preservation.order_due()
    jobs.work_due(SealJob, only=SealJob.objects.filter(kind=SealKind.VALIDATION_REPORT))
    report = Artefact.objects.with_bytes().get(kind=ArtefactKind.VALIDATION_REPORT)
    found: dict[str, Any] = json.loads(bytes(report.content))
    return found


def test_an_authority_that_stands_is_asked_and_nothing_is_written(sealed_version: CovenantVersion) -> None:
    tasks.ask_time_authorities()
    assert not RevokedTimeAuthority.objects.exists()
    assert part().is_well
    assert "alles klopt" in check_seals()


@pytest.mark.parametrize("reason", [STOLEN, None])
def test_a_stolen_one_undoes_the_time_of_every_seal_and_each_place_says_so(
    sealed_version: CovenantVersion,
    revoke: Callable[..., None],
    client: Client,
    reason: x509.ReasonFlags | None,
) -> None:
    """So does one that does not say why (RFC 3161, section 4)."""
    text = Artefact.objects.get(kind=ArtefactKind.TEXT)
    assert "echt en niet gewijzigd" in upload(client, text)
    revoke(reason)
    # Pages ask nobody.
    assert "ingetrokken" not in page_of(client, text)

    tasks.ask_time_authorities()
    tasks.ask_time_authorities()
    revoked = RevokedTimeAuthority.objects.get()
    assert revoked.certificate == text.timestamp_certificate

    assert not part().is_well
    assert "De tijdstempeldienst van dit zegel is ingetrokken op" in page_of(client, text)
    page = upload(client, text)
    assert "van ons, maar wij kunnen het zegel nu niet bevestigen" in page
    assert "niet meer zeker wanneer het is gezet" in page
    report = report_of_this_year()
    assert (report["geldig"], report["tijdstempeldienst_ingetrokken_omdat"]) == (False, revoked.reason)
    output = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_seals", stdout=output, stderr=output)
    assert f"Bestand {text.subject}: de tijdstempeldienst is ingetrokken op" in output.getvalue()


def test_one_that_stopped_leaves_what_it_vouched_for_before(
    sealed_version: CovenantVersion, revoke: Callable[..., None], client: Client
) -> None:
    text = Artefact.objects.get(kind=ArtefactKind.TEXT)
    revoke(STOPPED)
    assert "Tijdstempeldienst ingetrokken" in (said := check_seals())
    assert "alles klopt" in said
    assert part().is_well
    assert "Dit tijdstempel is van daarvoor en blijft gelden" in page_of(client, text)
    report = report_of_this_year()
    assert (report["geldig"], report["tijdstempeldienst_ingetrokken_omdat"]) == (
        True,
        "cessation_of_operation",
    )
    # The file itself says that it was stamped after the authority had stopped.
    assert "niet meer zeker wanneer het is gezet" in upload(client, text)


def test_a_file_of_before_it_stopped_is_called_good(sealed_version: CovenantVersion, client: Client) -> None:
    text = Artefact.objects.get(kind=ArtefactKind.TEXT)
    RevokedTimeAuthority.objects.create(
        certificate=text.timestamp_certificate,
        revoked_at=timezone.now() + datetime.timedelta(days=1),
        reason="superseded",
    )
    page = upload(client, text)
    assert "echt en niet gewijzigd" in page
    assert "is gestopt op" in page


@pytest.mark.parametrize("reason", [STOLEN, STOPPED, None])
def test_no_new_timestamp_follows_one_of_an_authority_that_was_revoked(
    sealed_version: CovenantVersion, revoke: Callable[..., None], reason: x509.ReasonFlags | None
) -> None:
    """Also where nobody asked yet: the renewal finds it, is over, and leaves word of it."""
    _grow_old()
    revoke(reason)
    assert preservation.order_due() == 2
    jobs.work_due(SealJob)
    assert RevokedTimeAuthority.objects.get().reason == (reason.name if reason else "unspecified")
    job = SealJob.objects.get(kind=SealKind.RENEWAL)
    assert (job.state, job.last_error) == (JobState.DONE, "")
    assert not Artefact.objects.filter(kind=ArtefactKind.RENEWAL).exists()
    assert preservation.order_due() == 0
    with pytest.raises(CommandError):
        call_command("check_seals", stdout=(output := io.StringIO()), stderr=output)
    stopped = "een nieuw tijdstempel kan er niet meer bij. Dit zegel is te controleren tot"
    assert (stopped in output.getvalue()) is (reason == STOPPED)


@pytest.mark.parametrize("word", [STOLEN, None])
def test_one_that_is_known_to_be_revoked_is_not_tried(
    sealed_version: CovenantVersion, revoke: Callable[..., None], word: x509.ReasonFlags | None
) -> None:
    _grow_old()
    revoke(word)
    tasks.ask_time_authorities()
    preservation.order_due()
    assert not SealJob.objects.filter(kind=SealKind.RENEWAL).exists()


def _grow_old() -> None:
    """The certificate of the timestamp ends within a year."""
    with pgtrigger.ignore():
        Artefact.objects.update(lasts_until=timezone.now() + datetime.timedelta(days=100))


def test_without_word_of_the_authority_nothing_is_written(
    sealed_version: CovenantVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = dataclasses.replace(means.current(), crls=())
    monkeypatch.setattr(means, "_means", lambda *_: silent)
    assert time_authorities.ask() == []
    assert not RevokedTimeAuthority.objects.exists()


def test_what_was_found_stays(sealed_version: CovenantVersion) -> None:
    RevokedTimeAuthority.objects.create(
        certificate="0" * 64, revoked_at=timezone.now(), reason="key_compromise"
    )
    with pytest.raises(IntegrityError, match="blijft staan"):
        RevokedTimeAuthority.objects.all().delete()


def test_files_of_before_are_told_apart_by_the_certificate_that_stands_in_them(
    sealed_version: CovenantVersion,
) -> None:
    known = Artefact.objects.get().timestamp_certificate
    with pgtrigger.ignore():
        Artefact.objects.update(timestamp_certificate="")
    migration = import_module("covenants.migrations.0014_fill_timestamp_certificates")
    migration.fill(apps, None)
    assert Artefact.objects.get().timestamp_certificate == known
