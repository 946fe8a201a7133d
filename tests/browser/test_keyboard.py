"""With Tab, Enter and Space alone one does what a page is for, and always sees where one is.

That the main action of each kind of page is reached, `test_accessibility.py` checks while it is there.
"""

import re

import pytest

from tests.browser.axe import NARROW, WIDE
from tests.browser.pages.screen import COALITION, TEXT
from tests.browser.signing_in import ACCOUNTS, PASSWORD
from tests.browser.tabbing import SKIP_LINK, tab, tab_to

# For each role a page with all menus that it has.
MENUS = {
    "": f"{COALITION}/",
    "coordinator": f"{COALITION}/beheer/",
    "team": f"{COALITION}/",
    "partner": f"{COALITION}/",
    "alderman": f"{COALITION}/bestuur/",
    "analyst": "/cijfers/",
    "administrator": "/platform/",
}


def test_the_skip_link_comes_first_and_leads_to_the_content(visit):
    page = visit()
    page.goto("/")
    skip = page.get_by_role("link", name="Naar de inhoud")
    tab(page)
    assert skip.evaluate("(element) => element === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    tab(page)
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(("role", "path"), MENUS.items(), ids=[role or "visitor" for role in MENUS])
def test_every_place_in_the_menus_is_seen(visit, role, path):
    page = visit(role)
    page.goto(path)
    menus = page.locator(":is(header.page-header, nav.section-menu) :is(a, button, summary):visible")
    reached = [tab(page)["name"] for _ in range(menus.count() + 1)]
    assert SKIP_LINK in reached[0]
    assert len(set(reached)) == len(reached)
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)") is False
    tab(page)
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_home_leads_to_a_municipality(visit):
    page = visit()
    page.goto("/")
    tab_to(page, page.get_by_label("Gemeente of postcode"))
    page.keyboard.type("Venlo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gemeenten/GM0983/")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_search_leads_from_any_page_to_what_was_meant(visit, width):
    page = visit("coordinator", width=width)
    page.goto(f"{COALITION}/beheer/")
    tab_to(page, page.get_by_role("link", name="Zoeken", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/")
    tab_to(page, page.get_by_label("Waar zoek je naar?"))
    page.keyboard.type("rookvrje")
    page.keyboard.press("Enter")
    meant = page.get_by_role("link", name="Rookvrije", exact=True)
    tab_to(page, meant)
    page.keyboard.press("Enter")
    found = page.get_by_role("link", name="Rookvrije start")
    tab_to(page, found)
    page.keyboard.press("Enter")
    page.wait_for_url("**/acties/5/")


def test_somebody_logs_in(visit):
    page = visit()
    page.goto("/inloggen/")
    tab_to(page, page.get_by_label("E-mailadres"))
    page.keyboard.type(ACCOUNTS["coordinator"])
    tab_to(page, page.get_by_label("Wachtwoord", exact=True))
    page.keyboard.type(PASSWORD)
    tab_to(page, page.get_by_role("button", name="Inloggen", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{COALITION}/beheer/")


def test_the_member_list_is_searched_and_filtered(visit):
    page = visit("coordinator")
    page.goto(f"{COALITION}/leden/")
    count = page.get_by_role("status").first
    everybody = count.inner_text()
    tab_to(page, page.locator("main input[type=search], main input[type=text]").first)
    page.keyboard.type("kraam")
    page.keyboard.press("Enter")
    page.wait_for_url("**kraam**")
    searched = count.inner_text()
    assert searched != everybody

    state = page.get_by_label("Stand")
    tab_to(page, state)
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Toon organisaties"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"stand=\w"))
    assert page.get_by_role("status").first.inner_text() != searched


def test_beheer_leads_to_the_first_thing_that_is_asked(visit):
    page = visit("coordinator")
    page.goto(f"{COALITION}/beheer/")
    main_action = page.locator("main a.utrecht-button-link--primary-action, main .card--task a").first
    target = main_action.get_attribute("href")
    tab_to(page, main_action)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target.split('?')[0]}**")


def test_a_gap_is_unfolded_and_an_import_is_begun(visit):
    page = visit("coordinator")
    page.goto(f"{COALITION}/wie-missen-we/")
    gap = page.locator("main summary").first
    tab_to(page, gap)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Zet op de wenslijst").first)

    page.watch.expect(422)
    page.goto(f"{COALITION}/leden/importeren/")
    tab_to(page, page.get_by_label("Bestand"))
    tab_to(page, page.get_by_role("button", name="Verder naar de kolommen"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Er is iets niet goed ingevuld").wait_for()


def test_the_order_of_the_evening_is_changed(visit):
    page = visit("coordinator")
    page.goto(f"{TEXT}/versie-1/ronde/volgorde/")
    tab_to(page, page.get_by_label("Plaats van Gemeente Beesel"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.get_by_text("De volgorde is bewaard.").wait_for()
    assert page.locator("tbody tr").nth(1).get_by_role("rowheader").inner_text() == "Gemeente Beesel"
    page.get_by_role("button", name="Terug naar de gewone volgorde").click()
    page.get_by_text("De gewone volgorde staat er weer.").wait_for()


def test_the_board_page_is_read_to_its_end(visit):
    page = visit("alderman")
    page.goto(f"{COALITION}/bestuur/")
    tab_to(page, page.get_by_role("button", name="Print deze pagina"))
    tab_to(page, page.locator("main").get_by_role("link", name="Zo maken wij de cijfers").last)
    page.keyboard.press("Enter")
    page.wait_for_url("**/verantwoording/**")


@pytest.mark.parametrize("path", ["/", "/inloggen/", "/coalities/"])
def test_the_menu_of_a_narrow_screen_opens_and_closes(visit, path):
    page = visit(width=320)
    page.goto(path)
    menu = page.locator("details.menu")
    link = page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Gemeenten")
    tab_to(page, menu.locator("summary"))
    assert not link.is_visible()
    page.keyboard.press("Enter")
    tab_to(page, link)
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert not link.is_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_menu_of_an_account_is_gone_over_and_closes_behind_who_leaves_it(visit, width):
    page = visit("partner", width=width)
    page.goto("/privacy/")
    opened = page.locator("details.menu" if width == NARROW else "details.account-menu")
    log_out = page.get_by_role("button", name="Uitloggen")
    tab_to(page, opened.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, log_out)
    page.keyboard.press("Tab")
    page.wait_for_function("() => !document.querySelector('details[data-menu][open]')")
    assert not log_out.is_visible()


def test_the_menu_of_a_coalition_folds_away_on_a_narrow_screen_only(visit):
    page = visit()
    page.goto(f"{COALITION}/")
    menu = page.locator(".section-menu")
    figures = menu.get_by_role("link", name="Cijfers")
    assert figures.is_visible()
    page = visit(width=320)
    page.goto(f"{COALITION}/")
    assert not figures.is_visible()
    tab_to(page, menu.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, figures)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cijfers/")
