"""Each page passes WCAG 2.2 AA as far as axe-core can tell, on a wide and on a narrow screen."""

import pytest

from tests.browser import axe
from tests.browser.conftest import NARROW, WIDE
from tests.browser.pages import SCREENS, show


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_everybody_can_use_the_page(open_page, screen):
    page = open_page(screen.role)
    show(page, screen)

    failures = [f"axe at {WIDE} px: {line}" for line in axe.violations(page)]
    page.set_viewport_size({"width": NARROW, "height": 640})
    failures += [f"axe at {NARROW} px: {line}" for line in axe.violations(page)]
    failures += [f"scrolls sideways at {NARROW} px: {line}" for line in axe.sticking_out(page)]
    assert not failures, f"{page.url}\n" + "\n".join(failures)

    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.locator("html").get_attribute("lang") == "nl"
    title = page.title().split("·")
    assert len(title) == 2
    assert title[0].strip()
