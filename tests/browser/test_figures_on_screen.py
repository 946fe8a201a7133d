"""The real figures stand on the screen, with their source; made-up ones say that they are."""

import re

import pytest

BOARD = "/coalities/noord-en-midden-limburg/bestuur/"
# Indicator pages that carry the number of inhabitants: it is the sum below each of them.
INHABITANTS = "/indicatoren/inwoners-per-huishouden/"
SUMS = [
    ("noord-en-midden-limburg", 2022, "516.266"),
    ("noord-en-midden-limburg", 2023, "522.672"),
    ("ggd-limburg-noord", 2022, "524.255"),
    ("NL", 2022, "17.590.672"),
    ("NL", 2023, "17.811.291"),
]


def text_of(page) -> str:
    """The words of the page, with ordinary spaces."""
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


@pytest.mark.parametrize(("area", "year", "number"), SUMS, ids=[f"{row[0]}-{row[1]}" for row in SUMS])
def test_inhabitants_stand_on_the_indicator_page_with_their_source(visit, area, year, number):
    page = visit()
    page.goto(f"{INHABITANTS}?gebied={area}&periode={year}")
    text = text_of(page)
    assert number in text
    assert "Bron" in text
    assert "CBS" in text


def test_the_board_page_shows_the_inhabitants_of_the_region_with_their_source(visit):
    page = visit("alderman")
    page.goto(BOARD)
    text = text_of(page)
    assert "522.672" in text
    assert "Nederland" in text
    assert "CBS" in text


def test_made_up_figures_say_so(visit):
    page = visit()
    page.goto("/indicatoren/vroeggeboorte/")
    assert "verzonnen" in text_of(page)


def test_another_period_replaces_only_the_figures_and_keeps_the_focus(visit):
    page = visit()
    page.goto("/indicatoren/vroeggeboorte/?gebied=GM0983")
    newest = page.get_by_role("heading", name=re.compile(r"^Venlo, \d{4}$")).text_content()
    page.evaluate("window.isTheSamePage = true")
    link = page.get_by_role("navigation", name="Periode").get_by_role("link", name="2021")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Venlo, 2021").wait_for()
    assert page.evaluate("window.isTheSamePage") is True
    assert page.url.endswith("?gebied=GM0983&periode=2021")
    assert page.evaluate("document.activeElement.textContent") == "2021"
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    assert "Venlo (2021)" in page.get_by_role("status").text_content()
    assert "periode=2021" in page.get_by_role("link", name="Toon op groot scherm").get_attribute("href")
    page.go_back()
    page.get_by_role("heading", name=newest).wait_for()
    assert page.url.endswith("?gebied=GM0983")


def test_without_a_script_a_choice_is_a_page(chromium, demo):
    context = chromium.new_context(base_url=demo.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/indicatoren/vroeggeboorte/?gebied=GM0983")
    page.get_by_role("link", name="GGD Limburg-Noord").click()
    assert "vergelijk=ggd-limburg-noord" in page.url
    assert "GGD Limburg-Noord" in text_of(page)
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/coalities/noord-en-midden-limburg/cijfers/",
        "/coalities/noord-en-midden-limburg/cijfers/vergelijken/?gebied1=GM0983&gebied2=GM0957",
        "/gemeenten/GM0983/",
        "/indicatoren/vroeggeboorte/?gebied=noord-en-midden-limburg",
        "/indicatoren/vroeggeboorte/gemeenten/?gebied=NL",
    ],
)
def test_on_a_phone_the_comparison_is_read_without_scrolling_aside_and_a_table_stays_one(visit, path):
    page = visit(width=320)
    page.goto(path)
    cell = page.get_by_role("cell", name=re.compile("uidelijk (hoger|verschil)")).first
    box = cell.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    table = page.get_by_role("table").filter(has=cell)
    heads = {head.text_content().strip() for head in table.get_by_role("columnheader").all()}
    # The words of the head stand before the cells once more for the eye, and for nobody else.
    label = page.evaluate("e => getComputedStyle(e, '::before').content", cell.element_handle())
    (head,) = (head for head in heads if label.startswith(f'"{head}'))
    assert f"{head}:" not in cell.aria_snapshot()
