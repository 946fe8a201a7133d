"""A form that comes back with errors answers 422, on every page that has one: one rule, in one place."""

import pytest
from django.urls import reverse

from tests.access_inside import INSIDE
from tests.access_outside import ACROSS

pytestmark = pytest.mark.django_db

# Sent with nothing in it. A browser always sends a token, so that something is there.
NOTHING = {"niets": "1"}
ERRORS = "Er is iets niet goed ingevuld"


def addresses(coalition):
    for name in INSIDE:
        yield reverse(name, args=[coalition.slug])
    for name in ACROSS:
        yield reverse(name)
    yield reverse("account_login")
    yield reverse("account_request_login_code")
    yield reverse("account_reset_password")


def test_no_page_answers_200_to_a_form_with_errors(
    log_in, client, coordinator, analyst, administrator, coalition
):
    answered = {}
    for person in (coordinator, analyst, administrator):
        browser = log_in(person)
        for address in addresses(coalition):
            response = browser.post(address, NOTHING)
            if ERRORS in getattr(response, "text", ""):
                answered[address] = response.status_code
    assert len(answered) > 30
    assert {address: status for address, status in answered.items() if status != 422} == {}


def test_a_page_that_only_shows_a_form_answers_200(log_in, coordinator, coalition):
    browser = log_in(coordinator)
    address = reverse("coalitions:document-add", args=[coalition.slug])
    assert browser.get(address).status_code == 200
    assert browser.post(address, NOTHING).status_code == 422
