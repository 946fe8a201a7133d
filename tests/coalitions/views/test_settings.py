"""Settings and phases on the screen."""

import pytest

from coalitions import founding
from coalitions.models import Phase, Role
from portal.revisions import revision_of
from tests import factories


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/instellingen/"


def data(**changes):
    return {"mission": "Een goede start", "approach": "", "source_note": "", "answer_days": "10", **changes}


def test_works(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    response = client.post(url, data(is_public="on", accepts_requests="on", seen=revision_of(coalition)))
    assert response.url == url
    coalition.refresh_from_db()
    assert (coalition.mission, coalition.answer_days) == ("Een goede start", 10)
    assert "Een goede start" in client.get(url).text


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman"])
def test_other_roles_may_not(log_in, request, fixture, url):
    client = log_in(request.getfixturevalue(fixture))
    assert client.post(url, data()).status_code == 403
    assert client.post(f"{url}fase/ended/").status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answer_days": "0"}, "1"),
        ({"answer_days": "veel"}, "geheel getal"),
        ({"mission": "123456782"}, "burgerservicenummer"),
        ({"mission": "x" * 2001}, "2000"),
    ],
)
def test_bad_input_changes_nothing(log_in, coordinator, coalition, url, change, words):
    response = log_in(coordinator).post(url, data(**change))
    assert response.status_code == 422
    assert words in response.text
    coalition.refresh_from_db()
    assert coalition.mission == ""


def test_of_two_who_save_the_second_sees_both_values(log_in, coordinator, coalition, url):
    seen = revision_of(coalition)
    other = factories.make_person("Klaas Kwartiermaker")
    founding.change_profile(coalition=coalition, by=other, mission="Samen")
    page = log_in(coordinator).post(url, data(seen=seen)).text
    assert "Intussen gewijzigd door Klaas Kwartiermaker" in page
    assert "nu ‘Samen’; jij vulde in ‘Een goede start’" in page


def test_the_phase_moves_with_its_reason(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    assert f"{url}fase/paused/" in client.get(url).text
    client.post(f"{url}fase/paused/", {"reason": "Verkiezingen", "seen": "executing"})
    coalition.refresh_from_db()
    assert coalition.phase == Phase.PAUSED
    page = client.get(url).text
    assert "van uitvoering naar gepauzeerd, door Carla Coördinator" in page
    assert "Verkiezingen" in page


def test_an_illegal_phase_by_address_is_refused(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    assert "gaat niet van" in client.post(f"{url}fase/founded/").text
    assert client.get(f"{url}fase/niets/").status_code == 404
    coalition.refresh_from_db()
    assert coalition.phase == Phase.EXECUTING


def test_a_coalition_stops_only_with_a_reason_and_by_who_knows_that_it_is_for_good(
    coalition, coordinator, log_in, url
):
    client = log_in(coordinator)
    page = client.post(f"{url}fase/ended/", {"seen": coalition.phase})
    assert page.status_code == 422
    assert "Schrijf op waarom de coalitie stopt." in page.text
    assert "Zet een vinkje als je dit begrijpt." in page.text
    coalition.refresh_from_db()
    assert coalition.phase != Phase.ENDED
    why = "De gemeenten gaan verder in twee coalities"
    sent = {"seen": coalition.phase, "reason": why, "understood": "on"}
    client.post(f"{url}fase/ended/", sent)
    coalition.refresh_from_db()
    assert coalition.phase == Phase.ENDED


def test_founding_asks_for_a_commissioner(log_in, db):
    young = factories.make_coalition(phase=Phase.BUILDING)
    person = factories.make_person()
    factories.give_role(person, young)
    client = log_in(person)
    page = f"/coalities/{young.slug}/instellingen/fase/founded/"
    assert "Wijs eerst een opdrachtgever aan." in client.post(page).text
    factories.give_role(factories.make_person(), young, Role.COMMISSIONER)
    assert client.post(page).status_code == 302


def test_who_moves_an_old_phase_hears_it(log_in, coordinator, coalition, url):
    founding.move_phase(coalition=coalition, to=Phase.PAUSED, by=factories.make_person("Klaas"))
    page = log_in(coordinator).post(f"{url}fase/sustaining/", {"seen": "executing"}).text
    assert "Intussen gewijzigd door Klaas" in page


def test_the_profile_tells_how_it_began_and_where_to_look(log_in, coordinator, coalition, url, client):
    example = factories.make_coalition("Zuid")
    sent = data(
        history="2018: het begon",
        vulnerability_note="Wij kijken naar het gezin.",
        look_at=example.pk,
        is_public="on",
        seen=revision_of(coalition),
    )
    assert log_in(coordinator).post(url, sent).status_code == 302
    page = client.get(coalition.get_absolute_url()).text
    assert "2018: het begon" in page
    assert "Wij kijken naar het gezin." in page
    assert f'Kijk ook bij <a href="{example.get_absolute_url()}">Zuid</a>' in page
    assert "hoort bij deze coalitie" not in page


def test_a_coalition_that_is_not_public_is_no_example(log_in, coordinator, coalition, url):
    hidden = factories.make_coalition("Verborgen", is_public=False)
    assert "Verborgen" not in log_in(coordinator).get(url).text
    log_in(coordinator).post(url, data(look_at=hidden.pk, seen=revision_of(coalition)))
    coalition.refresh_from_db()
    assert coalition.look_at is None
