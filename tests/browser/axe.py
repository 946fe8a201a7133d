"""What axe-core finds on a page, in words that name the rule, the place and the remedy."""

from functools import cache

from playwright.sync_api import Page

from tests.browser.running import ROOT

WIDE = 1280
NARROW = 320
SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = """async (tags) => {
    const found = await axe.run(document, {
        runOnly: {type: "tag", values: tags},
        resultTypes: ["violations"],
    });
    return found.violations.map((rule) => ({
        id: rule.id,
        help: rule.help,
        nodes: rule.nodes.map((node) => ({
            target: node.target.join(" "),
            html: node.html.slice(0, 160),
            why: node.failureSummary,
        })),
    }));
}"""
# What sticks out on the right, innermost last; a part with its own scroll bar may be wider inside.
STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element) => {
        for (let part = element; part && part !== document.body; part = part.parentElement) {
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(part).overflowX)) return true;
        }
        return false;
    };
    const wide = [...document.body.querySelectorAll("*")].filter(
        (element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element));
    return [`the document is ${document.documentElement.scrollWidth} px wide`,
        ...wide.slice(-5).map((element) => element.outerHTML.slice(0, 160))];
}"""


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """One line for each rule and place that fails WCAG 2.0 to 2.2, A and AA."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(source())
    return [
        f"{rule['id']} ({rule['help']})\n      {node['target']}\n      {node['html']}\n      "
        + node["why"].replace("\n", "\n      ")
        for rule in page.evaluate(RUN, TAGS)
        for node in rule["nodes"]
    ]


def sticking_out(page: Page) -> list[str]:
    """What makes the document scroll sideways, if anything does."""
    return page.evaluate(STICKING_OUT)


def check(page: Page) -> None:
    """Everything that holds for every page, on a wide and on a narrow screen."""
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("h1").count() == 1
    heading = page.locator("h1").inner_text().strip()
    assert heading
    name, _, portal = page.title().partition(" · ")
    assert name.strip()
    assert portal == "Kansrijke Start"

    failures = []
    was = page.viewport_size
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        failures += [f"axe at {width} px: {line}" for line in violations(page)]
        failures += [f"scrolls sideways at {width} px: {line}" for line in sticking_out(page)]
    page.set_viewport_size(was)
    assert not failures, f"{page.url}\n" + "\n".join(failures)
