"""Who chooses people sees at once how many they are, by keyboard alone."""

import re

import pytest

from tests.browser.pages.doing import MEETINGS, TO_COME
from tests.browser.pages.screen import COALITION
from tests.browser.test_meeting import open_link


def tick(page, name):
    """Reach the box and press the space bar."""
    page.get_by_label(name, exact=True).focus()
    page.keyboard.press("Space")


def count_in(page, place, words):
    """How many people the sentence in `place` says, once it is there."""
    line = page.locator(place).get_by_text(re.compile(words)).first
    line.wait_for()
    return int(re.search(r"\d+", line.inner_text())[0])


@pytest.mark.parametrize("place", ["invitations", "messages"])
def test_the_count_follows_every_choice(visit, place):
    page = visit("coordinator")
    if place == "invitations":
        page.goto(f"{MEETINGS}/{TO_COME}")
        page.locator("tbody th a").first.click()
        open_link(page, "Nodig mensen uit")
        where, words = "#lijst", "bij je keuze"
    else:
        page.goto(f"{COALITION}/berichten/nieuw/")
        where, words = "#bereik", "Je bereikt nu"
    tick(page, "Iedereen in de coalitie")
    everybody = count_in(page, where, words)
    with page.expect_response(lambda response: "uitnodigen" in response.url or "nieuw" in response.url):
        tick(page, "Venlo")
    page.wait_for_function(
        "([place, all]) => !document.querySelector(place).innerText.includes(`${all} person`)",
        arg=[where, everybody],
    )
    of_venlo = count_in(page, where, words)
    assert 0 < of_venlo < everybody
    # What was chosen stays where it is, and so does the focus.
    assert page.get_by_label("Venlo", exact=True).is_checked()
    assert page.evaluate("document.activeElement.value") == "GM0983"
