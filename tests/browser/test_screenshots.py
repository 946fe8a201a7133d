"""One picture of each page and width, and of the sheet for governors, for `make screenshots`."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.axe import NARROW, WIDE
from tests.browser.pages import SCREENS
from tests.browser.pages.screen import COALITION, show


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_the_page_is_photographed(open_page, request, screen):
    folder = request.config.getoption("--screenshots")
    for width in (WIDE, NARROW):
        page = open_page(screen.role, width=width)
        show(page, screen)
        for picture in page.locator(".figure__later").all():
            picture.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        path = Path(folder) / f"{screen.name}-{width}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 0


def test_the_sheet_for_governors_is_photographed(open_page, request):
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        pytest.skip("Geen pdftoppm op deze machine (poppler-utils): het vel is niet gefotografeerd.")
    sheet = Path(request.config.getoption("--screenshots")) / "vel-voor-bestuurders.pdf"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    page = open_page("alderman")
    sheet.write_bytes(page.request.get(f"{COALITION}/bestuur.pdf").body())
    subprocess.run([drawer, "-png", "-r", "110", sheet, sheet.with_suffix("")], check=True)
    assert [path.name for path in sheet.parent.glob("vel-*.png")] == ["vel-voor-bestuurders-1.png"]
