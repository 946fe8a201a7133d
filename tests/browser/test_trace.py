"""One table note on its way: to a gem that a municipality takes over, and by a bottleneck, an action and a
report to a lesson; and all the way back."""

import re

from tests.browser import axe
from tests.browser.pages.doing import AT_TABLES, MEETINGS

NOTE = "De wijkverpleegkundige loopt mee met de verloskundige"
TITLE = "Samen op pad"
ACTION = "Loop elke maand een dag met elkaar mee"
TOLD = "De eerste vier liepen mee."
LESSON = "Kies de dag samen, dan gaat zij door."


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def open_link(page, name):
    page.locator("main").get_by_role("link", name=name).first.click()


def reads(page, *sentences):
    text = page.locator("main").inner_text()
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_one_table_note_is_followed_to_a_gem_and_to_a_lesson_and_back(open_page):
    page = open_page("coordinator")
    page.goto(f"{MEETINGS}/{AT_TABLES}")
    page.locator("tbody th a").first.click()
    open_link(page, "Voer de notities van de tafels in")
    # By keyboard alone: type, Enter, and on with the next.
    page.get_by_label("Wat zei de tafel?").fill(NOTE)
    page.keyboard.press("Enter")
    page.get_by_text("Opgeslagen bij tafel").wait_for()
    assert page.evaluate("document.activeElement.name") == "text"
    harvest = re.sub(r"notities/.*", "opbrengst/", page.url)
    page.goto(harvest)
    row = page.get_by_role("row").filter(has_text=NOTE)
    row.get_by_role("button", name="Knelpunt", exact=True).click()
    page.get_by_text("De notitie is nu een knelpunt.").wait_for()
    row.get_by_role("link", name="Parel", exact=True).click()
    axe.check(page)
    page.get_by_label("Korte titel").fill(TITLE)
    page.get_by_label("Wie deed dit als eerste?").select_option(index=1)
    press(page, "Leg vast")
    row.get_by_role("link", name=TITLE).click()
    make_ready(page)
    take_over_in_weert(page)

    # Anybody reads the gem with the lesson, and a member sees where it came from.
    visitor = open_page()
    visitor.goto("/parels/samen-op-pad/")
    reads(visitor, "Plan het een half jaar vooruit.")
    page.goto("/parels/samen-op-pad/")
    reads(page, NOTE)

    page.goto(harvest)
    row.get_by_role("link", name=NOTE).click()
    carry_out(page)
    walk_back(page)
    walk_forth(page)


def make_ready(page):
    """The gem gets its words and a kit, and is prebaked."""
    page.get_by_role("heading", name=TITLE).wait_for()
    reads(page, NOTE)
    open_link(page, "Wijzig de tekst")
    page.get_by_label("Wat doe je?").fill("Elke maand een dag mee.")
    page.get_by_label("Wat levert het op?").fill("Zij kennen elkaar.")
    page.get_by_label("Wat kost het, in geld en uren?").fill("Een dag per maand.")
    page.get_by_label("Bij wie kun je terecht?").fill("projectleider")
    press(page, "Sla op")
    open_link(page, "Voeg iets toe aan de kit")
    page.get_by_label("Titel").fill("Draaiboek")
    page.get_by_label("Of een link").fill("https://kit.example/draaiboek")
    press(page, "Voeg toe")
    for link, button in (
        ("Draag deze parel voor", "Draag deze parel voor"),
        ("Maak voor", "Maak voorgebakken"),
    ):
        open_link(page, link)
        press(page, button)
        page.get_by_role("heading", name=TITLE).wait_for()


def take_over_in_weert(page):
    """A municipality makes the gem fit, and learns from it."""
    open_link(page, "Bak deze parel af")
    page.get_by_label("Voor welke gemeente?").select_option(label="Weert")
    page.get_by_label("Wie trekt dit hier?").select_option(index=1)
    press(page, "Neem over")
    open_link(page, "We bereiden dit voor")
    press(page, "We bereiden dit voor")
    open_link(page, "Het loopt hier")
    page.get_by_label("Zo doen wij het hier").fill("Bij ons om de week.")
    press(page, "Het loopt hier")
    open_link(page, "Het is geborgd")
    page.get_by_label("Wat hebben jullie geleerd?").fill("Plan het een half jaar vooruit.")
    press(page, "Het is geborgd")
    axe.check(page)


def carry_out(page):
    """From the bottleneck an action is made, reported on and finished with a lesson."""
    page.get_by_role("heading", name=NOTE).wait_for()
    open_link(page, "Maak hier een actie van")
    page.get_by_label("Wat gaan we doen?").fill(ACTION)
    page.get_by_label("Waarom doen we dit?").fill("Wie elkaar kent, belt eerder.")
    press(page, "Voeg een actie toe")
    open_link(page, "Plan deze actie")
    page.get_by_label("Trekker (optioneel)").select_option(index=1)
    press(page, "Plan deze actie")
    open_link(page, "Start deze actie")
    press(page, "Start deze actie")
    open_link(page, "Voortgang melden")
    page.get_by_label("Op schema").check()
    page.get_by_label("Wat is gedaan?").fill(TOLD)
    axe.check(page)
    press(page, "Voortgang indienen")
    open_link(page, "Rond deze actie af")
    page.get_by_label("Wat hebben jullie geleerd?").fill(LESSON)
    press(page, "Rond deze actie af")
    page.get_by_role("heading", name=ACTION).wait_for()
    reads(page, LESSON, TOLD, NOTE)
    axe.check(page)


def walk_back(page):
    """From the lesson, by links alone, to the note of the table."""
    open_link(page, "Bekijk alle lessen")
    page.get_by_role("link", name=ACTION).click()
    page.get_by_role("heading", name=ACTION).wait_for()
    page.locator("main").get_by_role("link", name=NOTE, exact=True).click()
    page.get_by_role("heading", name=NOTE).wait_for()
    reads(page, LESSON)
    page.get_by_role("listitem").filter(has_text=NOTE).get_by_role("link").click()
    page.get_by_role("heading", name="Aan de tafels").wait_for()
    axe.check(page)


def walk_forth(page):
    """From the note at the meeting, by links alone, to what became of it."""
    note = page.get_by_role("listitem").filter(has_text=NOTE)
    note.get_by_role("link", name=TITLE).click()
    reads(page, "Weert", "Plan het een half jaar vooruit.")
    page.go_back()
    note.get_by_role("link", name=NOTE).click()
    page.get_by_role("link", name=ACTION).first.click()
    reads(page, TOLD, LESSON)
