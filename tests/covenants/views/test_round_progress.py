"""The coordinator's view: a standing for every member, reminders for a selection, the archive."""

import datetime
import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from covenants import declines
from covenants.models import DeclineKind, SealJob, SigningInvitation
from covenants.presenters.round_progress import RoundProgress, Standing
from covenants.presenters.signing import write_reading
from portal import jobs
from tests import factories
from tests.covenants import signing_cast
from tests.covenants.signing_cast import make_signatory, sign

pytestmark = pytest.mark.django_db


def address(name: str, version) -> str:
    return reverse(
        f"covenants:{name}", args=[version.covenant.coalition.slug, version.covenant.slug, version.number]
    )


@pytest.fixture
def version(coalition, coordinator):
    return signing_cast.make_round(coalition, coordinator).version


def standing_of(version, organisation) -> Standing:
    rows = RoundProgress(version, {}).everybody
    return next(row.standing for row in rows if row.organisation == organisation)


def test_every_standing_follows_from_what_is_known(version, coalition, coordinator):
    without = factories.make_member(coalition).organisation
    asked, opened, waits, no, signed = (make_signatory(coalition, coordinator) for _ in range(5))
    together = make_signatory(coalition, coordinator, need=2)
    write_reading(version, opened.organisation, opened.person)
    for one, kind in ((waits, DeclineKind.RESERVATION), (no, DeclineKind.NO)):
        declines.decline(version=version, mandate=one.mandate, kind=kind, by=one.person)
    signing_cast.sign(version, signed)
    signing_cast.sign(version, together)
    assert standing_of(version, without) == Standing.NO_MANDATE
    assert standing_of(version, asked.organisation) == Standing.INVITED
    assert standing_of(version, opened.organisation) == Standing.READ
    assert standing_of(version, waits.organisation) == Standing.RESERVATION
    assert standing_of(version, no.organisation) == Standing.NO
    assert standing_of(version, signed.organisation) == Standing.SIGNED
    assert standing_of(version, together.organisation) == Standing.PART_SIGNED


def test_the_page_shows_and_filters(version, coalition, coordinator, log_in):
    make_signatory(coalition, coordinator)
    client = log_in(coordinator)
    assert "Tekst nog niet geopend" in client.get(address("round-progress", version)).content.decode()
    empty = client.get(address("round-progress", version), {"stand": "getekend"}).content.decode()
    assert "Geen organisaties met deze filters." in empty


def test_who_was_chosen_is_reminded_and_nobody_else(coalition, coordinator, log_in):
    chosen, _ = (make_signatory(coalition, coordinator) for _ in range(2))
    version = signing_cast.make_round(coalition, coordinator, invites=True).version
    past = timezone.now() - datetime.timedelta(days=10)
    SigningInvitation.objects.update(invited_at=past)
    response = log_in(coordinator).post(
        address("round-remind", version), {"organisatie": [chosen.organisation.pk]}, follow=True
    )
    assert "Herinnering verstuurd aan 1 persoon." in response.content.decode()
    recent = SigningInvitation.objects.filter(invited_at__gt=past).values_list("organisation", flat=True)
    assert list(recent) == [chosen.organisation.pk]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [([], "Kies eerst wie je wilt herinneren."), (["x"], "Kies eerst"), (["1"], "Er is niemand")],
)
def test_a_choice_of_nobody_is_explained(version, coordinator, log_in, chosen, sentence):
    response = log_in(coordinator).post(
        address("round-remind", version), {"organisatie": chosen}, follow=True
    )
    assert sentence in response.content.decode()


def test_it_counts_the_signatures_that_wait_for_their_seal(sealed_version, signatory, coordinator, log_in):
    client = log_in(coordinator)
    page = address("round-progress", sealed_version)
    assert "Zegel volgt" not in client.get(page).content.decode()
    sign(sealed_version, signatory)
    assert "1 handtekening wacht nog op het zegel" in client.get(page).content.decode()
    jobs.work_due(SealJob)
    assert "Zegel volgt" not in client.get(page).content.decode()


def test_many_members_cost_as_many_queries_as_few(version, coalition, coordinator, log_in):
    client = log_in(coordinator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("round-progress", version)).status_code == 200
        return len(queries)

    make_signatory(coalition, coordinator)
    few = cost()
    for _ in range(8):
        make_signatory(coalition, coordinator)
    assert cost() == few


def test_the_evening_starts_with_who_governs(version, coalition, coordinator, alderman, log_in):
    factories.make_member(coalition, factories.make_organisation("Aambeeld Zorg"))
    text = log_in(coordinator).get(address("evening-order", version)).content.decode()
    assert text.index("Gemeente Beesel") < text.index("Aambeeld Zorg")


@pytest.fixture
def archive(sealed_version, coalition, coordinator, log_in) -> zipfile.ZipFile:
    for _ in range(2):
        signing_cast.sign(sealed_version, make_signatory(coalition, coordinator))
    jobs.work_due(SealJob)
    SealJob.objects.update(due_at=timezone.now())
    jobs.work_due(SealJob)
    response = log_in(coordinator).get(address("covenant-export", sealed_version))
    return zipfile.ZipFile(io.BytesIO(response.content))


def test_the_archive_holds_every_file_and_its_sum(archive, sealed_version):
    names = archive.namelist()
    assert f"bestanden/tekst-{sealed_version.pk}.pdf" in names
    assert len([name for name in names if name.startswith("bestanden/verklaring-")]) == 2
    assert len([name for name in names if name.startswith("bestanden/dossier-")]) == 1
    for line in archive.read("SHA256SUMS").decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert len(json.loads(archive.read("register.json"))["partijen"]) == 2
    assert [name for name in names if name.startswith("certificaten/wortel-")]
    assert [name for name in names if name.endswith(".crl")]


def test_the_archive_checks_its_own_chain_with_nothing_but_python(archive, sealed_version, tmp_path):
    archive.extractall(tmp_path)
    chain = tmp_path / f"keten/versie-{sealed_version.number}.jsonl"
    command = [sys.executable, "controleer_keten.py", str(chain)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    sealed_version.refresh_from_db()
    assert sealed_version.chain_head in done.stdout
    chain.write_text(chain.read_text().replace("bestuurder", "directeur", 1))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "klopt niet" in done.stderr


def test_the_order_of_the_evening_is_changed_and_put_back(version, coalition, coordinator, log_in):
    for name in ("Aa Zorg", "Bb Zorg", "Cc Zorg"):
        organisation = factories.make_organisation(name)
        factories.make_member(coalition, organisation)
        make_signatory(coalition, coordinator, organisation=organisation)
    client = log_in(coordinator)
    rows = [row.organisation for row in RoundProgress(version, {}).evening]
    places = {f"plaats-{row.pk}": place for place, row in enumerate(rows, start=1)}
    save = address("evening-save", version)
    page = client.post(save, places | {f"plaats-{rows[-1].pk}": 1}, follow=True).content.decode()
    assert page.index("Cc Zorg") < page.index("Aa Zorg")
    wrong = client.post(save, places | {f"plaats-{rows[0].pk}": "99"})
    assert wrong.status_code == 422
    assert f"Plaats van {rows[0].name}: Vul een plaats in van 1 tot {len(rows)}." in wrong.content.decode()
    assert 'value="99"' in wrong.content.decode()
    page = client.post(save, {"gewoon": "ja"}, follow=True).content.decode()
    assert page.index("Aa Zorg") < page.index("Cc Zorg")
