"""Three people sign in the demo: with a code from an app, with a passkey, and as a first visitor.

Each starts at the mail. The pages on the way are scanned at both widths, and counted. They need a
demo in which nobody signed yet: with `--demo-data` a second run finds its signatures.
"""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.authenticators import totp_code
from tests.browser import axe
from tests.browser.pages.screen import TEXT
from tests.browser.signing_in import ACCOUNTS, sign_in
from tests.browser.tabbing import tab_to
from tests.browser.test_passkey import AUTHENTICATOR

SIGNING = f"{TEXT}/versie-1/ondertekenen/"
BOARD_MEMBER = "bestuurder-ziekenhuis-noord-2@demo.example"
YOUTH_WORKER = "jeugdhulpverlener-jeugdhulp-noord-2@demo.example"
VSV_BOARD = "bestuurder-verloskundig-samenwerkingsverband-noord-2@demo.example"
MOST_SCREENS = 4


def mail_to(page: Page, address: str, subject: str) -> str:
    """The text of the newest mail to `address` about `subject`, read in another tab of the demo."""
    tab = page.context.new_page()
    for number in range(1, 30):
        tab.goto(f"/demo/post/?pagina={number}")
        row = tab.locator("tbody tr").filter(has_text=address).filter(has_text=subject)
        if row.count():
            row.first.get_by_role("link").click()
            text = tab.locator("article").inner_text()
            tab.close()
            return text
        if not tab.get_by_role("link", name="Volgende").count():
            break
    raise AssertionError(f"no mail to {address} about {subject}")


def link_for(page: Page, address: str) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", mail_to(page, address, "Teken namens"))
    assert found
    return found[1]


def code_for(page: Page, address: str) -> str:
    found = re.search(r"^\s*(\d{6})\s*$", mail_to(page, address, "Uw code"), re.MULTILINE)
    assert found
    return found[1]


@contextmanager
def counted_screens(page: Page) -> Iterator[list[str]]:
    """Every document that is shown to the visitor, redirects aside."""
    screens: list[str] = []

    def count(_: object) -> None:
        screens.append(page.url)

    page.on("domcontentloaded", count)
    yield screens
    page.remove_listener("domcontentloaded", count)


def typed_name_on(page: Page) -> str:
    """The name as the page says that it knows her."""
    described_by = page.get_by_label("Uw volledige naam").get_attribute("aria-describedby") or ""
    known = page.locator(f"#{described_by.split()[0]}").inner_text()
    return known.removeprefix("Zoals u in het portaal staat: ").removesuffix(".")


def fill_in(page: Page, *, method: str = "") -> None:
    """Tick both boxes and type the name that the page shows."""
    page.get_by_label(re.compile("gelezen en ga")).check()
    page.get_by_label(re.compile("Ik mag namens")).check()
    page.get_by_label("Uw volledige naam").fill(typed_name_on(page))
    if method:
        page.get_by_label(re.compile(method)).check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Verder met ondertekenen").click()
    page.wait_for_url("**/bewijs/**")


def expect_signed(page: Page) -> None:
    page.wait_for_url("**/ondertekend/**")
    expect(page.get_by_text(re.compile(r"Uw handtekening is vastgelegd op .* uur\."))).to_be_visible()


def expect_sealed(page: Page) -> None:
    """The page asks by itself until the proof is there."""
    proof: Locator = page.get_by_role("link", name="Download de verklaring (PDF)")
    expect(proof).to_be_visible(timeout=90_000)
    answer = page.request.get(proof.get_attribute("href") or "")
    assert answer.body().startswith(b"%PDF-")


def set_up_app(page: Page) -> str:
    """Codes from an app, on the pages that every account has; the secret in the app."""
    page.goto("/account/2fa/totp/activate/")
    if "/reauthenticate/" in page.url:
        page.get_by_label("Wachtwoord", exact=True).fill("kansrijke-start")
        page.get_by_role("button", name="Bevestigen").click()
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code", exact=False).fill(totp_code(secret))
    page.get_by_role("button", name="App aanzetten").click()
    page.wait_for_url("**/recovery-codes/")
    return secret


def test_a_partner_signs_with_a_code_from_her_app(open_page):
    page = open_page()
    sign_in(page, ACCOUNTS["partner"])
    secret = set_up_app(page)
    page.goto("/mijn/")
    page.get_by_role("link", name="Lees en teken").click()
    page.wait_for_url("**/ondertekenen/**")
    axe.check(page)

    page.watch.expect(422)
    page.get_by_role("button", name="Verder met ondertekenen").click()
    expect(page.get_by_text("Zet een vinkje als u de tekst gelezen hebt.").first).to_be_visible()
    axe.check(page)
    fill_in(page, method="app")
    send(page)
    axe.check(page)

    page.watch.expect(400)
    page.get_by_label("Code uit uw app").fill("000000")
    page.get_by_role("button", name=re.compile("Onderteken namens")).click()
    expect(page.get_by_text("Deze code klopt niet of werkt niet meer.").first).to_be_visible()
    axe.check(page)
    # The code of the set-up was used; the app shows the next one within half a minute.
    page.get_by_label("Code uit uw app").fill(totp_code(secret, step=1))
    page.get_by_role("button", name=re.compile("Onderteken namens")).click()
    expect_signed(page)
    axe.check(page)
    expect_sealed(page)

    page.goto(SIGNING)
    expect(page.get_by_text("Deze tekst geldt al voor uw organisatie")).to_be_visible()
    axe.check(page)
    page.goto(SIGNING.replace("ondertekenen", "opzeggen"))
    axe.check(page)
    page.get_by_label(re.compile("Ik begrijp dat")).check()
    page.get_by_label("Uw volledige naam").fill(typed_name_on(page))
    page.get_by_label(re.compile("app")).check()
    page.get_by_role("button", name="Verder met opzeggen").click()
    page.wait_for_url("**/opzeggen/bewijs/**")
    # Looked at, and not sent: she stays a party.
    axe.check(page)
    page.goto("/account/2fa/totp/deactivate/")
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url(lambda url: "deactivate" not in url)


def test_a_board_member_who_never_logged_in_signs_in_four_screens(open_page):
    page = open_page()
    link = link_for(page, BOARD_MEMBER)
    with counted_screens(page) as screens:
        page.goto(link)
        axe.check(page)
        page.get_by_role("button", name="Lees de tekst").click()
        page.wait_for_url("**/ondertekenen/?**")
        axe.check(page)
        fill_in(page)
        send(page)
        axe.check(page)
        page.get_by_label("Code uit de mail").fill(code_for(page, BOARD_MEMBER))
        page.get_by_role("button", name=re.compile("Onderteken namens")).click()
        expect_signed(page)
    assert len(screens) <= MOST_SCREENS, screens
    axe.check(page)
    expect_sealed(page)


@pytest.fixture
def page_with_fingerprint(open_page):
    """A browser with a fingerprint reader that always agrees."""
    page = open_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_somebody_with_a_passkey_signs_in_four_screens_and_waits_for_the_other(page_with_fingerprint):
    page = page_with_fingerprint
    link = link_for(page, YOUTH_WORKER)
    page.goto(link)
    page.get_by_role("button", name="Lees de tekst").click()
    page.wait_for_url("**/ondertekenen/?**")
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_label("Naam").fill("Telefoon")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()

    with counted_screens(page) as screens:
        page.goto(link)
        page.get_by_role("button", name="Inloggen met een passkey").click()
        page.wait_for_url("**/ondertekenen/?**")
        fill_in(page, method="passkey")
        send(page)
        axe.check(page)
        page.get_by_role("button", name=re.compile("Onderteken namens")).click()
        expect_signed(page)
    assert len(screens) <= MOST_SCREENS, screens
    expect(page.get_by_role("heading", name="1 van 2")).to_be_visible()
    axe.check(page)


def test_from_the_mail_to_the_confirmation_with_the_keyboard_alone(open_page):
    page = open_page()
    link = link_for(page, "bestuurder-jeugdhulp-noord-2@demo.example")
    page.goto(link)
    tab_to(page, page.get_by_role("button", name="Lees de tekst"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/ondertekenen/?**")
    skip = page.get_by_role("link", name="Naar ondertekenen")
    tab_to(page, skip)
    page.keyboard.press("Enter")
    for box in ("gelezen en ga", "Ik mag namens"):
        tab_to(page, page.get_by_label(re.compile(box)))
        page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Uw volledige naam"))
    page.keyboard.type("Bestuurder Jeugdhulp Noord 2")
    tab_to(page, page.get_by_role("button", name="Verder met ondertekenen"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bewijs/**")
    tab_to(page, page.get_by_label("Code uit de mail"))
    page.keyboard.type(code_for(page, "bestuurder-jeugdhulp-noord-2@demo.example"))
    tab_to(page, page.get_by_role("button", name=re.compile("Onderteken namens")))
    page.keyboard.press("Enter")
    expect_signed(page)


def test_a_vsv_names_its_members_signs_and_is_let_go_earlier(open_page):
    page = open_page()
    page.goto(link_for(page, VSV_BOARD))
    page.get_by_role("button", name="Lees de tekst").click()
    page.wait_for_url("**/ondertekenen/?**")
    page.get_by_role("link", name="Noem de leden").click()
    axe.check(page)
    members = page.get_by_label("Leden namens wie u tekent")
    tab_to(page, members)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Ziekenhuis Noord 2")
    submit = page.locator("main form button[type=submit]").first
    tab_to(page, submit)
    page.watch.expect(422)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noem ten minste twee leden").first).to_be_visible()
    axe.check(page)
    members.fill("Ziekenhuis Noord 2\nKraamzorg Noord 2")
    submit.click()
    page.wait_for_url("**/ondertekenen/?**")
    expect(page.get_by_text("Ziekenhuis Noord 2, Kraamzorg Noord 2")).to_be_visible()
    fill_in(page)
    send(page)
    page.get_by_label("Code uit de mail").fill(code_for(page, VSV_BOARD))
    page.get_by_role("button", name=re.compile("Onderteken namens")).click()
    expect_signed(page)

    page.goto(SIGNING.replace("ondertekenen", "opzeggen"))
    page.get_by_label(re.compile("Ik begrijp dat")).check()
    page.get_by_label("Uw volledige naam").fill(typed_name_on(page))
    page.get_by_role("button", name="Verder met opzeggen").click()
    page.wait_for_url("**/opzeggen/bewijs/**")
    page.get_by_label("Code uit de mail").fill(code_for(page, VSV_BOARD))
    page.get_by_role("button", name=re.compile("Zeg op")).click()
    page.wait_for_url(lambda url: "/bewijs/" not in url)
    axe.check(page)

    coordinator = open_page("coordinator")
    coordinator.goto(f"{TEXT}/opzeggingen/")
    axe.check(coordinator)
    shorten = coordinator.get_by_role("link", name=re.compile("Kortere termijn vastleggen")).first
    tab_to(coordinator, shorten)
    coordinator.keyboard.press("Enter")
    coordinator.wait_for_url("**/korter/")
    axe.check(coordinator)
    submit = coordinator.locator("main form button[type=submit]").first
    tab_to(coordinator, submit)
    coordinator.watch.expect(422)
    coordinator.keyboard.press("Enter")
    coordinator.get_by_role("heading", name="Er is iets niet goed ingevuld").wait_for()
    axe.check(coordinator)
    coordinator.get_by_label("Waar is dit afgesproken?").fill("Bestuurlijk overleg van vandaag.")
    day = coordinator.get_by_label(re.compile("Partij tot")).first
    day.fill((timezone.localdate() + datetime.timedelta(days=30)).isoformat())
    submit.click()
    expect(coordinator.get_by_text("afgesproken in Bestuurlijk overleg van vandaag.")).to_be_visible()


def test_pages_around_signing_can_be_used_by_everybody(open_page):
    page = open_page("coordinator")
    page.goto(SIGNING)
    axe.check(page)
    stranger = open_page()
    stranger.watch.expect(404)
    stranger.goto(f"{SIGNING}{'x' * 43}/")
    axe.check(stranger)
    # The answer to who asks for a new link is the same page for everybody.
    stranger.goto("/verificatie/")
    stranger.watch.expect(200)
    stranger.locator("main form").first.evaluate(
        "(form, path) => { form.action = path; form.submit() }", f"{SIGNING}{'x' * 43}/nieuw/"
    )
    stranger.wait_for_url("**/nieuw/")
    axe.check(stranger)
