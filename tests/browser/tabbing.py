"""Going over a page with Tab alone, and seeing at each step where one is."""

import pytest
from playwright.sync_api import ElementHandle, Locator, Page

MOST_TABS = 60
SKIP_LINK = "utrecht-skip-link"
# Where the focus is, whether it shows, and what lies on top of it; and whether that is where it should go.
FOCUS = """(target) => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const found = {name: element.outerHTML.slice(0, 120), arrived: element === target};
    const style = getComputedStyle(element);
    const box = element.getClientRects()[0];
    if (!box || !box.width || !box.height) return {...found, hidden: true};
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const label = element.labels && element.labels[0];
    const own = [element, label].filter(Boolean);
    return {
        ...found,
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        free: own.some((part) => top && (part.contains(top) || top.contains(part))),
        covering: top ? top.outerHTML.slice(0, 120) : "",
    };
}"""


def tab(page: Page, target: ElementHandle | None = None) -> dict:
    """Press Tab and check that the new place is seen."""
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS, target)
    if focus is None:
        return {"name": "the end of the page", "arrived": False}
    assert not focus.get("hidden"), f"focus on something without size: {focus['name']}"
    assert focus["outline"], f"no visible focus: {focus['name']}"
    assert focus["inside"], f"focus outside the window: {focus['name']}"
    assert focus["free"], f"{focus['name']} lies under {focus['covering']}"
    return focus


def tab_to(
    page: Page, target: Locator | ElementHandle, *, most: int = MOST_TABS, skips_menus: bool = False
) -> None:
    """Press Tab until `target` has the focus; who skips the menus follows the skip link, if it comes by."""
    place = target.element_handle() if isinstance(target, Locator) else target
    passed = []
    for _ in range(most):
        focus = tab(page, place)
        if focus["arrived"]:
            return
        passed.append(focus["name"])
        if skips_menus and SKIP_LINK in focus["name"]:
            page.keyboard.press("Enter")
    pytest.fail(f"not reached in {most} tabs:\n" + "\n".join(passed))
