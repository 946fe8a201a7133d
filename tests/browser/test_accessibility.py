"""Each page passes WCAG 2.2 AA as far as axe-core can tell, on a wide and on a narrow screen."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver, resolve

from tests.browser import axe
from tests.browser.pages import SCREENS
from tests.browser.pages.no_screens import NO_SCREENS, OTHER_SERVICES
from tests.browser.pages.screen import show


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_everybody_can_use_the_page(visit, screen):
    page = visit(screen.role)
    show(page, screen)
    axe.check(page)


def test_the_scan_finds_what_is_wrong(open_page):
    page = open_page()
    page.goto("/contact/")
    page.evaluate("""() => {
        const image = document.createElement("img");
        image.src = document.querySelector("link[rel=icon]").href;
        image.style.minWidth = "2000px";
        document.querySelector("main").append(image);
    }""")
    with pytest.raises(AssertionError, match=r"image-alt(.|\n)*scrolls sideways at 320 px"):
        axe.check(page)


def test_every_address_is_in_the_list_of_pages():
    listed = {
        screen.ends_at or resolve(screen.path.split("?")[0]).view_name
        for screen in SCREENS
        if screen.path != "/bestaat-niet/"
    }
    names = {
        name for name in address_names(get_resolver().url_patterns) if not name.startswith(OTHER_SERVICES)
    }
    assert names - set(NO_SCREENS) - listed == set()
    assert set(NO_SCREENS) <= names - listed


def address_names(patterns: list, namespace: str = "") -> Iterator[str]:
    """The name of every address, with that of its app."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield namespace + pattern.name
        else:
            yield from address_names(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else ""
            )
