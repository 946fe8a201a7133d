"""Two people fix a text, each on her own screen."""

import pytest
from django.urls import reverse

from covenants import texts
from covenants.models import CovenantVersion, SealJob, VersionState
from portal import jobs

pytestmark = pytest.mark.django_db


def address(draft, name: str = "freeze") -> str:
    return reverse(f"covenants:{name}", args=[draft.covenant.coalition.slug, draft.covenant.slug])


def test_from_proposal_to_seal(log_in, coordinator, team, draft):
    client = log_in(coordinator)
    client.post(address(draft, "freeze-propose"))
    assert "Je hebt dit zelf voorgesteld" in client.get(address(draft)).content.decode()

    client = log_in(team)
    page = client.get(address(draft))
    assert "Ik bevestig deze tekst" in page.content.decode()
    client.post(address(draft, "freeze-confirm"), {"digest": page.context["digest"]})
    assert "De tekst wordt verzegeld" in client.get(address(draft)).content.decode()
    jobs.work_due(SealJob)

    assert CovenantVersion.objects.get(pk=draft.pk).state == VersionState.FROZEN
    # The page says to load it again once the seal is there.
    done = client.get(address(draft), follow=True)
    assert done.redirect_chain[-1][0].endswith("/versie-1/")
    assert "Vastgesteld" in done.content.decode()


def test_nobody_confirms_her_own_proposal(log_in, coordinator, draft):
    client = log_in(coordinator)
    client.post(address(draft, "freeze-propose"))
    data = {"digest": texts.digest_of_version(draft)}
    response = client.post(address(draft, "freeze-confirm"), data, follow=True)
    assert "Een andere coördinator" in response.content.decode()
    assert CovenantVersion.objects.get(pk=draft.pk).second_by is None


@pytest.mark.parametrize("digest", ["", "ab" * 32])
def test_another_text_than_was_read_is_not_confirmed(log_in, coordinator, team, draft, digest):
    texts.propose_freeze(version=draft, by=coordinator)
    response = log_in(team).post(address(draft, "freeze-confirm"), {"digest": digest}, follow=True)
    assert "De tekst is veranderd" in response.content.decode()


def test_a_proposal_can_be_withdrawn(log_in, coordinator, team, draft):
    texts.propose_freeze(version=draft, by=coordinator)
    log_in(team).post(address(draft, "freeze-withdraw"))
    assert CovenantVersion.objects.get(pk=draft.pk).is_editable


def test_what_is_missing_stands_there_instead_of_the_button(log_in, coordinator, coalition):
    bare = texts.create(coalition=coalition, title="Convenant", by=coordinator)
    client = log_in(coordinator)
    content = client.get(address(bare)).content.decode()
    assert "Schrijf minstens één artikel." in content
    assert "Stel deze tekst voor" not in content
    response = client.post(address(bare, "freeze-propose"), follow=True)
    assert "nog niet klaar" in response.content.decode()


@pytest.mark.parametrize("name", ["freeze-propose", "freeze-confirm", "freeze-withdraw"])
def test_others_fix_nothing(client, log_in, partner, outsider, draft, name):
    for who, status in ((None, 302), (outsider, 404), (partner, 403)):
        visitor = log_in(who) if who else client
        assert visitor.post(address(draft, name)).status_code == status
        assert visitor.get(address(draft)).status_code == status
    assert log_in(partner).get(address(draft, name)).status_code in {403, 405}
