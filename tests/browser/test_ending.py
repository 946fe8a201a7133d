"""A document is proposed to end, and goes on: nothing ends here, so that it can be run again."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.pages.screen import TEXT
from tests.browser.test_keyboard import tab_to

PAGE = f"{TEXT}/beeindigen/"


def test_somebody_proposes_cannot_confirm_and_takes_it_back(open_page):
    page = open_page("coordinator")
    page.goto(PAGE)
    page.get_by_label("Geldt niet meer vanaf").fill(timezone.localdate().isoformat())
    page.get_by_label("Reden").fill("Proef van de browser")
    page.get_by_label("Ik begrijp dat").check()
    tab_to(page, page.get_by_role("button", name="Stel voor om te beëindigen"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Je hebt dit zelf voorgesteld")).to_be_visible()
    expect(page.get_by_role("button", name="Ik bevestig")).to_have_count(0)
    axe.check(page)

    tab_to(page, page.get_by_role("button", name="Trek het voorstel in"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Het document loopt door.")).to_be_visible()
