"""Steps of a membership on the screen: from its own page and from the board."""

import datetime

import pytest
from django.utils import timezone

from coalitions import members
from coalitions.models import MembershipState
from coalitions.models.memberships import STATE_MOVES
from coalitions.moves import MOVES, moves_from
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def membership(coalition):
    organisation = factories.make_organisation("Kraamzorg Beesel")
    return factories.make_member(coalition, organisation, state="invited", joined_on=None)


@pytest.fixture
def url(coalition, membership):
    return f"/coalities/{coalition.slug}/leden/{membership.pk}/"


def state_of(membership):
    membership.refresh_from_db()
    return membership.state


def test_works_and_writes_date_and_reason(log_in, coordinator, membership, url):
    day = TODAY - datetime.timedelta(days=3)
    response = log_in(coordinator).post(
        f"{url}stap/lid/", {"on": day.isoformat(), "reason": "Bestuur is akkoord", "seen": "invited"}
    )
    assert response.status_code == 302
    assert state_of(membership) == MembershipState.MEMBER
    assert membership.joined_on == day
    page = log_in(coordinator).get(response.url).text
    assert "Kraamzorg Beesel: de stand is nu ‘Lid’." in page
    assert "Bestuur is akkoord" in page


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(f"{url}stap/lid/").url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(f"{url}stap/lid/").status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman", "analyst"])
def test_other_roles_may_not(log_in, request, fixture, url, membership):
    client = log_in(request.getfixturevalue(fixture))
    assert client.post(f"{url}stap/lid/", {"on": TODAY.isoformat()}).status_code == 403
    assert client.post(f"{url}verplaatsen/", {"naar": "lid", "seen": "invited"}).status_code == 403
    assert state_of(membership) == MembershipState.INVITED


def test_a_step_that_does_not_exist_is_not_found(log_in, coordinator, url):
    assert log_in(coordinator).get(f"{url}stap/weggooien/").status_code == 404


def test_a_membership_of_another_coalition_is_not_found(log_in, coordinator, coalition):
    elsewhere = factories.make_member(factories.make_coalition())
    page = f"/coalities/{coalition.slug}/leden/{elsewhere.pk}/"
    client = log_in(coordinator)
    assert client.get(page).status_code == 404
    assert client.post(f"{page}stap/stoppen/", {"on": TODAY.isoformat(), "reason": "x"}).status_code == 404
    assert client.post(f"{page}verplaatsen/", {"naar": "rust", "seen": "member"}).status_code == 404


@pytest.mark.parametrize("step", MOVES)
@pytest.mark.parametrize("state", MembershipState.values)
def test_an_illegal_step_by_address_is_refused_with_the_reason(log_in, coordinator, coalition, state, step):
    membership = factories.make_member(coalition, state=state)
    move = MOVES[step]
    response = log_in(coordinator).post(
        f"/coalities/{coalition.slug}/leden/{membership.pk}/stap/{step}/",
        {"on": TODAY.isoformat(), "reason": "Besproken", "seen": state},
    )
    if move in moves_from(state):
        assert response.status_code == 302
        assert state_of(membership) == move.to
        return
    assert response.status_code == 422
    assert f"Van daar kan de stap naar ‘{move.to.label}’ niet." in response.text
    assert state_of(membership) == state
    assert not membership.steps.exists()


def test_the_screen_offers_every_step_that_may_be_taken(db):
    for state in MembershipState.values:
        assert {move.to for move in moves_from(state)} == set(STATE_MOVES.get(state, ()))


def test_who_acts_on_an_old_page_hears_what_changed_and_by_whom(log_in, coordinator, membership, url):
    other = factories.make_person("Klaas Kwartiermaker")
    members.admit(membership=membership, by=other)
    moment = timezone.localtime(membership.steps.get().recorded_at)

    response = log_in(coordinator).post(
        f"{url}stap/afzien/", {"on": TODAY.isoformat(), "reason": "Geen tijd", "seen": "invited"}
    )

    assert f"Intussen gewijzigd door Klaas Kwartiermaker om {moment:%H.%M} uur." in response.text
    assert "Je zag Kraamzorg Beesel op ‘Uitgenodigd’ en koos ‘Doet niet mee’" in response.text
    assert "de stand is nu ‘Lid’" in response.text
    assert state_of(membership) == MembershipState.MEMBER
    assert membership.steps.count() == 1


@pytest.mark.parametrize("step", ["afzien", "stoppen"])
def test_a_grave_step_asks_why(log_in, coordinator, coalition, step):
    state = "member" if step == "stoppen" else "invited"
    membership = factories.make_member(coalition, state=state)
    response = log_in(coordinator).post(
        f"/coalities/{coalition.slug}/leden/{membership.pk}/stap/{step}/", {"on": TODAY.isoformat()}
    )
    assert "Schrijf kort op waarom." in response.text
    assert state_of(membership) == state


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("on", "morgen", "Vul een datum in"),
        ("on", (TODAY + datetime.timedelta(days=1)).isoformat(), "in de toekomst"),
        ("reason", "x" * 301, "300"),
        ("reason", "Moeder heeft bsn 123456782", "burgerservicenummer"),
        ("seen", "iets", "geen beschikbare keuze"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(log_in, coordinator, membership, url, field, value, words):
    data = {"on": TODAY.isoformat(), "reason": "", "seen": "invited", field: value}
    response = log_in(coordinator).post(f"{url}stap/lid/", data)
    assert words in response.text
    assert state_of(membership) == MembershipState.INVITED


def test_the_board_moves_with_one_click(log_in, coordinator, membership, url, coalition):
    back = f"/coalities/{coalition.slug}/beheer/leden/bord/?domein=social"
    response = log_in(coordinator).post(
        f"{url}verplaatsen/", {"naar": "lid", "seen": "invited", "terug": back}
    )
    assert response.url == back
    assert state_of(membership) == MembershipState.MEMBER
    assert membership.steps.get().happened_on == TODAY


def test_the_board_never_sends_elsewhere(log_in, coordinator, url, coalition):
    response = log_in(coordinator).post(
        f"{url}verplaatsen/", {"naar": "lid", "seen": "invited", "terug": "https://kwaad.example/"}
    )
    assert response.url == f"/coalities/{coalition.slug}/beheer/leden/bord/"


def test_the_board_asks_the_reason_of_a_grave_step(log_in, coordinator, membership, url):
    response = log_in(coordinator).post(f"{url}verplaatsen/", {"naar": "afzien", "seen": "invited"})
    assert response.url == f"{url}stap/afzien/"
    assert state_of(membership) == MembershipState.INVITED


def test_a_move_from_an_old_board_is_refused_in_words(log_in, coordinator, membership, url):
    members.decline(membership=membership, by=coordinator, reason="Geen tijd")
    client = log_in(coordinator)
    response = client.post(f"{url}verplaatsen/", {"naar": "lid", "seen": "invited"}, follow=True)
    assert "Intussen gewijzigd door Carla Coördinator" in response.text
    assert state_of(membership) == MembershipState.DECLINED


def test_an_empty_move_says_what_to_do(log_in, coordinator, membership, url):
    response = log_in(coordinator).post(f"{url}verplaatsen/", {}, follow=True)
    assert "Kies eerst waarheen je de organisatie verplaatst." in response.text


def test_a_move_is_posted(log_in, coordinator, url):
    assert log_in(coordinator).get(f"{url}verplaatsen/").status_code == 405


def test_who_lost_the_role_a_minute_ago_changes_nothing(log_in, coordinator, coalition, membership, url):
    factories.give_role(factories.make_person(), coalition)
    client = log_in(coordinator)
    assert client.get(url).status_code == 200
    coalition.roles.filter(person=coordinator).update(valid_to=TODAY)
    response = client.post(f"{url}stap/lid/", {"on": TODAY.isoformat(), "seen": "invited"})
    assert response.status_code == 404
    assert state_of(membership) == MembershipState.INVITED
