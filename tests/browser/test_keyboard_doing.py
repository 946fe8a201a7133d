"""What people do with programme, meetings, gems, money and messages is reached by keyboard alone."""

from dataclasses import dataclass

import pytest

from tests.browser.pages.doing import (
    ACTION,
    AT_TABLES,
    BOTTLENECKS,
    BUDGETS,
    GEM,
    MEETINGS,
    PROGRAMME,
    TO_COME,
)
from tests.browser.pages.screen import COALITION, follow
from tests.browser.tabbing import tab, tab_to


@dataclass(frozen=True)
class MainAction:
    """Where somebody is, and what she reaches there by Tab: a link, a button or a field, by its name."""

    role: str
    path: str
    kind: str
    name: str
    # Links to follow first, for pages without a lasting address.
    first: str = ""


ACTIONS = (
    MainAction("coordinator", f"{PROGRAMME}/", "link", "Voeg een actie toe"),
    MainAction("coordinator", f"{PROGRAMME}/acties/", "button", "Toon acties"),
    MainAction("partner", f"{PROGRAMME}/", "link", "Stel een actie voor"),
    MainAction("partner", "/mijn/acties/", "link", "Voortgang melden"),
    MainAction("coordinator", f"{ACTION}/1/", "link", "Rond deze actie af"),
    MainAction("coordinator", f"{ACTION}/1/rapporteren/", "button", "Voortgang indienen"),
    MainAction("coordinator", f"{BOTTLENECKS}/", "link", "Leg een knelpunt of droom vast"),
    MainAction("coordinator", f"{COALITION}/rapportageronden/", "link", "Plan een rapportageronde"),
    MainAction("coordinator", f"{MEETINGS}/", "link", "Plan een bijeenkomst"),
    MainAction("coordinator", f"{MEETINGS}/nieuw/", "button", "Zet klaar"),
    MainAction("coordinator", f"{MEETINGS}/{TO_COME}", "link", "Nodig mensen uit", "tbody th a"),
    MainAction(
        "coordinator", f"{MEETINGS}/{AT_TABLES}", "link", "Voer de notities van de tafels in", "tbody th a"
    ),
    MainAction("coordinator", f"{BUDGETS}/", "link", "Nieuwe begroting"),
    MainAction("coordinator", f"{BUDGETS}/", "link", "Voeg een bijdrage toe", "tbody tr:nth-child(1) th a"),
    MainAction("coordinator", f"{COALITION}/berichten/nieuw/", "button", "Sla het concept op"),
    MainAction("coordinator", f"{COALITION}/parels/", "link", "Schrijf een parel op"),
    MainAction("coordinator", f"{GEM}/", "link", "Bak deze parel af in jouw gemeente"),
    MainAction("", "/parels/", "link", "Eén kaart met alle nummers"),
    MainAction("alderman", "/mijn/agenda/", "button", "Maak een agenda-adres"),
)


def named(act: MainAction) -> str:
    """What the test is called in the report."""
    return f"{act.role or 'visitor'}-{act.name}".replace(" ", "-")


@pytest.mark.parametrize("act", ACTIONS, ids=named)
def test_the_main_action_is_reached_by_tab(visit, act):
    page = visit(act.role)
    page.goto(act.path)
    if act.first:
        follow(act.first)(page)
    target = page.locator("main, header.page-head, body").get_by_role(act.kind, name=act.name).first
    tab_to(page, target, skips_menus=True)


def test_a_card_goes_to_another_state_by_keyboard(visit):
    page = visit("coordinator")
    page.goto(f"{PROGRAMME}/bord/?zoek=Rookvrije")
    menu = page.get_by_text("Verplaats Rookvrije start")
    tab_to(page, menu)
    page.keyboard.press("Enter")
    tab(page)
    names = []
    for _ in range(6):
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
        if "Pauzeer" in names[-1]:
            break
        tab(page)
    assert "Pauzeer deze actie" in names
    page.keyboard.press("Enter")
    # What the step asks comes on a page of its own.
    page.get_by_label("Waarom wacht de actie?").wait_for()


def test_the_audience_is_counted_while_somebody_chooses_by_keyboard(visit):
    page = visit("coordinator")
    page.goto(f"{COALITION}/berichten/nieuw/")
    line = page.locator("#bereik")
    assert "Kies voor wie dit bericht is." in line.inner_text()
    tab_to(page, page.get_by_label("Bestuur", exact=True))
    page.keyboard.press("Space")
    line.get_by_text("Je bereikt nu").wait_for()
    board = line.inner_text()
    tab_to(page, page.get_by_label("Medisch", exact=True))
    page.keyboard.press("Space")
    page.wait_for_function("(before) => document.querySelector('#bereik').innerText !== before", arg=board)
