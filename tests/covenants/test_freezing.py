"""What two people confirmed is rendered once, sealed, kept, and named by its hash."""

import hashlib

import pytest

from covenants import check_codes, freezing, rendering, seals, texts
from covenants.models import Artefact, CovenantVersion, SealJob, SealKind, VersionState
from covenants.sealing import SealingWaits
from portal import jobs
from portal.jobs import JobState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(coalition, coordinator) -> CovenantVersion:
    return factories.confirm_text(
        factories.make_draft(coalition), coordinator, factories.make_person("Tom Team")
    )


def test_the_kept_bytes_are_the_rendered_text_with_its_seal(confirmed):
    code = check_codes.code_for(f"text/{confirmed.pk}")
    rendered = rendering.render_text(confirmed, code=str(code))

    assert jobs.work_due(SealJob) == 1

    confirmed.refresh_from_db()
    artefact = Artefact.objects.with_bytes().get(sha256=confirmed.sha256)
    content = bytes(artefact.content)
    assert confirmed.state == VersionState.FROZEN
    assert hashlib.sha256(content).hexdigest() == confirmed.sha256
    assert content.startswith(rendered)
    assert seals.find(kind=SealKind.TEXT, key=confirmed.pk) == artefact


def test_without_a_timestamp_the_text_waits_and_is_sealed_later(confirmed, monkeypatch):
    def no_time(pdf: bytes, *, reason: str) -> None:
        raise SealingWaits("geen tijdstempel")

    with monkeypatch.context() as patch:
        patch.setattr(freezing.sealing, "seal", no_time)
        jobs.work_due(SealJob)
    job = SealJob.objects.get()
    confirmed.refresh_from_db()
    assert (job.state, confirmed.is_being_sealed) == (JobState.WAITING, True)
    assert not Artefact.objects.exists()

    SealJob.objects.update(due_at=job.created_at)
    jobs.work_due(SealJob)
    confirmed.refresh_from_db()
    assert confirmed.state == VersionState.FROZEN


def test_when_the_last_step_fails_no_file_is_kept(confirmed, monkeypatch):
    def fails(**facts: object) -> None:
        raise RuntimeError("weg")

    with monkeypatch.context() as patch:
        patch.setattr(texts, "complete_freeze", fails)
        jobs.work_due(SealJob)

    assert not Artefact.objects.exists()
    confirmed.refresh_from_db()
    assert confirmed.is_being_sealed


def test_a_text_that_has_its_seal_gets_no_second_one(confirmed):
    jobs.work_due(SealJob)
    assert freezing.make(str(confirmed.pk)) is None


def test_a_second_order_is_the_same_order(confirmed):
    seals.order(kind=SealKind.TEXT, key=confirmed.pk)
    assert SealJob.objects.count() == 1
