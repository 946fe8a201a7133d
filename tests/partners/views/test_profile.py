"""One's own profile: name, telephone, and who may see them."""

from http import HTTPStatus

import pytest
from django.urls import reverse

URL = "/mijn/profiel/"


def answers(**changes: str) -> dict[str, str]:
    return {
        "name": "Petra de Partner",
        "phone": "06 12345678",
        "shares_contact": "coalition",
        **changes,
    }


def test_somebody_changes_her_own_profile(partner, log_in):
    client = log_in(partner)
    assert "Petra Partner" in client.get(URL).content.decode()

    answer = client.post(URL, answers(), follow=True)

    partner.refresh_from_db()
    assert (partner.name, partner.phone) == ("Petra de Partner", "06 12345678")
    assert partner.shares_contact == "coalition"
    assert "Je profiel is opgeslagen." in answer.content.decode()
    assert partner.events.latest("pgh_id").pgh_context.metadata["user"] == partner.pk


def test_a_visitor_logs_in_first(db, client):
    assert client.get(URL).headers["Location"] == f"/inloggen/?next={URL}"


def test_nobody_changes_anybody_else(partner, alderman, log_in):
    log_in(partner).post(URL, answers(id=str(alderman.pk), email="anders@example.nl"))

    alderman.refresh_from_db()
    partner.refresh_from_db()
    assert alderman.name == "Wim Wethouder"
    assert partner.email != "anders@example.nl"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Naam"),
        ({"phone": "bel mij"}, "Vul een telefoonnummer in"),
        ({"shares_contact": "heel de wereld"}, "Wie mag"),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_is_stored(partner, log_in, changes, words):
    page = log_in(partner).post(URL, answers(**changes))

    partner.refresh_from_db()
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Er is iets niet goed ingevuld" in page.content.decode()
    assert words in page.content.decode()
    assert partner.name == "Petra Partner"
    # The page still names her as she is, not as she typed.
    assert "Petra de Partner" not in page.content.decode().split("<main")[0]


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "mfa_index", "usersessions_list"]
)
def test_the_profile_leads_to_the_rest_of_the_account(partner, log_in, name):
    assert reverse(name) in log_in(partner).get(URL).content.decode()


def test_who_has_no_password_is_told_how_she_logs_in(partner, log_in):
    partner.set_unusable_password()
    partner.save()

    page = log_in(partner).get(URL).content.decode()

    assert reverse("account_set_password") in page
    assert "code per mail" in page


def test_the_profile_costs_few_queries(partner, log_in, django_assert_max_num_queries):
    client = log_in(partner)

    with django_assert_max_num_queries(5):
        client.get(URL)
