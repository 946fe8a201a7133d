"""One table note on its way: a bottleneck and a gem, a kit, and a municipality with a lesson."""

import re

from tests.browser import axe
from tests.browser.pages.doing import AT_TABLES, MEETINGS
from tests.browser.pages.screen import COALITION

NOTE = "De wijkverpleegkundige loopt mee met de verloskundige"
TITLE = "Samen op pad"


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def open_link(page, name):
    page.locator("main").get_by_role("link", name=name).first.click()


def test_a_table_note_becomes_a_gem_that_a_municipality_takes_over_with_a_lesson(open_page):
    page = open_page("coordinator")
    page.goto(f"{MEETINGS}/{AT_TABLES}")
    page.locator("tbody th a").first.click()
    open_link(page, "Voer de notities van de tafels in")
    # By keyboard alone: type, Enter, and on with the next.
    page.get_by_label("Wat zei de tafel?").fill(NOTE)
    page.keyboard.press("Enter")
    page.get_by_text("Opgeslagen bij tafel").wait_for()
    assert page.evaluate("document.activeElement.name") == "text"
    page.goto(re.sub(r"notities/.*", "opbrengst/", page.url))
    row = page.get_by_role("row").filter(has_text=NOTE)
    row.get_by_role("button", name="Knelpunt", exact=True).click()
    page.get_by_text("De notitie is nu een knelpunt.").wait_for()
    row.get_by_role("link", name="Parel", exact=True).click()
    axe.check(page)
    page.get_by_label("Korte titel").fill(TITLE)
    page.get_by_label("Wie deed dit als eerste?").select_option(index=1)
    press(page, "Leg vast")
    row.get_by_role("link", name=TITLE).click()
    page.get_by_role("heading", name=TITLE).wait_for()
    assert NOTE in page.locator("main").inner_text()

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

    # Anybody reads the gem with the lesson, and a member sees where it came from.
    visitor = open_page()
    visitor.goto("/parels/samen-op-pad/")
    assert "Plan het een half jaar vooruit." in visitor.locator("main").inner_text()
    page.goto("/parels/samen-op-pad/")
    assert NOTE in page.locator("main").inner_text()


def test_somebody_answers_an_invitation_by_the_link_in_the_mail(open_page):
    page = open_page("coordinator")
    page.goto(f"{MEETINGS}/nieuw/")
    page.get_by_label("Titel").fill("Korte proefbijeenkomst")
    page.get_by_label("Datum").fill("2030-03-04")
    page.get_by_label("Van", exact=True).fill("09:30")
    page.get_by_label("Tot", exact=True).fill("11:00")
    press(page, "Zet klaar")
    open_link(page, "Nodig mensen uit")
    page.get_by_label("Bestuur", exact=True).check()
    press(page, "Toon wie dat zijn")
    press(page, "Zet op de lijst")
    press(page, "Kondig aan en nodig uit")
    page.get_by_text("De bijeenkomst is aangekondigd.").wait_for()

    visitor = open_page()
    visitor.goto("/demo/post/")
    mail = visitor.locator("main a", has_text="Korte proefbijeenkomst").first
    for _ in range(30):
        if mail.count():
            break
        visitor.wait_for_timeout(500)
        visitor.reload()
    mail.click()
    link = re.search(r"/bijeenkomst/\S+", visitor.locator("main").inner_text())
    assert link
    visitor.goto(link[0])
    axe.check(visitor)
    visitor.get_by_label("Ja, ik kom").check()
    press(visitor, "Sla het antwoord op")
    visitor.get_by_text("Het antwoord is opgeslagen.").wait_for()
    axe.check(visitor)
    # The link answers one invitation and logs nobody in.
    visitor.goto(f"{COALITION}/bijeenkomsten/")
    assert "/inloggen/" in visitor.url
