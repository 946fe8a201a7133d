"""On a tablet no list hides a column beside the screen, and on a phone a long one is short enough to look
through; what waits comes when somebody asks for it."""

import pytest

from tests.browser.axe import NARROW
from tests.browser.pages.screen import COALITION, TEXT

TABLET = 768
LISTS = (
    f"{COALITION}/leden/",
    f"{COALITION}/beheer/leden/",
    f"{COALITION}/aanmeldingen/",
    f"{COALITION}/afspraken/",
    f"{COALITION}/bijeenkomsten/",
    f"{COALITION}/contactmomenten/",
    f"{COALITION}/knelpunten/",
    f"{COALITION}/landelijke-eisen/",
    f"{COALITION}/rollen/",
    f"{COALITION}/tekenbevoegdheden/",
    f"{COALITION}/actieprogramma/acties/",
    f"{COALITION}/actieprogramma/tijdlijn/",
    f"{COALITION}/rapportageronden/",
    f"{TEXT}/versie-1/ronde/",
    "/organisaties/",
    "/schakelfuncties/",
    "/geboortezorg/",
    "/gemeenten/GM0983/",
    "/indicatoren/vroeggeboorte/?gebied=GM0983&vergelijk=ggd-limburg-noord",
    "/indicatoren/vroeggeboorte/gemeenten/?gebied=NL",
)
WIDER = """() => [...document.querySelectorAll(".table-region")]
    .filter((region) => region.offsetParent && region.scrollWidth > region.clientWidth + 1)
    .map((region) => region.getAttribute("aria-label"))"""


@pytest.mark.parametrize("width", [TABLET, 1024])
def test_no_list_is_wider_than_a_tablet(visit, width):
    page = visit("coordinator", width=width)
    found = {}
    for path in LISTS:
        page.goto(path)
        found[path] = page.evaluate(WIDER)
    assert {path: names for path, names in found.items() if names} == {}


def test_on_a_phone_a_member_takes_a_few_lines_and_the_rest_comes_when_asked_for(visit):
    page = visit("coordinator", width=NARROW)
    page.goto(f"{COALITION}/leden/")
    table = page.get_by_role("table", name="Organisaties in deze coalitie")
    rows = table.locator("tbody tr").count()
    assert table.bounding_box()["height"] / rows < 130
    row = table.locator("tbody tr").first
    assert "Niveau:" not in row.locator("td:visible").evaluate_all(
        "(cells) => cells.map((cell) => cell.dataset.label)"
    )
    page.get_by_label("Toon alle gegevens").check()
    assert "Niveau:" in row.locator("td:visible").evaluate_all(
        "(cells) => cells.map((cell) => cell.dataset.label)"
    )
    page.locator("thead a").first.click()
    page.wait_for_url("**/leden/?sorteer=*")
    assert page.get_by_label("Toon alle gegevens").is_checked()
    page.goto(f"{COALITION}/beheer/leden/")
    assert not page.get_by_label("Toon alle gegevens").is_checked()
    page.goto(f"{COALITION}/leden/")
    page.get_by_label("Toon alle gegevens").uncheck()
    page.reload()
    assert not page.get_by_label("Toon alle gegevens").is_checked()


def test_on_a_phone_a_number_that_is_not_there_takes_no_line(visit):
    page = visit("coordinator", width=NARROW)
    for path in (f"{COALITION}/bijeenkomsten/", f"{COALITION}/acties/1/"):
        page.goto(path)
        empty = page.locator("td.number[data-label='']")
        assert empty.count() > 0, path
        assert [cell.is_visible() for cell in empty.all()] == [False] * empty.count(), path


def test_on_a_phone_the_years_stand_above_the_bars_and_stay_in_sight(visit):
    page = visit("coordinator", width=NARROW)
    page.goto(f"{COALITION}/actieprogramma/tijdlijn/")
    page.locator(".timeline__canvas").nth(5).scroll_into_view_if_needed()
    years = page.locator(".timeline__years > span")
    first, bar = years.first.bounding_box(), page.locator(".timeline__canvas").nth(5).bounding_box()
    assert first["x"] == pytest.approx(bar["x"], abs=1)
    assert 0 <= first["y"] < bar["y"]
    last = years.last.bounding_box()
    step = bar["width"] / years.count()
    assert last["x"] == pytest.approx(bar["x"] + step * (years.count() - 1), abs=1)
