"""A passkey is added, opens the door without a password, and is taken away again."""

import pytest

from tests.browser import axe
from tests.browser.signing_in import ACCOUNTS, PASSWORD, sign_in

EMAIL = ACCOUNTS["analyst"]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(open_page):
    """A browser with a fingerprint reader that always agrees."""
    page = open_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_a_passkey_logs_in_without_password(page):
    sign_in(page, EMAIL)
    add_passkey(page, name="Laptop van het werk")
    log_out(page)

    page.goto("/inloggen/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url("**/cijfers/")

    remove_passkey(page, name="Laptop van het werk")
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Passkey toevoegen").wait_for()


def add_passkey(page, *, name: str) -> None:
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Passkey toevoegen").click()
    confirm_password(page)
    axe.check(page)
    page.get_by_label("Naam").fill(name)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    page.wait_for_url("**/recovery-codes/")
    axe.check(page)
    page.goto("/account/2fa/recovery-codes/generate/")
    axe.check(page)


def remove_passkey(page, *, name: str) -> None:
    page.goto("/account/2fa/webauthn/")
    axe.check(page)
    page.get_by_role("link", name="Naam wijzigen").click()
    confirm_password(page)
    axe.check(page)
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Verwijderen").click()
    confirm_password(page)
    axe.check(page)
    page.get_by_role("button", name="Verwijder deze passkey").click()
    page.wait_for_url(lambda url: "/remove/" not in url)


def confirm_password(page) -> None:
    """The grave acts ask for it once more."""
    if "/reauthenticate/" in page.url:
        axe.check(page)
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Bevestigen").click()


def log_out(page) -> None:
    page.locator("details.account-menu summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/")
