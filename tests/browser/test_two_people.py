"""What takes two people takes two accounts: a text is fixed, a paper counts, a document ends."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.pages.screen import COALITION, TEXT
from tests.browser.tabbing import tab_to

WORDS = "Proef van twee personen\nArtikel 1 Doel\n1. Samen zorgen wij voor een goede start.\n2. Vroeg."
PAPER = {"name": "papier.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 verzonnen papier"}


def press(page: Page, button: str) -> None:
    """Go to the button with the keyboard and press it."""
    tab_to(page, page.get_by_role("button", name=button))
    page.keyboard.press("Enter")


def write_text(page: Page, title: str) -> str:
    """Write a whole text; the address of the new document."""
    page.goto(f"{COALITION}/convenant/nieuw/")
    page.get_by_label("Titel").fill(title)
    page.get_by_role("button", name="Maak het concept").click()
    page.wait_for_url("**/bewerken/")
    document = page.url.removesuffix("bewerken/")
    page.goto(f"{document}bewerken/plakken/")
    page.get_by_label("Plak hier de tekst").fill(WORDS)
    page.get_by_role("button", name="Herken de tekst").click()
    page.get_by_role("button", name="Vervang het hele concept").click()
    page.get_by_text("De geplakte tekst staat in het concept").wait_for()
    page.goto(f"{document}bewerken/betekenis/")
    for line in page.locator("main textarea").all():
        line.fill("Dat staat in artikel 1.")
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url(f"{document}bewerken/**")
    return document


def from_her_tasks(page: Page, title: str, link: str) -> None:
    """The second person finds on her own page what waits for her."""
    page.goto("/mijn/")
    task = page.locator(".card").filter(has_text=title)
    axe.check(page)
    task.get_by_role("link", name=link).click()


@pytest.fixture
def both(open_page) -> tuple[Page, Page]:
    """Who proposes, and who may confirm."""
    return open_page("coordinator"), open_page("team")


def test_a_text_is_fixed_a_paper_counts_and_the_document_ends_by_two_people(both):
    first, second = both
    title = f"Proef van twee personen {timezone.now():%d %H%M%S}"
    document = write_text(first, title)

    first.goto(f"{document}vaststellen/")
    press(first, "Stel deze tekst voor")
    expect(first.get_by_text("Je hebt dit zelf voorgesteld")).to_be_visible()
    expect(first.get_by_role("button", name="Ik bevestig deze tekst")).to_have_count(0)
    axe.check(first)
    from_her_tasks(second, f"Bevestig versie 1 van {title}", "Lees en bevestig")
    axe.check(second)
    press(second, "Ik bevestig deze tekst")
    expect(second.get_by_text("De tekst is bevestigd en wordt nu verzegeld.")).to_be_visible()
    wait_for_seal(second, document)

    first.goto(f"{document}versie-1/papier/")
    first.get_by_label("Datum op het papier").fill(timezone.localdate().isoformat())
    first.get_by_label("Gemeente Venlo").check()
    first.get_by_label("Het getekende papier").set_input_files(PAPER)
    # By keyboard the road is long: a box for each member.
    first.get_by_role("button", name="Leg vast").click()
    expect(first.get_by_text("Dit heb je zelf geregistreerd.")).to_be_visible()
    expect(first.get_by_role("button", name="Dit klopt met het papier")).to_have_count(0)
    axe.check(first)
    second.goto(first.url)
    axe.check(second)
    press(second, "Dit klopt met het papier")
    expect(second.get_by_text("Bevestigd: 1 handtekening staat in het register.")).to_be_visible()
    second.goto(f"{document}register/")
    expect(second.get_by_role("row").filter(has_text="Gemeente Venlo")).to_contain_text("buiten het portaal")

    propose_end(first, document)
    from_her_tasks(second, f"Bevestig dat {title} eindigt", "Lees en beslis")
    axe.check(second)
    press(second, "Ik bevestig dat dit document eindigt")
    expect(second.get_by_role("heading", name="Dit document is beëindigd")).to_be_visible()
    axe.check(second)
    second.goto(f"{document}register/")
    expect(second.get_by_role("row").filter(has_text="Gemeente Venlo")).to_have_count(0)


def test_who_proposes_an_end_cannot_confirm_it_and_takes_it_back(open_page):
    page = open_page("coordinator")
    propose_end(page, f"{TEXT}/")
    expect(page.get_by_text("Je hebt dit zelf voorgesteld")).to_be_visible()
    expect(page.get_by_role("button", name="Ik bevestig")).to_have_count(0)
    axe.check(page)
    press(page, "Trek het voorstel in")
    expect(page.get_by_text("Het document loopt door.")).to_be_visible()


def propose_end(page: Page, document: str) -> None:
    page.goto(f"{document}beeindigen/")
    page.get_by_label("Geldt niet meer vanaf").fill(timezone.localdate().isoformat())
    page.get_by_label("Reden").fill("Proef van de browser")
    page.get_by_label("Ik begrijp dat").check()
    press(page, "Stel voor om te beëindigen")
    expect(page.get_by_text("Wacht op een tweede persoon")).to_be_visible()


def wait_for_seal(page: Page, document: str) -> None:
    """A worker seals the text; from then on it has a page of its own."""
    for _ in range(120):
        answer = page.request.get(f"{document}versie-1/")
        if answer.ok and re.search("SHA-256", answer.text()):
            return
        page.wait_for_timeout(500)
    raise AssertionError("no seal within a minute")
