"""A coordinator writes a covenant in the browser: pasted from Word, and nothing typed is lost."""

from pathlib import Path

from tests.browser.pages.screen import COALITION, TEXT
from tests.browser.tabbing import tab, tab_to

WORD = Path(__file__).parent.parent / "covenants" / "pasted" / "word.html"
# What the browser does when somebody presses Ctrl-V after copying in Word.
PASTE = """(area, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "Convenant Samen Vroeg Erbij");
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true});
    area.dispatchEvent(event);
    area.value = "Convenant Samen Vroeg Erbij";
    area.dispatchEvent(new InputEvent("input", {bubbles: true}));
}"""


def test_a_text_from_word_becomes_a_draft_that_is_written_on(open_page):
    page = open_page("coordinator")
    page.goto(f"{COALITION}/convenant/nieuw/")
    page.get_by_label("Titel").fill("Proef van de browser")
    page.get_by_role("button", name="Maak het concept").click()
    page.get_by_role("link", name="Plak tekst uit Word").click()
    area = page.get_by_label("Plak hier de tekst")
    area.wait_for()
    # The script that listens runs after the page is there.
    page.wait_for_load_state()
    area.evaluate(PASTE, WORD.read_text(encoding="utf-8"))
    page.get_by_text("De opmaak uit Word is meegekomen.").wait_for()
    page.get_by_role("button", name="Herken de tekst").click()
    page.get_by_role("heading", name="Artikel 1. Doel").wait_for()

    page.get_by_role("button", name="Vervang het hele concept").click()
    page.get_by_text("De geplakte tekst staat in het concept").wait_for()
    headings = page.locator(".block__heading")
    assert headings.filter(has_text="Hoofdstuk 1. Samenwerking").is_visible()
    money = headings.filter(has_text="Artikel 2. Geld")

    # Away and back again.
    page.get_by_role("button", name="Artikel 2. Geld verwijderen", exact=True).click()
    # What stands under a heading stays, and is told.
    page.get_by_text("Bij ‘Laatste wijzigingen’ zet je het terug.").wait_for()
    assert money.count() == 0
    page.get_by_role("button", name="Zet terug (verwijderd").first.click()
    page.get_by_text("Teruggezet.").wait_for()
    assert money.is_visible()


def test_two_who_change_one_block_both_keep_their_words(open_page):
    first, second = open_page("coordinator"), open_page("coordinator")
    second.watch.expect(409)
    for page in (first, second):
        page.goto(f"{TEXT}/bewerken/")
        page.locator(".block--consideration a[href*='/stuk/']").first.click()
    for page, words in ((first, "dat de eerste woorden tellen"), (second, "dat de tweede woorden tellen")):
        page.get_by_label("Overweging").fill(words)
        page.get_by_role("button", name="Opslaan").click()
    second.get_by_text("Intussen gewijzigd door").wait_for()
    assert second.locator(".other-text").inner_text() == "dat de eerste woorden tellen"
    assert second.get_by_label("Overweging").input_value() == "dat de tweede woorden tellen"
    second.get_by_role("button", name="Opslaan").click()
    second.locator(".block").get_by_text("dat de tweede woorden tellen").wait_for()


def test_words_that_were_not_saved_come_back_when_asked_for(open_page):
    page = open_page("coordinator")
    page.goto(f"{TEXT}/bewerken/stuk/nieuw/?soort=paragraph")
    page.get_by_label("Tekst").fill("Hier werd ik weggeroepen")
    page.goto("/")
    page.goto(f"{TEXT}/bewerken/stuk/nieuw/?soort=paragraph")
    assert page.get_by_label("Tekst").input_value() == ""
    page.get_by_role("button", name="Zet mijn tekst terug").click()
    assert page.get_by_label("Tekst").input_value() == "Hier werd ik weggeroepen"
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url("**/bewerken/**")
    page.goto(f"{TEXT}/bewerken/stuk/nieuw/?soort=paragraph")
    assert page.get_by_role("button", name="Zet mijn tekst terug").count() == 0


def test_a_block_is_changed_by_keyboard_alone(open_page):
    page = open_page("coordinator")
    page.goto(f"{TEXT}/bewerken/stuk/nieuw/?soort=consideration")
    tab_to(page, page.get_by_label("Overweging"))
    page.keyboard.type("dat het toetsenbord genoeg is")
    tab_to(page, page.get_by_role("button", name="Opslaan"))
    page.keyboard.press("Enter")
    page.locator(".block").get_by_text("dat het toetsenbord genoeg is").wait_for()


def test_a_partner_comments_by_keyboard_alone(open_page):
    page = open_page("partner")
    page.goto(f"{TEXT}/concept/")
    tab_to(page, page.get_by_role("link", name="Reageer op Artikel 1. Doel"))
    page.keyboard.press("Enter")
    area = page.get_by_label("Je opmerking")
    area.wait_for()
    tab_to(page, area)
    page.keyboard.type("Kan dit korter?")
    tab(page)
    page.keyboard.press("Enter")
    page.get_by_text("Je opmerking staat erbij").wait_for()
    assert page.get_by_text("Kan dit korter?").is_visible()
