"""The register of parties on any day, for everybody."""

import csv
import datetime
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Coalition
from covenants import endings
from covenants.models import Artefact, CovenantVersion, SealJob
from partners import merging
from partners.models import Organisation
from portal import jobs
from tests import factories
from tests.covenants.signing_cast import sign, sign_on_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]

OLD = datetime.date(2021, 12, 9)
LATER = datetime.date(2022, 11, 24)


@pytest.fixture
def signed(version) -> CovenantVersion:
    sign_on_paper(version, OLD, "Gemeente Venlo", "Kraamzorg Élan")
    sign_on_paper(version, LATER, "Ziekenhuis Noord")
    return version


@pytest.fixture
def address(signed, coalition) -> str:
    return reverse("covenants:register", args=[coalition.slug])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_everybody_reads_who_is_a_party_today(client, address):
    text = words(client.get(address))
    assert "3 partijen op" in text
    assert "Ziekenhuis Noord" in text


def test_the_register_knows_how_it_was_then(client, address):
    text = words(client.get(address, {"op": ["gisteren", "2021-12-31"]}))
    assert "Op welke dag: 31 december 2021" in text
    assert "2 partijen op 31 december 2021" in text
    assert "Ziekenhuis Noord" not in text


def test_names_are_found_without_accents(client, address):
    text = words(client.get(address, {"zoek": "elan"}))
    assert "1 partij op" in text
    assert "Kraamzorg Élan" in text


def test_a_day_that_does_not_exist_is_explained_and_today_is_shown(client, address):
    text = words(client.get(address, {"op": "2021-13-40"}))
    assert "Kies een dag die bestaat" in text
    assert "3 partijen" in text


def test_before_the_first_signature_there_is_nobody(client, address):
    assert "Op deze dag was er nog geen partij." in words(client.get(address, {"op": "2019-01-01"}))


def test_the_file_holds_what_the_page_shows(client, address, coalition):
    response = client.get(reverse("covenants:register-csv", args=[coalition.slug]), {"op": "2021-12-31"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Organisatie", "Gemeente Venlo", "Kraamzorg Élan"]
    assert rows[1][3:5] == ["09-12-2021", "buiten het portaal"]


def test_a_machine_gets_the_parties_and_the_head_of_the_chain(client, address, coalition, signed):
    found = client.get(reverse("covenants:register-json", args=[coalition.slug])).json()
    assert found["aantal"] == 3
    assert found["tekst_sha256"] == signed.sha256
    assert len(found["bewijsketen"]["vingerafdruk"]) == 64
    assert found["partijen"][0]["organisatie"] == "Gemeente Venlo"


def test_what_is_not_public_does_not_exist_for_outsiders(client, address, coordinator, log_in):
    Coalition.objects.update(is_public=False)
    assert client.get(address).status_code == 404
    assert log_in(coordinator).get(address).status_code == 200


def test_without_a_fixed_text_there_is_no_register(client):
    empty = factories.make_coalition("Nog niets")
    text = words(client.get(reverse("covenants:register", args=[empty.slug])))
    assert "nog geen vastgesteld convenant" in text
    assert client.get(reverse("covenants:register-json", args=[empty.slug])).status_code == 404


def test_four_hundred_parties_cost_as_many_queries_as_three(client, address, signed):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = cost()
    sign_on_paper(signed, LATER, *(f"Partij {number}" for number in range(397)))
    assert cost() == few <= 12


def test_a_document_that_ended_leads_to_the_parties_of_its_last_day(
    client, signed, address, coordinator, team
):
    today = timezone.localdate()
    proposal = endings.propose_end(covenant=signed.covenant, ended_on=today, reason="Klaar", by=coordinator)
    endings.confirm_end(proposal=proposal, by=team)
    page = client.get(address)
    assert "Sinds die dag is niemand meer partij." in words(page)
    last_day = f"?op={today - datetime.timedelta(days=1)}"
    assert f'href="{last_day}"' in page.text
    assert "3 partijen" in words(client.get(address + last_day))


def test_each_document_has_its_own_register_which_says_whether_it_holds(client, signed, coalition, address):
    second = factories.freeze(factories.make_draft(coalition, "Intentieverklaring vaderschap"))
    own = reverse("covenants:register", args=[coalition.slug, second.covenant.slug])
    assert "Gaat gelden zodra twee partijen getekend hebben." in words(client.get(own))
    first = reverse("covenants:register", args=[coalition.slug, signed.covenant.slug])
    page = words(client.get(first))
    assert "Geldt sinds 9 december 2021" in page
    assert f'href="{own}"' in client.get(first).content.decode()
    facts = client.get(reverse("covenants:register-json", args=[coalition.slug, signed.covenant.slug])).json()
    assert (facts["geldt"], facts["geldt_sinds"], facts["aantal"]) == (True, "2021-12-09", 3)
    missing = reverse("covenants:register", args=[coalition.slug, "bestaat-niet"])
    assert client.get(missing).status_code == 404


def test_a_party_that_merged_is_shown_with_the_one_that_it_went_on_in(client, signed, coordinator, address):
    gone = Organisation.objects.get(name="Ziekenhuis Noord")
    heir = factories.make_organisation("Ziekenhuis Maas en Peel")
    merging.merge(kept=heir, gone=gone, by=coordinator)
    text = words(client.get(address))
    assert "3 partijen op" in text
    assert 'Ziekenhuis Noord <span class="small muted">opgegaan in Ziekenhuis Maas en Peel</span>' in text


def test_everybody_takes_the_dossier_with_text_and_statements_from_here(
    client, sealed_version, signatory, coalition
):
    sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    # The dossier waits a while for the next signature.
    SealJob.objects.update(due_at=timezone.now())
    jobs.work_due(SealJob)
    address = reverse("covenants:register", args=[coalition.slug])
    page = client.get(address)
    assert "Alles in één bestand" in words(page)
    [link] = re.findall(r'href="(/verificatie/[^"]+\.pdf)"', page.content.decode())
    found = client.get(link)
    assert found.content == bytes(Artefact.objects.with_bytes().get(kind="dossier").content)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert "Alles in één bestand" not in words(client.get(address, {"op": yesterday.isoformat()}))
