"""One picture of each page and width, for `make screenshots`."""

from pathlib import Path

import pytest

from tests.browser.axe import NARROW, WIDE
from tests.browser.pages import SCREENS
from tests.browser.pages.screen import show


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_the_page_is_photographed(open_page, request, screen):
    folder = request.config.getoption("--screenshots")
    for width in (WIDE, NARROW):
        page = open_page(screen.role, width=width)
        show(page, screen)
        for picture in page.locator("img[loading=lazy]").all():
            picture.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        path = Path(folder) / f"{screen.name}-{width}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 0
