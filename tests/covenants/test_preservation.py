"""Decades later: a check each year, a new timestamp in time, and a command that names what is wrong."""

import dataclasses
import datetime
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from covenants import preservation, seal_health, seals
from covenants.models import Artefact, ArtefactKind, SealJob, SealKind
from covenants.sealing import means, own_keys
from portal import jobs
from tests import factories
from tests.covenants import signing_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealed_once")]


def age(days: int) -> None:
    """Everything that is kept was kept so long ago; only a superuser could do this."""
    past = timezone.now() - datetime.timedelta(days=days)
    with pgtrigger.ignore():
        Artefact.objects.update(created_at=past)


def rewrite(sql: str, *values: object) -> None:
    """What somebody does who owns the database and its triggers."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def check_seals() -> str:
    output = io.StringIO()
    call_command("check_seals", stdout=output, stderr=output)
    return output.getvalue()


@pytest.fixture
def short_lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A timestamp authority whose certificate ends in half a year."""
    monkeypatch.setattr(own_keys.make_timestamp_certificate, "__kwdefaults__", {"years": 0.5})
    made = means.own_means(own_keys.read_or_make(tmp_path / "zegel"))
    monkeypatch.setattr(means, "_means", lambda *_: made)


def test_a_file_of_this_year_needs_nothing(sealed_version):
    assert preservation.order_due() == 0


def test_after_a_year_each_file_is_checked_once_and_the_report_kept(sealed_version):
    age(366)
    assert preservation.order_due() == 1
    assert preservation.order_due() == 0
    jobs.work_due(SealJob)
    text = Artefact.objects.get(kind=ArtefactKind.TEXT)
    report = Artefact.objects.with_bytes().get(kind=ArtefactKind.VALIDATION_REPORT)
    assert report.continues == text
    found = json.loads(bytes(report.content))
    assert found["geldig"] is True
    assert found["houder"].startswith("TEST – niet rechtsgeldig")
    assert found["oordeel"]["indication"] == "AdESPassed.OK"
    assert preservation.order_due() == 0


def test_a_timestamp_is_renewed_before_its_certificate_ends(short_lived, coordinator):
    version = signing_cast.make_sealed_version(factories.make_coalition(), coordinator)
    assert preservation.order_due() == 1
    jobs.work_due(SealJob)
    text = seals.find(kind=SealKind.TEXT, key=version.pk)
    renewed = Artefact.objects.with_bytes().get(kind=ArtefactKind.RENEWAL)
    assert renewed.continues == text
    assert bytes(renewed.content).startswith(bytes(text.content))
    assert renewed.sealed_at == text.sealed_at
    newest = Artefact.objects.newest()
    assert renewed in newest
    assert text not in newest


def test_what_does_not_need_renewal_any_more_is_left(sealed_version):
    text = Artefact.objects.get()
    seals.order(kind=SealKind.RENEWAL, key=text.pk)
    jobs.work_due(SealJob)
    assert Artefact.objects.count() == 1


def test_the_command_says_that_all_is_well(sealed_version, signatory):
    signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    assert check_seals() == "2 bestanden en 1 bewijsketens gecontroleerd: alles klopt.\n"


def test_the_command_names_a_file_that_a_superuser_changed(sealed_version):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for rule in ("named_by_its_bytes", "size_of_its_bytes"):
            cursor.execute(f"ALTER TABLE covenants_artefact DROP CONSTRAINT covenants_artefact_{rule}")
    rewrite("UPDATE covenants_artefact SET content = set_byte(content, 300, 65)")
    output = io.StringIO()
    with pytest.raises(CommandError, match="1 keer klopt er iets niet"):
        call_command("check_seals", stdout=output, stderr=output)
    assert f"Bestand text/{sealed_version.pk}: de bytes horen niet bij de SHA-256" in output.getvalue()


def test_the_command_names_a_signature_that_a_superuser_changed(sealed_version, signatory):
    signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    rewrite("UPDATE covenants_signatureact SET person_name = 'Iemand Anders'")
    output = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_seals", stdout=output, stderr=output)
    assert "person_name" in output.getvalue()


def test_the_command_misses_a_statement_that_is_gone(sealed_version, signatory):
    signed = signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    rewrite("DELETE FROM covenants_artefact WHERE kind = 'statement'")
    output = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_seals", stdout=output, stderr=output)
    assert f"De verzegelde verklaring van {signed.signature} ontbreekt." in output.getvalue()


# --- The platform page --------------------------------------------------------------------------


def parts() -> dict[str, bool]:
    return {part.name: part.is_well for part in seal_health.check_parts()}


def test_a_fresh_seal_is_well(sealed_version):
    assert set(parts().values()) == {True}


def test_a_seal_that_waits_over_a_quarter_of_an_hour_is_an_alarm(sealed_version):
    seals.order(kind=SealKind.RENEWAL, key="0" * 64)
    assert parts()["seal_jobs"]
    SealJob.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=16))
    assert not parts()["seal_jobs"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("", "1 wachten"),
        ("SealingWaits: Geen tijdstempel: x", "geven geen tijdstempel"),
        ("SealRefused: The path … expired 2026", "het zegelcertificaat is verlopen"),
        ("SealRefused: … was revoked at", "het zegelcertificaat is ingetrokken"),
        ("NoSeal: Er is nog geen", "er is geen zegel ingesteld"),
        ("SealRefused: uncertain", "de laatste fout: SealRefused: uncertain"),
    ],
)
def test_who_keeps_the_portal_running_reads_why_seals_wait(sealed_version, error, words):
    seals.order(kind=SealKind.RENEWAL, key="0" * 64)
    SealJob.objects.filter(kind=SealKind.RENEWAL).update(last_error=error)
    waiting = next(part for part in seal_health.check_parts() if part.name == "seal_jobs")
    assert words in waiting.detail


@pytest.mark.parametrize(("days", "is_well"), [(61, True), (59, False), (-1, False)])
@pytest.mark.parametrize("is_known", [True, False])
def test_the_end_of_the_certificate_is_told_sixty_days_ahead(
    sealed_version, monkeypatch, days, is_well, is_known
):
    """Of the one that the settings name, also before it sealed anything; of one that stays with a service
    as the newest seal tells it."""
    until = timezone.now() + datetime.timedelta(days=days)
    chosen = means.current()
    known = SimpleNamespace(not_valid_after=until) if is_known else None
    told = dataclasses.replace(chosen, certificate=known)
    monkeypatch.setattr(means, "_means", lambda *_: told)
    if not is_known:
        rewrite("UPDATE covenants_artefact SET certificate_until = %s", until)
    part = next(part for part in seal_health.check_parts() if part.name == "seal_certificate")
    assert part.is_well is is_well
    assert part.detail.startswith("verlopen op" if days < 0 else "geldig tot")


def test_the_first_of_all_seals_that_grows_old_is_told_and_not_only_the_newest(sealed_version, signatory):
    signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    assert parts()["seal_lasting"]
    rewrite(
        "UPDATE covenants_artefact SET lasts_until = %s WHERE kind = 'text'",
        timezone.now() + datetime.timedelta(days=59),
    )
    assert not parts()["seal_lasting"]


def test_clocks_that_differ_over_two_seconds_are_an_alarm(sealed_version):
    assert Artefact.objects.get().clock_skew == 0
    rewrite("UPDATE covenants_artefact SET clock_skew = 2.1")
    assert not parts()["clock"]


def test_a_seal_that_did_not_pass_its_yearly_check_is_an_alarm(sealed_version, tmp_path, monkeypatch):
    age(366)
    preservation.order_due()
    others = means.own_means(own_keys.read_or_make(tmp_path / "anders"))
    with monkeypatch.context() as patch:
        patch.setattr(means, "_means", lambda *_: others)
        jobs.work_due(SealJob)
    assert not parts()["preservation"]


def test_production_without_a_seal_says_so(settings):
    settings.IS_PRODUCTION = True
    settings.SEAL = {**settings.SEAL, "KIND": ""}
    assert not parts()["seal"]
