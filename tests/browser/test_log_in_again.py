"""A log-in that ran out while somebody typed: her words are there again, for her alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.signing_in import ACCOUNTS, PASSWORD

FORM = "/mijn/profiel/"
NUMBER = "06 12 34 56 78"
AGAIN = "Wat je had ingevuld, staat er weer. Het is nog niet opgeslagen."


def log_in_here(page: Page, role: str) -> None:
    """Log in on the page to which the portal led."""
    expect(page.get_by_text("Je was niet meer ingelogd.")).to_be_visible()
    page.get_by_label("E-mailadres").fill(ACCOUNTS[role])
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(lambda url: "/inloggen/" not in url)


@pytest.fixture
def typed(open_page) -> Page:
    """The coordinator filled in a form, and sends it after her log-in ran out."""
    page = open_page("coordinator")
    page.goto(FORM)
    page.get_by_label("Telefoon").fill(NUMBER)
    page.context.clear_cookies(name=re.compile("session"))
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url("**/inloggen/**")
    return page


def test_what_was_typed_is_there_again_until_the_next_page(typed):
    log_in_here(typed, "coordinator")
    expect(typed).to_have_url(re.compile(re.escape(FORM)))
    expect(typed.get_by_text(AGAIN)).to_be_visible()
    expect(typed.get_by_label("Telefoon")).to_have_value(NUMBER)
    axe.check(typed)

    typed.goto(FORM)
    expect(typed.get_by_text(AGAIN)).to_have_count(0)
    expect(typed.get_by_label("Telefoon")).not_to_have_value(NUMBER)


def test_who_logs_in_as_somebody_else_does_not_see_it(typed):
    log_in_here(typed, "team")
    expect(typed).to_have_url(re.compile(re.escape(FORM)))
    expect(typed.get_by_text(AGAIN)).to_have_count(0)
    expect(typed.get_by_label("Telefoon")).not_to_have_value(NUMBER)
