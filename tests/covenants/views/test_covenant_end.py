"""Two people end a document, after they read what follows from it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from covenants import endings
from covenants.models import EndProposal, VersionState
from tests.covenants.signing_cast import sign

pytestmark = pytest.mark.django_db


def args(version) -> list[str]:
    return [version.covenant.coalition.slug, version.covenant.slug]


@pytest.fixture
def url(version):
    return reverse("covenants:covenant-end", args=args(version))


def fields(**changes):
    sent = {"ended_on": timezone.localdate().isoformat(), "reason": "Nieuw convenant", "understood": "on"}
    return sent | changes


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_one_proposes_and_another_confirms(url, version, signatory, coordinator, team, log_in):
    sign(version, signatory)
    client = log_in(coordinator)
    assert "Er is nu 1 partij" in words(client.get(url))
    page = words(client.post(url, fields(), follow=True))
    assert "Voorgesteld." in page
    assert "Je hebt dit zelf voorgesteld" in page
    assert "Ik bevestig" not in page
    version.refresh_from_db()
    assert version.state == VersionState.OPEN
    confirm = reverse("covenants:covenant-end-confirm", args=[*args(version), EndProposal.objects.get().pk])
    assert "Je hebt dit zelf voorgesteld" in words(client.post(confirm, follow=True))

    client = log_in(team)
    asked = words(client.get(reverse("coalitions:my-page")))
    assert f"Bevestig dat {version.covenant.title} eindigt" in asked
    page = words(client.get(url))
    assert f"{coordinator.name} stelde op" in page
    assert "Nieuw convenant" in page
    assert "Het document is beëindigd." in words(client.post(confirm, follow=True))
    version.refresh_from_db()
    assert version.state == VersionState.ENDED
    assert "Dit document is beëindigd" in words(client.get(url))
    register = client.get(reverse("covenants:register", args=[version.covenant.coalition.slug]))
    assert "Beëindigd per" in words(register)
    assert "al bevestigd of ingetrokken" in words(client.post(confirm, follow=True))


def test_a_proposal_can_be_withdrawn(url, version, coordinator, log_in):
    client = log_in(coordinator)
    client.post(url, fields())
    withdraw = reverse("covenants:covenant-end-withdraw", args=[*args(version), EndProposal.objects.get().pk])
    assert "Het document loopt door." in words(client.post(withdraw, follow=True))
    assert "Stel voor om te beëindigen" in words(client.get(url))


def test_without_a_reason_or_a_tick_nothing_is_proposed(url, version, coordinator, log_in):
    page = words(log_in(coordinator).post(url, {"ended_on": "2020-01-01"}))
    assert "Schrijf op waarom het document eindigt." in page
    assert "niet terug te draaien" in page
    assert not EndProposal.objects.exists()


def test_others_end_nothing(url, version, client, coordinator, outsider, partner, log_in):
    proposal = endings.propose_end(
        covenant=version.covenant, ended_on=timezone.localdate(), reason="Klaar", by=coordinator
    )
    confirm = reverse("covenants:covenant-end-confirm", args=[*args(version), proposal.pk])
    assert client.get(url).status_code == 302
    assert log_in(outsider).get(url).status_code == 404
    assert log_in(outsider).post(confirm).status_code == 404
    assert log_in(partner).post(url, {}).status_code == 403
    assert log_in(partner).post(confirm).status_code == 403
    assert log_in(coordinator).get(confirm).status_code == 405
    unknown = reverse("covenants:covenant-end-confirm", args=[*args(version), 999_999])
    assert log_in(coordinator).post(unknown).status_code == 404
