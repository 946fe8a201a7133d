"""Everybody lands where their work is, by password and by a code from the mail, and can leave."""

import pytest

from tests.browser.signing_in import ACCOUNTS, code_in, sign_in

COALITION = "/coalities/noord-en-midden-limburg"
LANDINGS = {
    "coordinator": f"{COALITION}/beheer/",
    "partner": "/mijn/",
    "alderman": f"{COALITION}/bestuur/",
    "analyst": "/cijfers/",
    "administrator": "/platform/",
}


def path_of(page) -> str:
    return page.evaluate("location.pathname")


@pytest.mark.parametrize(("role", "landing"), LANDINGS.items(), ids=LANDINGS)
def test_each_account_lands_where_its_work_is(visit, role, landing):
    page = visit()
    sign_in(page, ACCOUNTS[role])
    assert path_of(page) == landing


@pytest.mark.parametrize(("role", "landing"), LANDINGS.items(), ids=LANDINGS)
def test_who_is_logged_in_goes_from_the_log_in_page_to_her_work(visit, role, landing):
    page = visit(role)
    page.goto("/inloggen/")
    assert path_of(page) == landing


def test_a_code_from_the_mail_logs_in(visit, open_page):
    email = ACCOUNTS["partner"]
    page = visit()
    page.goto("/inloggen/")
    page.get_by_role("link", name="Stuur mij een code per mail").click()
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_label("Code").fill(code_in(newest_mail_to(open_page(), email)))
    page.get_by_role("button", name="Doorgaan").click()
    page.wait_for_url("**/mijn/")


def test_a_wrong_password_says_so_and_does_not_log_in(visit):
    page = visit()
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(ACCOUNTS["coordinator"])
    page.get_by_label("Wachtwoord", exact=True).fill("dit-is-het-niet")
    page.watch.expect(422)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    assert (
        "horen niet bij elkaar"
        in page.get_by_role("region", name="Er is iets niet goed ingevuld").inner_text()
    )
    page.goto(LANDINGS["coordinator"])
    assert path_of(page) == "/inloggen/"


def test_a_page_that_asked_for_log_in_comes_back_after_it(visit):
    page = visit()
    page.goto(f"{COALITION}/bestuur/")
    page.get_by_label("E-mailadres").fill(ACCOUNTS["coordinator"])
    page.get_by_label("Wachtwoord", exact=True).fill("kansrijke-start")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(f"**{COALITION}/bestuur/")


def test_log_out_closes_every_door(visit):
    page = visit()
    sign_in(page, ACCOUNTS["partner"])
    page.locator("details.account-menu summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/")
    page.goto("/mijn/")
    assert path_of(page) == "/inloggen/"


def newest_mail_to(page, recipient: str) -> str:
    """The text of the last mail to `recipient`, read on the pages that show all mail of the demo."""
    page.goto("/demo/post/")
    page.get_by_role("row").filter(has_text=recipient).first.get_by_role("link").click()
    return page.get_by_role("article", name="Tekst van de mail").inner_text()
