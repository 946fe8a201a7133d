"""Each page passes WCAG 2.2 AA as far as axe-core can tell, on a wide and on a narrow screen, and where
somebody works who coordinates, takes part or signs, Tab leads to the main action of each kind of page."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.axe import NARROW, WIDE
from tests.browser.pages import SCREENS
from tests.browser.pages.no_screens import NO_SCREENS, OTHER_SERVICES
from tests.browser.pages.screen import Screen, as_it_is, show
from tests.browser.tabbing import tab_to

APPS_TO_WALK = ("coalitions", "partners", "covenants")
# A list to choose from may have a box on every row.
MOST_IN_A_FORM = 300
# What a page is for, or else the first thing that can be used.
MAIN_ACTION = """() => {
    const usable = [...document.querySelectorAll("main :is(a, button, summary, input, select, textarea)")]
        .filter((element) => element.checkVisibility({visibilityProperty: true}));
    const primary = ".utrecht-button--primary-action, .utrecht-button-link--primary-action";
    return usable.find((element) => element.matches(primary)) ?? usable[0] ?? null;
}"""


def name_of(screen: Screen) -> str:
    """The name of the address that the screen shows."""
    return screen.ends_at or resolve(screen.path.split("?")[0]).view_name


def one_of_each_kind() -> list[Screen]:
    """One screen for each address of the apps that are walked through."""
    found: dict[str, Screen] = {}
    for screen in SCREENS:
        if screen.status == 200 and name_of(screen).partition(":")[0] in APPS_TO_WALK:
            found.setdefault(name_of(screen), screen)
    return list(found.values())


WALKED = one_of_each_kind()


def first_widths() -> dict[Screen, int]:
    """At which width each screen is opened. To lay it out at another one costs half of what opening costs, so
    where nothing has to be done first, a screen begins at the width at which the one before it was left."""
    widths: dict[Screen, int] = {}
    left: dict[str, int] = {}
    for screen in SCREENS:
        widths[screen] = left.get(screen.role, WIDE) if screen.prepare is as_it_is else WIDE
        ends_narrow = widths[screen] == WIDE and screen not in WALKED
        left[screen.role] = NARROW if ends_narrow else WIDE
    return widths


FIRST_WIDTHS = first_widths()


@pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])
def test_everybody_can_use_the_page(visit, screen):
    page = visit(screen.role, width=FIRST_WIDTHS[screen])
    show(page, screen)
    axe.check_last(page)
    if screen in WALKED:
        page.set_viewport_size({"width": WIDE, "height": 800})
        reach_the_main_action(page, screen)


def reach_the_main_action(page: Page, screen: Screen) -> None:
    target = page.evaluate_handle(MAIN_ACTION).as_element()
    if target is None:
        # On the big screen of the evening there is nothing to press.
        assert screen.name == "ceremonie"
        return
    # What stands in the menus, `test_keyboard.py` goes over once.
    tab_to(page, target, most=MOST_IN_A_FORM, skips_menus=True)


def test_the_scan_finds_what_is_wrong(open_page):
    page = open_page()
    page.goto("/contact/")
    # What stands around the page is clean, and left out the next time.
    axe.check(page)
    page.evaluate("""() => {
        const image = document.createElement("img");
        image.src = document.querySelector("link[rel=icon]").href;
        image.style.minWidth = "2000px";
        const faint = document.createElement("p");
        faint.textContent = "Nauwelijks te lezen naast de schaduw van een tabel";
        faint.style.color = "silver";
        const region = document.createElement("div");
        region.className = "table-region";
        region.append(faint);
        document.querySelector("main").append(image, region);
    }""")
    with pytest.raises(
        AssertionError, match=r"color-contrast(.|\n)*image-alt(.|\n)*scrolls sideways at 320 px"
    ):
        axe.check(page)


# A rule, and what breaks it in a part of the frame.
FAULTS = {
    "image-alt": "part.append(document.createElement('img'))",
    "color-contrast": "part.style.cssText = 'color: silver; background: white'; part.append('Flauw')",
    "aria-valid-attr": "part.firstElementChild.setAttribute('aria-lable', 'Menu')",
}


@pytest.mark.parametrize("part", ["header", "footer"])
def test_what_stands_around_pages_is_looked_at_again_when_it_differs(open_page, part):
    page = open_page()
    page.goto("/contact/")
    axe.check(page)
    before = set(axe.clean_parts)
    for rule, fault in FAULTS.items():
        page.goto("/toegankelijkheid/")
        page.evaluate(f"() => {{ const part = document.querySelector('body > {part}'); {fault}; }}")
        # What was found is not forgotten either.
        for _ in range(2):
            with pytest.raises(AssertionError, match=rule):
                axe.check(page)
    assert axe.clean_parts == before


# What makes a clear text hard to read.
DIMMED = [
    "text.style.color = 'silver'",
    "text.style.opacity = '0.3'",
    "text.style.backgroundColor = '#456'",
    "text.parentElement.style.backgroundColor = '#456'",
    "text.parentElement.style.opacity = '0.3'",
]


def test_a_text_is_weighed_again_when_it_looks_otherwise(open_page):
    page = open_page()
    page.goto("/privacy/")
    axe.check(page)
    before = set(axe.clear_texts)
    for fault in DIMMED:
        page.goto("/privacy/")
        page.evaluate(f"() => {{ const text = document.querySelector('main p'); {fault}; }}")
        with pytest.raises(AssertionError, match="color-contrast"):
            axe.check(page)
    assert axe.clear_texts == before


def test_every_address_is_in_the_list_of_pages():
    listed = {name_of(screen) for screen in SCREENS if screen.path != "/bestaat-niet/"}
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
