"""Organisations that may be one, on the screen."""

import pytest
from django.urls import reverse

from partners.models import MergeProposal, MergeState
from tests import factories


@pytest.fixture
def pair(coalition):
    found = [factories.make_organisation("Kraamzorg De Wieg", type_code="kraamzorg") for _ in range(2)]
    for organisation in found:
        factories.make_member(coalition, organisation)
    return found


def address(pair, name="organisation-merge"):
    return reverse(f"coalitions:{name}", args=[pair[0].pk, pair[1].pk])


def test_pairs_are_suggested_and_looked_at_first(log_in, coordinator, coalition, pair):
    client = log_in(coordinator)
    page = client.get(reverse("coalitions:duplicate-list", args=[coalition.slug])).text
    assert "zelfde naam" in page
    page = client.get(address(pair)).text
    assert "Dit gebeurt er" in page
    assert "Beide staan in Maas en Peel" in page
    pair[1].refresh_from_db()
    assert pair[1].merged_into is None


def test_a_coordinator_merges_what_occurs_in_her_coalitions_only(log_in, coordinator, pair):
    page = log_in(coordinator).post(address(pair), follow=True).text
    assert "is samengevoegd met" in page
    pair[1].refresh_from_db()
    assert pair[1].merged_into == pair[0]


def test_elsewhere_she_proposes_and_the_administrator_decides(log_in, coordinator, administrator, pair):
    factories.make_member(factories.make_coalition(), pair[1])
    client = log_in(coordinator)
    assert "Stel het voor" in client.get(address(pair)).text
    assert "verplicht" in client.post(address(pair), {"reason": ""}).text
    client.post(address(pair), {"reason": "Zelfde adres"})
    pair[1].refresh_from_db()
    assert pair[1].merged_into is None

    client = log_in(administrator)
    queue = reverse("coalitions:platform-merge-list")
    assert "Zelfde adres" in client.get(queue).text
    client.post(address(pair))
    assert MergeProposal.objects.get().state == MergeState.MERGED


def test_a_proposal_is_rejected_with_a_reason(log_in, coordinator, administrator, pair):
    factories.make_member(factories.make_coalition(), pair[1])
    log_in(coordinator).post(address(pair), {"reason": "Zelfde adres"})
    proposal = MergeProposal.objects.get()
    client = log_in(administrator)
    url = reverse("coalitions:platform-merge-reject", args=[proposal.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"reason": "Twee vestigingen"})
    assert "al besloten" in client.post(url, {"reason": "Nog eens"}).text
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == (MergeState.REJECTED, "Twee vestigingen")
    assert "Twee vestigingen" in client.get(reverse("coalitions:platform-merge-list")).text


def test_two_stay_two(log_in, coordinator, coalition, pair):
    client = log_in(coordinator)
    client.post(address(pair, "organisation-keep-apart"))
    page = client.get(reverse("coalitions:duplicate-list", args=[coalition.slug])).text
    assert "lijken nu geen organisaties dubbel" in page


def test_others_may_not(client, log_in, partner, outsider, coalition, pair):
    assert client.get(address(pair)).status_code == 302
    assert log_in(partner).get(address(pair)).status_code == 403
    for name in ("organisation-merge", "organisation-keep-apart"):
        assert log_in(outsider).post(address(pair, name)).status_code == 404
    assert log_in(partner).get(reverse("coalitions:duplicate-list", args=[coalition.slug])).status_code == 403


def test_an_organisation_is_added_by_the_administrator_after_a_warning(log_in, administrator, pair):
    client = log_in(administrator)
    url = reverse("coalitions:platform-organisation-add")
    answers = {"name": "Kraamzorg de Wieg", "type": pair[0].type_id}
    assert "Misschien staat deze organisatie er al" in client.post(url, answers).text
    assert "is toegevoegd" in client.post(url, {**answers, "is_new": "on"}, follow=True).text
    assert "KvK-nummer heeft 8 cijfers" in client.post(url, {**answers, "kvk": "1"}).text
