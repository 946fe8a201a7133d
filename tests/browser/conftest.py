"""One demo, one Chromium and one log-in per role for all browser tests.

`--demo-data DIR` keeps the demo's data, so that a next run starts in seconds;
`--screenshots DIR` is where `test_screenshots.py` puts its pictures.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests import prepared
from tests.browser import axe
from tests.browser.axe import WIDE
from tests.browser.running import Portal, start_demo
from tests.browser.signing_in import ACCOUNTS, sign_in
from tests.browser.watching import Watch

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page is left before its scripts have run often enough to be worth translating any better; the next
    # page has the same ones. Its garbage is collected without asking the other core for help.
    "--js-flags=--no-opt --no-maglev --no-flush-bytecode --single-threaded-gc",
]
# What nobody will look at is not turned into pixels; styles, layout, focus and printing are as ever. On sixty
# pages, as they are and with faults put in, axe said the same of every element as on painted ones.
UNSEEN = [
    "--blink-settings=acceleratedCompositingEnabled=false",
    "--in-process-gpu",
    # A next page comes in the frame that is there, instead of in one made for it. Playwright uses this switch
    # too, for screenshots; that gives way.
    "--enable-features=RenderDocument:level/crashed-frame",
]
# The demo answers in milliseconds, but the machine may have other work to do.
TIMEOUT_MS = 15_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", help="map waarin van elke pagina een foto komt")
    parser.addoption("--demo-data", help="map voor de gegevens van de demo, die daarna blijft")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    if not config.getoption("--screenshots", default=None):
        # Not a test that could be skipped, but another command: make screenshots.
        pictures = [item for item in items if item.path.name == "test_screenshots.py"]
        config.hook.pytest_deselected(items=pictures)
        items[:] = [item for item in items if item not in pictures]


def find_chromium() -> str | None:
    """The Chromium of this machine; the one without a window draws the same in a third of the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="package")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A Chromium without a window, until the last browser test."""
    path = find_chromium()
    if path is None:
        if os.environ.get("PORTAL_REQUIRES_BROWSER") == "yes":
            pytest.fail("Geen Chromium gevonden; installeer die: apt install chromium-headless-shell")
        pytest.skip("Geen Chromium op deze machine: deze test is niet gedraaid.")
    # Not for the whole session: while Playwright runs, Django refuses this thread its database.
    with sync_playwright() as playwright:
        is_seen = request.config.getoption("--screenshots", default=None)
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=FLAGS if is_seen else FLAGS + UNSEEN
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demo as `make demo` runs it; at the end Ctrl-C must stop all of it."""
    kept = request.config.getoption("--demo-data", default=None)
    data_dir = Path(kept).resolve() if kept else tmp_path_factory.mktemp("demo")
    if not (data_dir / "postgres").exists():
        prepared.copy_to(data_dir)
    demo = start_demo(data_dir)
    yield demo
    code, left = demo.stop()
    assert (code, left) == (0, []), demo.said()[-2000:]
    assert "Internal Server Error" not in demo.said()
    # What a newcomer reads is ours: no library says who made it.
    assert "HiGHS" not in demo.said()


OpenPage = Callable[..., Page]


@pytest.fixture(scope="package")
def signed_in(chromium: Browser, demo: Portal) -> Callable[[str], StorageState | None]:
    """The cookies of somebody who logged in by the form; each role logs in once."""
    states: dict[str, StorageState] = {}

    def signed_in(role: str) -> StorageState | None:
        if not role:
            return None
        if role not in states:
            context = chromium.new_context(base_url=demo.url, locale="nl-NL")
            context.set_default_timeout(TIMEOUT_MS)
            sign_in(context.new_page(), ACCOUNTS[role])
            states[role] = context.storage_state()
            context.close()
        return states[role]

    return signed_in


def _new_page(chromium: Browser, url: str, *, state: StorageState | None = None, width: int = WIDE) -> Page:
    context = chromium.new_context(
        base_url=url,
        storage_state=state,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.watch = Watch(page, url)
    return page


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open a page of a portal in a browser of its own; at the end nothing may have gone wrong.

    `page.watch.expect(404)` says which refusals are meant.
    """
    opened = []

    def new_page(url: str, *, state: StorageState | None = None, width: int = WIDE) -> Page:
        page = _new_page(chromium, url, state=state, width=width)
        opened.append(page)
        return page

    yield new_page
    problems = [problem for page in opened for problem in page.watch.problems]
    for page in opened:
        page.context.close()
    assert problems == []


@pytest.fixture
def open_page(new_page: OpenPage, demo: Portal, signed_in: Callable[[str], object]) -> OpenPage:
    """Open a page of the demo as a visitor or, by name, as one of its roles."""

    def open_page(role: str = "", *, width: int = WIDE) -> Page:
        return new_page(demo.url, state=signed_in(role), width=width)

    return open_page


@pytest.fixture(scope="package")
def _kept_pages(chromium: Browser) -> Iterator[dict[str, Page]]:
    pages: dict[str, Page] = {}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def visit(
    chromium: Browser,
    demo: Portal,
    signed_in: Callable[[str], object],
    _kept_pages: dict[str, Page],
) -> Iterator[OpenPage]:
    """As `open_page`, for a test that takes one page at a time: a role keeps its browser and what that has
    in store, so that hundreds of pages cost less. A visitor loses the session each time."""
    used = []

    def visit(role: str = "", *, width: int = WIDE) -> Page:
        if role not in _kept_pages:
            _kept_pages[role] = _new_page(chromium, demo.url, state=signed_in(role))
            axe.lay_ready(_kept_pages[role])
        page = _kept_pages[role]
        if page not in used:
            page.watch.begin_anew()
            if not role:
                page.context.clear_cookies()
            used.append(page)
        if page.viewport_size["width"] != width:
            page.set_viewport_size({"width": width, "height": 800})
        return page

    yield visit
    assert [problem for page in used for problem in page.watch.problems] == []
