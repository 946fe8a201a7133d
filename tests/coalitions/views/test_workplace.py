"""Where the coordinator lands."""

import datetime

import pytest

from coalitions import groups, talks
from coalitions.models import MembershipState, Phase, Role
from portal import hooks
from tests import factories


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/beheer/"


def test_works_for_the_coordinator(log_in, coordinator, coalition, url):
    factories.make_member(coalition)
    factories.make_member(coalition, state=MembershipState.IN_TALKS)
    page = log_in(coordinator).get(url).text
    assert "Je bent hier coördinator." in page
    assert f"/coalities/{coalition.slug}/beheer/leden/?stand=member" in page
    assert "1 organisatie is in gesprek. Wat is de volgende stap?" in page
    assert "Carla Coördinator" in page


def test_what_waits_stands_together_by_what_it_is_about(log_in, coordinator, coalition, url):
    factories.make_member(coalition, state=MembershipState.IN_TALKS)
    proposer = factories.make_person("Vera Voorsteller")
    factories.make_representative(proposer, factories.make_member(coalition).organisation)
    groups.propose(
        coalition=coalition,
        name="Preconceptiezorg",
        purpose="Eerder praten",
        kind="working_group",
        is_open=True,
        by=proposer,
    )
    inbox = dict(log_in(coordinator).get(url).context["inbox"])
    assert [ask.title for ask in inbox["Leden en aanmeldingen"]] == [
        "1 organisatie is in gesprek. Wat is de volgende stap?"
    ]
    (proposal,) = inbox["Werkgroepen en afspraken"]
    assert proposal.title == "1 voorstel voor een werkgroep"


def test_what_is_late_says_so(log_in, coordinator, coalition, url):
    spell = factories.make_member(coalition, state=MembershipState.IN_TALKS)
    talks.record(
        coalition=coalition,
        organisation=spell.organisation,
        by=coordinator,
        on=factories.today() - datetime.timedelta(days=9),
        next_step="Bellen",
        due=factories.today() - datetime.timedelta(days=1),
    )
    page = log_in(coordinator).get(url).text
    assert "Te laat" in page
    assert "De datum was" in page


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).status_code == 302


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman", "analyst"])
def test_other_roles_may_not_see_it(log_in, request, fixture, url):
    assert log_in(request.getfixturevalue(fixture)).get(url).status_code == 403


def test_refuses_a_post(log_in, coordinator, url):
    assert log_in(coordinator).post(url).status_code == 405


def test_without_anything_to_do_it_says_so(log_in, coordinator, url):
    page = log_in(coordinator).get(url).text
    assert "Er wacht nu niets op je." in page
    assert "Er staat nog geen organisatie op de lijst." in page


def test_the_basics_follow_from_the_facts(log_in, coordinator, coalition, url):
    def done(response):
        return {step.title for step in response.context["basics"] if step.is_done}

    client = log_in(coordinator)
    assert done(client.get(url)) == {"Bepaal het gebied"}
    factories.give_role(factories.make_person(), coalition, Role.COMMISSIONER)
    factories.make_member(coalition, state=MembershipState.PROSPECT)
    assert done(client.get(url)) == {"Bepaal het gebied", "Zoek een opdrachtgever"}
    factories.make_member(coalition)
    for domain in ("medical", "informal", "public"):
        factories.make_type(domain, domain=domain)
        factories.make_member(coalition, factories.make_organisation(type_code=domain))
    coalition.mission = "Elk kind een goede start."
    coalition.save()
    response = client.get(url)
    assert response.context["basics"] == []
    assert "De basis van de coalitie" not in response.text


def test_a_region_that_begins_sees_its_seven_steps(log_in, db, monkeypatch):
    young = factories.make_coalition(phase=Phase.EXPLORING)
    person = factories.make_person()
    factories.give_role(person, young)
    client = log_in(person)
    url = f"/coalities/{young.slug}/beheer/"
    steps = client.get(url).context["seven"]
    assert len(steps) == 7
    assert not any(step.is_done for step in steps)
    spell = factories.make_member(young, state=MembershipState.IN_TALKS)
    talks.record(
        coalition=young,
        organisation=spell.organisation,
        by=person,
        on=factories.today(),
        stuck="Te weinig tijd",
    )
    fact = hooks.StepFact(count=1, url="/ergens/")
    monkeypatch.setattr(hooks, "step_facts", lambda coalition: {"meetings": fact})
    steps = {step.title: step for step in client.get(url).context["seven"]}
    assert [title for title, step in steps.items() if step.is_done] == [
        "Breng partijen in kaart",
        "Voer gesprekken",
        "Kom bij elkaar",
        "Haal knelpunten op",
    ]
    assert steps["Kom bij elkaar"].url == "/ergens/"


def test_later_phases_have_their_steps_behind_them(log_in, coordinator, url):
    assert log_in(coordinator).get(url).context["seven"] == []


def test_it_names_the_second_person_for_acts_of_two(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    assert "Nu ben je alleen." in client.get(url).text
    factories.give_role(factories.make_person("Tine Team"), coalition, Role.TEAM)
    factories.give_role(factories.make_person("Anton Ander"), coalition, Role.ANALYST)
    found = client.get(url).context["second_persons"]
    assert [leader.role.person.name for leader in found] == ["Tine Team"]


def test_it_leads_to_what_each_may_do(log_in, coordinator, coalition, url):
    assert "/rollen/" in log_in(coordinator).get(url).text
    person = factories.make_person()
    factories.give_role(person, coalition, Role.TEAM)
    page = log_in(person).get(url).text
    assert "/contactmomenten/" in page
    assert "/schakelfuncties/" in page
    assert "/rollen/" not in page
    assert "/dubbele-organisaties/" not in page


def test_a_starting_coalition_keeps_its_steps_in_sight(log_in, db):
    young = factories.make_coalition(phase=Phase.EXPLORING)
    person = factories.make_person()
    factories.give_role(person, young)
    page = log_in(person).get(f"/coalities/{young.slug}/beheer/").text
    assert "Zeven stappen naar een coalitie" in page


@pytest.mark.parametrize("count", [1, 50])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, url, count, django_assert_max_num_queries
):
    for _ in range(count):
        factories.make_member(coalition)
        factories.give_role(factories.make_person(), coalition, Role.TEAM)
    client = log_in(coordinator)
    # The first visit draws the chart.
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
