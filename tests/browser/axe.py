"""What axe-core finds on a page, in words that name the rule, the place and the remedy."""

from functools import cache

from playwright.sync_api import Page

from tests.browser.running import ROOT

WIDE = 1280
NARROW = 320
SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# What stands around the page, each part with all that its look hangs on. It is the same on most pages.
FRAME = """() => {
    const shell = [document.documentElement, document.body].map((part) => part.cloneNode(false).outerHTML);
    const sheets = [...document.styleSheets].map((sheet) => sheet.href);
    const parts = [...document.querySelectorAll("body > :is(header, nav, aside, footer)")];
    return Promise.all(parts.map(async (part) => {
        const {left, width, height} = part.getBoundingClientRect();
        const all = JSON.stringify([innerWidth, left, width, height, shell, sheets, part.outerHTML]);
        const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(all));
        return {part, name: btoa(String.fromCharCode(...new Uint8Array(sum)))};
    }));
}"""
# Every text, with all that its contrast hangs on: its own look, and what lies below it up to something
# opaque. A text that floats over what is not around it has no name: it is weighed on every page.
TEXTS = """(leaveOut) => {
    const fields = ["input", "select", "textarea"];
    const found = new Map();
    const look = (element, around) => {
        const style = getComputedStyle(element);
        if (leaveOut.includes(element) || style.display === "none") return;
        const colour = style.backgroundColor;
        const effects = [style.mixBlendMode, style.filter].join();
        const isOpaque = /^rgb\\(/.test(colour);
        const isNothing = colour === "rgba(0, 0, 0, 0)" && effects === "normal,none";
        const floats = !["static", "relative"].includes(style.position) || style.transform !== "none";
        const here = {
            below: isNothing ? around.below : `${isOpaque ? "" : around.below} ${colour} ${effects}`,
            veil: style.opacity === "1" ? around.veil : `${around.veil} ${style.opacity}`,
            floats: !isOpaque && (around.floats || floats),
        };
        const isText = fields.includes(element.localName)
            || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (isText) {
            const own = [style.color, style.fill, style.fontSize, style.fontWeight, style.textShadow].join();
            found.set(element, here.floats ? "" : [own, here.below, here.veil].join(";"));
        }
        for (const child of element.children) look(child, here);
    };
    look(document.documentElement, {below: "", veil: "", floats: false});
    return found;
}"""
# Axe still reads what it may leave out: ids, neighbours and backgrounds count for the rest of the page. To
# weigh colours takes it a third of its time, so a text is left out once one with its look was found clear.
RUN = f"""async (tags, leaveOut, clear) => {{
    // What stands on a gradient, such as the shadow beside a wide table, axe leaves undecided; so the text is
    // weighed against the plain colour below.
    if (!document.adoptedStyleSheets.length) {{
        const plain = new CSSStyleSheet();
        plain.replaceSync("* {{ background-image: none !important }}");
        document.adoptedStyleSheets = [plain];
    }}
    const texts = ({TEXTS})(leaveOut);
    const isClear = new Set(clear);
    const unseen = new Set([...texts.keys()].filter((element) => !isClear.has(texts.get(element))));
    const weighed = new Set();
    // Which of these have colours to weigh, axe says itself. A run for them alone would read the page twice.
    const contrast = axe._audit.rules.find((rule) => rule.id === "color-contrast");
    contrast.hasColours ??= contrast.matches;
    contrast.matches = (element, ...more) => {{
        const weighs = unseen.has(element) && contrast.hasColours(element, ...more);
        if (weighs) weighed.add(element);
        return weighs;
    }};
    const found = await axe.run({{include: [document.documentElement], exclude: leaveOut}}, {{
        runOnly: {{type: "tag", values: tags}},
        resultTypes: ["violations", "incomplete"],
        elementRef: true,
        // The one rule that wants all style sheets is experimental, and not among these.
        preload: {{assets: ["media"]}},
    }});
    const looksOf = (elements) => [...elements].map((element) => texts.get(element));
    const doubtful = [...found.violations, ...found.incomplete].filter((rule) => rule.id === contrast.id);
    const notClear = looksOf(doubtful.flatMap((rule) => rule.nodes.map((node) => node.element)));
    return {{
        violations: found.violations.flatMap((rule) => rule.nodes.map((node) => [
            `${{rule.id}} (${{rule.help}})`,
            node.target.join(" "),
            node.html.slice(0, 160),
            ...node.failureSummary.split("\\n"),
        ].join("\\n      "))),
        clear: looksOf(weighed).filter((look) => look && !notClear.includes(look)),
        weighed: weighed.size,
    }};
}}"""
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


# A form without the token of its session is refused, whatever somebody filled in.
WITHOUT_TOKEN = """() => [...document.forms]
    .filter((form) => form.method === "post" && !form.elements.csrfmiddlewaretoken)
    .map((form) => form.outerHTML.slice(0, 160))"""


# Where it lies ready, nothing has to be sent.
BRING = """() => {
    if (!window.axe && window.bringAxe) window.bringAxe();
    return typeof window.axe === "object";
}"""

# One question for all of it: each costs a way there and back between four processes.
LOOK = f"""async ([tags, clean, clear]) => {{
    const frame = await ({FRAME})();
    const known = frame.filter(({{name}}) => clean.includes(name));
    return {{
        lang: document.documentElement.lang,
        title: document.title,
        headings: [...document.querySelectorAll("h1")].map((heading) => heading.innerText.trim()),
        ...await ({RUN})(tags, known.map(({{part}}) => part), clear),
        frame: frame.map(({{name}}) => name),
        wide: ({STICKING_OUT})(),
        tokenless: ({WITHOUT_TOKEN})(),
    }};
}}"""

# Parts of the frame in which nothing was found, by all that their look hangs on.
clean_parts: set[str] = set()
# How texts look that axe found clear enough.
clear_texts: set[str] = set()


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def lay_ready(page: Page) -> None:
    """From now on each document of this page can bring axe itself; who is not checked does not read it."""
    page.add_init_script(f"window.bringAxe = () => {{ {source()}\n}};")


def check(page: Page) -> None:
    """Everything that holds for every page, on a wide and on a narrow screen."""
    was = page.viewport_size
    check_last(page)
    page.set_viewport_size(was)


def check_last(page: Page) -> None:
    """As `check`, where nobody goes on with the page: it is left at the other width."""
    _bring_axe(page)
    looks = {}
    for width in sorted((WIDE, NARROW), key=lambda width: width != page.viewport_size["width"]):
        page.set_viewport_size({"width": width, "height": 800})
        looks[width] = page.evaluate(LOOK, [TAGS, sorted(clean_parts), sorted(clear_texts)])

    failures = []
    for width, look in looks.items():
        assert look["lang"] == "nl"
        assert len(look["headings"]) == 1
        assert all(look["headings"])
        name, _, portal = look["title"].partition(" · ")
        assert name.strip()
        assert portal == "Kansrijke Start"
        failures += [f"axe at {width} px: {line}" for line in look["violations"]]
        failures += [f"scrolls sideways at {width} px: {line}" for line in look["wide"]]
    failures += [f"a form that is always refused: {line}" for line in looks[WIDE]["tokenless"]]
    assert not failures, f"{page.url}\n" + "\n".join(failures)
    for look in looks.values():
        clean_parts.update(look["frame"])
        clear_texts.update(look["clear"])


def _bring_axe(page: Page) -> None:
    # Somebody may have clicked a link just now.
    page.wait_for_load_state()
    if not page.evaluate(BRING):
        page.evaluate(source())
        # The next page is likely to be checked too.
        lay_ready(page)
