"""An organisation asks to take part in the browser, and takes it back by the link in its mail."""

import re

from tests.browser import axe
from tests.browser.pages.screen import COALITION, fill_in_join_request


def test_a_request_goes_out_and_is_withdrawn_by_the_link_in_the_mail(visit):
    page = visit()
    page.goto(f"{COALITION}/aanmelden/")
    fill_in_join_request(page)
    page.get_by_role("button", name="Verstuur de aanmelding").click()
    page.wait_for_url("**/aanmelden/klaar/")
    reference = re.search(r"KS-[A-Z0-9]{6}", page.locator("main").inner_text())
    assert reference
    axe.check(page)

    page.goto("/demo/post/")
    page.locator("main a", has_text=reference[0]).first.click()
    link = re.search(r"/coalities/\S+/aanmelding/\S+", page.locator("main").inner_text())
    assert link
    page.goto(link[0])
    axe.check(page)
    page.get_by_role("button", name="Trek de aanmelding in").click()
    page.get_by_text("Uw aanmelding is ingetrokken.").wait_for()
    axe.check(page)
