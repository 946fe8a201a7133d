"""How somebody logs in: the accounts of the demo, the form, and the code in a mail."""

import re

from playwright.sync_api import Page

PASSWORD = "kansrijke-start"
ACCOUNTS = {
    "coordinator": "coordinator@demo.example",
    "team": "kernteam@demo.example",
    "partner": "partner@demo.example",
    "alderman": "wethouder@demo.example",
    "analyst": "analist@demo.example",
    "administrator": "beheer@demo.example",
}


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in the form; the page is then where this person lands."""
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(lambda url: "/inloggen/" not in url)


def code_in(text: str) -> str:
    """The log-in code in the text of a mail: letters and digits, as allauth makes them."""
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE)
    assert found, text
    return found[1]
