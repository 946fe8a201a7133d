"""Sealing as work: ordered once, tried without end, kept as evidence."""

import datetime
import hashlib
import sys
from types import ModuleType

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from covenants import sealing, seals
from covenants.models import Artefact, ArtefactKind, SealJob, SealKind
from covenants.sealing import SealedPdf, SealingWaits
from portal import jobs
from portal.jobs import JobState
from tests.covenants.pdfs import make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A kind of file that is a bare page, and remembers what followed."""
    made = ModuleType("tests.bare_maker")
    made.followed = []
    made.make = lambda key: sealing.seal(make_pdf(key), reason="Proef")
    made.keep = lambda key, artefact: made.followed.append((key, artefact.sha256))
    monkeypatch.setitem(sys.modules, made.__name__, made)
    monkeypatch.setitem(seals.MAKERS, SealKind.STATEMENT, made.__name__)
    return made


def make_artefact(content: bytes = b"%PDF-1.7", **changes: object) -> Artefact:
    facts = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "kind": ArtefactKind.STATEMENT,
        "subject": "statement/1",
        "content": content,
        "size": len(content),
    }
    return Artefact.objects.create(**{**facts, **changes})


def test_a_seal_is_ordered_once_and_its_file_kept_once(maker: ModuleType) -> None:
    job = seals.order(kind=SealKind.STATEMENT, key=12)
    assert seals.order(kind=SealKind.STATEMENT, key=12) == job
    assert seals.find(kind=SealKind.STATEMENT, key=12) is None
    assert jobs.work_due(SealJob) == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE
    found = seals.find(kind=SealKind.STATEMENT, key=12)
    assert maker.followed == [("12", found.sha256)]
    assert hashlib.sha256(found.content).hexdigest() == found.sha256
    assert found.level == "B-LTA"
    assert abs(found.sealed_at - timezone.now()) < datetime.timedelta(minutes=1)


def test_the_bytes_stay_behind_until_they_are_asked_for(django_assert_num_queries: object) -> None:
    make_artefact()
    assert "content" in Artefact.objects.get().get_deferred_fields()
    assert not Artefact.objects.with_bytes().get().get_deferred_fields()


def test_a_seal_is_tried_again_without_end(maker: ModuleType) -> None:
    def wait(key: str) -> SealedPdf:
        raise SealingWaits("Geen tijdstempel")

    maker.make = wait
    job = seals.order(kind=SealKind.STATEMENT, key=12)
    for attempts in (1, 2, 99, 29_000):
        SealJob.objects.update(due_at=timezone.now(), attempts=attempts - 1)
        assert jobs.work_due(SealJob) == 1
        job.refresh_from_db()
        assert job.state == JobState.WAITING
        assert job.attempts == min(attempts, 100)
        assert "Geen tijdstempel" in job.last_error
        assert timezone.now() < job.due_at <= timezone.now() + datetime.timedelta(minutes=15)


def test_nothing_is_kept_where_what_follows_from_the_seal_fails(maker: ModuleType) -> None:
    def fail(key: str, artefact: Artefact) -> None:
        raise RuntimeError("later stap")

    maker.keep = fail
    job = seals.order(kind=SealKind.STATEMENT, key=12)
    jobs.work_due(SealJob)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert not Artefact.objects.exists()


def test_only_what_waits_too_long_is_an_alarm() -> None:
    seals.order(kind=SealKind.STATEMENT, key=1)
    late = seals.order(kind=SealKind.STATEMENT, key=2)
    SealJob.objects.filter(pk=late.pk).update(created_at=timezone.now() - datetime.timedelta(minutes=16))
    assert list(SealJob.objects.alarming()) == [late]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"sha256": "0" * 64}, "named_by_its_bytes"),
        ({"size": 3}, "size_of_its_bytes"),
        ({"level": "B-LTA"}, "seal_is_whole"),
        ({"kind": ArtefactKind.RENEWAL}, "verlengd bestand"),
        ({"kind": ArtefactKind.VALIDATION_REPORT}, "continues_by_kind"),
    ],
)
def test_a_false_artefact_is_refused(changes: dict[str, object], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_artefact(**changes)


def test_a_renewal_starts_with_precisely_the_sealed_bytes() -> None:
    sealed = make_artefact()
    with pytest.raises(IntegrityError, match="precies de verzegelde bytes"), transaction.atomic():
        make_artefact(b"%PDF-1.6 anders", kind="renewal", subject="renewal/1", continues=sealed)
    renewed = make_artefact(b"%PDF-1.7 en meer", kind="renewal", subject="renewal/1", continues=sealed)
    assert list(sealed.continuations.all()) == [renewed]


def test_an_artefact_never_changes_and_never_goes() -> None:
    make_artefact()
    for act in (lambda: Artefact.objects.update(subject="anders"), lambda: Artefact.objects.all().delete()):
        with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
            act()
