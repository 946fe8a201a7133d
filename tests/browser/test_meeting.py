"""An invitation, answered by the link in the mail."""

import re

from tests.browser import axe
from tests.browser.pages.doing import MEETINGS
from tests.browser.pages.screen import COALITION


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def open_link(page, name):
    page.locator("main").get_by_role("link", name=name).first.click()


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
