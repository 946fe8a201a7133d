"""One version on the screen, as a file and beside the one before."""

import hashlib

import pytest
from django.urls import reverse

from covenants import block_edits, texts
from covenants.models import SealJob
from portal import jobs
from tests import factories

pytestmark = pytest.mark.django_db


def address(version, name: str = "version-detail") -> str:
    covenant = version.covenant
    return reverse(f"covenants:{name}", args=[covenant.coalition.slug, covenant.slug, version.number])


@pytest.fixture
def frozen(draft, coordinator, team):
    version = factories.confirm_text(draft, coordinator, team)
    jobs.work_due(SealJob)
    version.refresh_from_db()
    return version


@pytest.fixture
def second(frozen, coordinator):
    version = texts.new_version(covenant=frozen.covenant, by=coordinator)
    key = version.blocks[6]["key"]
    words = {"text": "Partijen werken elke dag samen aan de eerste duizend dagen."}
    return block_edits.change_block(version=version, key=key, values=words, seen=0, by=coordinator)


def test_the_file_of_a_text_that_stands_is_the_sealed_one(client, frozen):
    response = client.get(address(frozen, "version-pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert hashlib.sha256(response.content).hexdigest() == frozen.sha256


def test_everybody_reads_what_stands_and_only_insiders_what_is_written(
    client, log_in, partner, frozen, second
):
    for name in ("version-detail", "version-pdf"):
        assert client.get(address(frozen, name)).status_code == 200
        assert client.get(address(second, name)).status_code == 404
    assert client.get(address(second, "version-difference")).status_code == 404
    client = log_in(partner)
    for name in ("version-detail", "version-pdf", "version-difference"):
        assert client.get(address(second, name)).status_code == 200


def test_a_draft_as_a_file_says_that_it_is_one(log_in, partner, second):
    response = log_in(partner).get(address(second, "version-pdf"))
    assert response["Content-Disposition"].endswith('-concept.pdf"')
    assert "no-store" in response["Cache-Control"]


def test_a_draft_of_which_no_pdf_can_be_made_says_why(log_in, coordinator, second):
    block_edits.add_block(
        version=second, values={"kind": "paragraph", "text": "Blij 😀 samen."}, by=coordinator
    )
    response = log_in(coordinator).get(address(second, "version-pdf"), follow=True)
    assert response.status_code == 200
    assert "Het teken 😀 kan niet" in response.content.decode()


def test_the_difference_marks_words_also_for_who_does_not_see(log_in, partner, second):
    content = log_in(partner).get(address(second, "version-difference")).content.decode()
    assert "1 gewijzigd, 0 toegevoegd, 0 verwijderd" in content
    assert '<ins class="word-mark"><span class="visually-hidden">[nieuw: </span>' in content
    assert "elke dag" in content
    assert "Elke partij betaalt" not in content
    everything = log_in(partner).get(address(second, "version-difference") + "?toon=alles")
    assert "Elke partij betaalt" in everything.content.decode()


def test_the_first_version_has_nothing_before_it(client, frozen):
    assert client.get(address(frozen, "version-difference")).status_code == 404


def test_a_changed_line_of_meaning_is_a_difference(log_in, partner, coordinator, second):
    meaning = {**second.meaning, "money": "Elke partij betaalt € 500."}
    block_edits.edit_meaning(version=second, meaning=meaning, by=coordinator)
    content = log_in(partner).get(address(second, "version-difference")).content.decode()
    assert "€ 500" in content


def test_what_is_not_there_is_404(client, log_in, partner, outsider, frozen, second):
    args = [frozen.covenant.coalition.slug, frozen.covenant.slug, 9]
    assert client.get(reverse("covenants:version-detail", args=args)).status_code == 404
    assert log_in(outsider).get(address(second)).status_code == 404


def test_a_text_with_a_hash_and_no_file_is_404(client, draft, coordinator, team):
    assert client.get(address(factories.freeze(draft, coordinator, team), "version-pdf")).status_code == 404


def test_it_is_read_and_not_written(client, frozen):
    for name in ("version-detail", "version-pdf", "version-difference"):
        assert client.post(address(frozen, name)).status_code == 405
