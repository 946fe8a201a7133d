"""A log-in that ran out while somebody typed: her words are there again, for her alone. What she agreed
with is not: that she ticks anew."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.signing_in import ACCOUNTS, PASSWORD, code_in
from tests.browser.test_signing import SIGNING, code_for, fill_in, mail_to, send, typed_name_on

FORM = "/mijn/profiel/"
NUMBER = "06 12 34 56 78"
AGAIN = "Wat al was ingevuld, staat er weer. Het is nog niet opgeslagen."
TICK_AGAIN = f"{AGAIN} Zet een vinkje voor akkoord nog een keer."


def log_in_here(page: Page, role: str) -> None:
    """Log in on the page to which the portal led."""
    expect(page.get_by_text("Je was niet meer ingelogd.")).to_be_visible()
    page.get_by_label("E-mailadres").fill(ACCOUNTS[role])
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(lambda url: "/inloggen/" not in url)


def log_in_by_code(page: Page, role: str) -> None:
    """The same with a code by mail, as who came in by her link has no password."""
    page.get_by_role("link", name="Stuur mij een code per mail").click()
    page.get_by_label("E-mailadres").fill(ACCOUNTS[role])
    page.locator("main form button[type=submit]").first.click()
    page.get_by_label("Code").fill(code_in(mail_to(page, ACCOUNTS[role], "Je inlogcode")))
    page.get_by_role("button", name="Doorgaan").click()


def lose_log_in(page: Page) -> None:
    page.context.clear_cookies(name=re.compile("session"))


@pytest.fixture
def typed(open_page) -> Page:
    """The coordinator filled in a form, and sends it after her log-in ran out."""
    page = open_page("coordinator")
    page.goto(FORM)
    page.get_by_label("Telefoon").fill(NUMBER)
    lose_log_in(page)
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


def test_who_signs_finds_her_name_again_and_agrees_anew(open_page):
    """Nothing is signed on the way, not by the right code either. She may still sign in `test_signing`."""
    page = open_page("partner")
    page.goto(SIGNING)
    name = typed_name_on(page)
    fill_in(page)
    lose_log_in(page)
    page.get_by_role("button", name="Verder met ondertekenen").click()
    page.wait_for_url("**/inloggen/**")
    log_in_by_code(page, "partner")
    page.wait_for_url(f"**{SIGNING}")
    expect(page.get_by_text(TICK_AGAIN)).to_be_in_viewport()
    expect(page.get_by_label("Uw volledige naam")).to_have_value(name)
    for box in ("gelezen en ga", "Ik mag namens"):
        expect(page.get_by_label(re.compile(box))).not_to_be_checked()
    axe.check(page)

    fill_in(page)
    send(page)
    asked = page.url
    page.get_by_label("Code uit de mail").fill(code_for(page, ACCOUNTS["partner"]))
    lose_log_in(page)
    page.get_by_role("button", name=re.compile("Onderteken namens")).click()
    page.wait_for_url("**/inloggen/**")
    log_in_here(page, "partner")
    expect(page).to_have_url(asked)
    expect(page.get_by_label("Code uit de mail")).to_have_value("")
    page.goto(SIGNING)
    expect(page.get_by_role("button", name="Verder met ondertekenen")).to_be_visible()
