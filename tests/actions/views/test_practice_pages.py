"""The pages of gems, adoptions, interventions and tools."""

import pytest
from django.urls import reverse

from actions import practices, tools
from actions.models import (
    AdoptionState,
    Intervention,
    InterventionOffer,
    Practice,
    PracticeAdoption,
    PracticeState,
    ToolUse,
)
from tests import factories

pytestmark = pytest.mark.django_db


def url(name, coalition, *more):
    return reverse(f"actions:{name}", args=[coalition.slug, *more])


@pytest.fixture
def membership(coalition, partner):
    return coalition.memberships.get()


@pytest.fixture
def ready(coalition, coordinator, membership):
    practice = practices.write_down(
        coalition=coalition,
        owner=membership,
        title="Bellen",
        problem="Te laat",
        approach="a",
        result="b",
        cost_note="c",
        contact="d",
        by=coordinator,
    )
    upload = factories.make_upload("kaart.pdf")
    practices.add_kit_item(practice=practice, title="Kaart", upload=upload, by=coordinator)
    practices.nominate(practice=practice, by=coordinator)
    return practices.prebake(practice=practice, by=coordinator)


def test_a_partner_writes_a_gem_and_nominates_it_and_the_coordinator_makes_it_ready(
    coalition, coordinator, partner, membership, log_in
):
    client = log_in(partner)
    words = {"title": "Bellen", "owner": membership.pk, "problem": "Te laat"}
    assert client.post(url("practice-add", coalition), {**words, "problem": ""}).status_code == 422
    client.post(url("practice-add", coalition), words)
    practice = Practice.objects.get()
    more = {"approach": "a", "result": "b", "cost_note": "c", "contact": "d"}
    client.post(url("practice-edit", coalition, practice.pk), {**words, **more})
    both = {"title": "Kaart", "upload": factories.make_upload("kaart.pdf"), "url": "https://a.example/"}
    assert client.post(url("kit-item-add", coalition, practice.pk), both).status_code == 422
    link = {"title": "Kaart", "url": "https://a.example/"}
    client.post(url("kit-item-add", coalition, practice.pk), link)
    client.post(url("practice-step", coalition, practice.pk, "voordragen"))
    assert client.post(url("practice-step", coalition, practice.pk, "voorbakken")).status_code == 403
    log_in(coordinator).post(url("practice-step", coalition, practice.pk, "voorbakken"))
    practice.refresh_from_db()
    assert practice.state == PracticeState.PREBAKED
    assert client.get(url("practice-step", coalition, practice.pk, "anders")).status_code == 404


def test_everybody_reads_a_gem_that_is_ready_and_insiders_open_its_kit(ready, partner, client, log_in):
    item = ready.kit_items.get()
    kit = reverse("actions:kit-download", args=[ready.slug, item.pk])
    shown = client.get(ready.get_absolute_url()).content.decode()
    assert "Te laat" in shown
    assert "Log in om de kit te openen" in shown
    assert kit not in shown
    assert "Bellen" in client.get(reverse("actions:practice-list")).content.decode()
    assert log_in(partner).get(kit).status_code == 200


def test_a_gem_that_is_not_ready_is_for_its_own_coalition(
    coalition, coordinator, partner, membership, outsider, client, log_in
):
    practice = practices.write_down(
        coalition=coalition, owner=membership, title="Stil", problem="x", by=coordinator
    )
    assert client.get(practice.get_absolute_url()).status_code == 404
    assert log_in(outsider).get(practice.get_absolute_url()).status_code == 404
    assert log_in(partner).get(practice.get_absolute_url()).status_code == 200
    assert "Stil" in log_in(partner).get(url("coalition-practice-list", coalition)).content.decode()


def test_a_municipality_takes_a_gem_over_and_says_what_it_learned(
    coalition, ready, partner, alderman, membership, log_in
):
    client = log_in(partner)
    place = coalition.municipalities().get(code="GM0983")
    form = {"municipality": place.pk, "owner": membership.pk, "adapted_text": ""}
    client.post(url("adoption-add", coalition, ready.slug), form)
    adoption = PracticeAdoption.objects.get()
    # Venlo is not her own municipality.
    assert log_in(alderman).get(url("adoption-edit", coalition, adoption.pk)).status_code == 403
    client = log_in(partner)
    client.post(url("adoption-step", coalition, adoption.pk, "voorbereiden"))
    step = url("adoption-step", coalition, adoption.pk, "starten")
    assert client.post(step, {"adapted_text": ""}).status_code == 422
    client.post(step, {"adapted_text": "Bij ons belt de assistent."})
    client.post(url("adoption-step", coalition, adoption.pk, "borgen"), {"lesson": "Begin klein."})
    adoption.refresh_from_db()
    assert adoption.state == AdoptionState.SECURED
    assert "Begin klein." in client.get(ready.get_absolute_url()).content.decode()
    table = client.get(url("adoption-csv", coalition)).content.decode()
    assert "Begin klein." in table


def test_a_municipality_page_shows_what_lives_there(coalition, ready, coordinator, membership, client):
    place = coalition.municipalities().get(code="GM0983")
    PracticeAdoption.objects.create(practice=ready, coalition=coalition, municipality=place, owner=membership)
    intervention = Intervention.objects.create(slug="x", name="VoorZorg", phase="all", description="x")
    InterventionOffer.objects.create(
        intervention=intervention,
        coalition=coalition,
        municipality=place,
        state="running",
        valid_from=factories.LONG_AGO,
    )
    shown = client.get(reverse("coalitions:municipality-detail", args=["GM0983"])).content.decode()
    assert "Bellen" in shown
    assert "VoorZorg" in shown


def test_the_stand_of_an_intervention_is_set_by_municipality(coalition, coordinator, alderman, log_in):
    intervention = Intervention.objects.create(slug="x", name="VoorZorg", phase="all", description="x")
    page = reverse("actions:offer-set", args=[coalition.slug, intervention.slug])
    venlo = coalition.municipalities().get(code="GM0983")
    form = {"municipality": venlo.pk, "state": "running"}
    assert log_in(alderman).post(page, form).status_code == 422
    log_in(coordinator).post(page, form)
    assert InterventionOffer.objects.get().municipality == venlo
    shown = log_in(alderman).get(intervention.get_absolute_url()).content.decode()
    assert "Venlo" in shown


def test_tools_are_added_by_the_coordinator_and_used_by_members(
    coalition, coordinator, partner, membership, log_in
):
    facts = {"title": "Kaart", "kind": "menu", "url": "https://a.example/", "description": "x"}
    log_in(coordinator).post(reverse("actions:tool-add", args=[coalition.slug]), facts)
    tool = coalition.tools.get()
    use = reverse("actions:tool-use", args=[coalition.slug, tool.pk])
    client = log_in(partner)
    client.post(use)
    assert ToolUse.objects.get().membership == membership
    assert "Wij gebruiken dit niet meer" in client.get(reverse("actions:tool-list")).content.decode()
    client.post(use, {"stop": "1"})
    assert not ToolUse.objects.exists()
    tools.use(tool=tool, membership=membership, by=partner)
    log_in(coordinator).post(reverse("actions:tool-remove", args=[coalition.slug, tool.pk]))
    assert not coalition.tools.exists()
