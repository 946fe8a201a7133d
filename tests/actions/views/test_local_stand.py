"""The page on which a municipality says how it stands with an action."""

import pytest
from django.urls import reverse

from actions import local_stands
from actions.models import LocalState
from actions.programme_panels import SHOWN
from tests import factories
from tests.actions.programme_rows import make_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(coalition, coordinator):
    return make_action(coalition, coordinator)


@pytest.fixture
def page(action):
    address = f"{action.get_absolute_url()}gemeenten/"
    return lambda code="GM0889": f"{address}{code}/"


def sent(state=LocalState.RUNNING, note="", since=None):
    return {"state": state, "since": since or factories.today().isoformat(), "note": note}


def test_an_alderman_says_how_it_stands_and_everybody_reads_it(action, alderman, partner, page, log_in):
    client = log_in(alderman)
    assert "Nog geen gemeente heeft gemeld" in client.get(action.get_absolute_url()).text
    assert f'href="{page()}"' in client.get(action.get_absolute_url()).text
    shown = client.post(page(), sent(note="In alle wijken"), follow=True).text
    assert "De stand van Beesel is opgeslagen" in shown
    shown = log_in(partner).get(action.get_absolute_url()).text
    assert "Deze actie loopt in 1 van de 2 gemeenten" in shown
    assert "In alle wijken" in shown
    assert "<strong>Nog niets gemeld:</strong> Venlo." in shown
    assert page() not in shown


def test_the_last_stand_is_taken_back_after_a_question(action, alderman, page, log_in):
    client = log_in(alderman)
    assert "Haal de laatste stand weg" not in client.get(page()).text
    client.post(page(), sent())
    assert "Ja, haal weg" in client.get(page()).text
    shown = client.post(f"{page()}weg/", follow=True).text
    assert "De laatste stand van Beesel is weggehaald" in shown
    assert "heeft nog niets gemeld" in client.post(f"{page()}weg/", follow=True).text


def test_of_another_municipality_or_another_action_nobody_speaks(action, alderman, partner, page, log_in):
    assert log_in(alderman).get(page("GM0983")).status_code == 403
    assert log_in(alderman).get(page("GM0014")).status_code == 404
    assert log_in(partner).post(page(), sent()).status_code == 403
    assert log_in(partner).post(f"{page()}weg/").status_code == 403
    assert not action.local_stands.exists()


def test_an_outsider_finds_nothing(page, client, log_in):
    assert client.get(page()).status_code == 302
    assert log_in(factories.make_person()).get(page()).status_code == 404


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"state": ""}, "Dit veld is verplicht"),
        ({"since": "2999-01-01"}, "Deze dag moet nog komen"),
        ({"since": "gisteren"}, "Vul een datum in"),
        ({"state": "stopped"}, "Vul bij ‘Toelichting’ in waarom"),
        ({"note": "111222333"}, "burgerservicenummer"),
    ],
)
def test_what_is_filled_in_wrong_comes_back_with_a_sentence(action, alderman, page, log_in, bad, words):
    answer = log_in(alderman).post(page(), {**sent(), **bad})
    assert answer.status_code == 422
    assert words in answer.text
    assert not action.local_stands.exists()


def test_a_missing_reason_is_asked_at_its_field(alderman, page, log_in):
    answer = log_in(alderman).post(page(), sent(LocalState.STOPPED))
    assert list(answer.context["form"].errors) == ["note"]


def test_the_page_of_a_municipality_tells_what_runs_there(action, alderman, partner, page, log_in):
    place = reverse("coalitions:municipality-detail", args=["GM0889"])
    assert action.title not in log_in(partner).get(place).text
    log_in(alderman).post(page(), sent())
    assert action.title in log_in(partner).get(place).text
    log_in(alderman).post(page(), sent(LocalState.STOPPED, "Geen mensen"))
    assert action.title not in log_in(partner).get(place).text


def test_what_each_municipality_said_stands_in_the_log_of_the_coalition(
    action, coalition, alderman, coordinator, page, log_in
):
    log_in(alderman).post(page(), sent())
    assert (
        "stand van een gemeente"
        in log_in(coordinator).get(reverse("coalitions:log", args=[coalition.slug])).text.lower()
    )


def test_the_page_of_a_municipality_leaves_out_no_action_and_says_how_it_stands_there(
    coalition, coordinator, log_in
):
    here = coalition.municipalities().first()
    titles = [f"Actie nummer {number}" for number in range(SHOWN + 2)]
    for title in titles:
        action = make_action(coalition, coordinator, title=title, state="paused")
        local_stands.set_stand(action=action, municipality=here, state="secured", by=coordinator)
    text = log_in(coordinator).get(here.get_absolute_url()).text
    assert [title for title in titles if title not in text] == []
    assert "Toon meer acties" in text
    assert text.count("(in de regio: gepauzeerd)") == len(titles)


def test_the_page_of_a_municipality_asks_who_speaks_for_it_what_is_not_known_yet(
    action, page, alderman, coordinator, partner, log_in
):
    beesel, venlo = (reverse("coalitions:municipality-detail", args=[code]) for code in ("GM0889", "GM0983"))
    words = "Meld hoe het hier staat met andere acties"
    assert page() in log_in(alderman).get(beesel).text
    assert words not in log_in(alderman).get(venlo).text
    assert page("GM0983") in log_in(coordinator).get(venlo).text
    assert words not in log_in(partner).get(beesel).text
    log_in(alderman).post(page(), sent())
    assert words not in log_in(alderman).get(beesel).text
