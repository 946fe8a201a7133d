"""The handleiding of an analyst, walked step by step: a file with a mistake, a better one, and undo."""

from pathlib import Path

from tests.browser.axe import WIDE, violations

HEADER = "Gebied;Jaar;Te vroeg;Geboren"
WRONG = "GM9999;2022;12;150"
ROWS = ("GM0983;2022;61;919", "GM0889;2022;14;113")


def bring(page, path: Path, *rows: str) -> None:
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    page.goto("/cijfers/")
    page.get_by_label("Bestand met cijfers").set_input_files(path)
    page.get_by_label("Bron van de cijfers").fill("Ziekenhuis Proef")
    page.get_by_role("button", name="Controleer het bestand").click()


def test_the_handleiding_leads_from_a_file_to_figures_and_back(open_page, tmp_path):
    page = open_page("analyst")
    page.goto("/cijfers/handleiding/")
    page.get_by_role("heading", name="Stap voor stap").wait_for()

    bring(page, tmp_path / "een.csv", *ROWS, WRONG)
    page.wait_for_url("**/kolommen/")
    assert violations(page) == []
    page.get_by_label("Code of naam van het gebied").select_option(index=1)
    page.locator("select[name=periode]").select_option(index=2)
    page.get_by_label("Teller: hoe vaak kwam het voor?").select_option(index=3)
    page.get_by_label("Noemer: op hoeveel?").select_option(index=4)
    page.get_by_label("Of: alle rijen gaan over dit cijfer").select_option("vroeggeboorte")
    page.get_by_role("button", name="Controleer de rijen").click()
    page.get_by_text("gemeentecode GM9999 bestaat niet").wait_for()
    assert page.get_by_role("button", name="Neem de cijfers over").count() == 0
    assert violations(page) == []
    page.get_by_role("button", name="Stop deze levering").click()

    # A file without errors is accepted, and its figures are in the release in preparation.
    page.goto("/cijfers/")
    page.get_by_text("Een tabel om in te vullen").click()
    assert page.locator("a[href$='/sjabloon/vroeggeboorte.csv']").is_visible()
    bring(page, tmp_path / "twee.csv", *ROWS)
    page.get_by_label("Code of naam van het gebied").select_option(index=1)
    page.locator("select[name=periode]").select_option(index=2)
    page.get_by_label("Teller: hoe vaak kwam het voor?").select_option(index=3)
    page.get_by_label("Noemer: op hoeveel?").select_option(index=4)
    page.get_by_label("Of: alle rijen gaan over dit cijfer").select_option("vroeggeboorte")
    page.get_by_role("button", name="Controleer de rijen").click()
    page.get_by_role("heading", name="Wat verandert er?").wait_for()
    for width in (WIDE, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
    page.get_by_role("button", name="Neem de cijfers over").click()
    page.get_by_text("twee.csv is ingelezen").wait_for()

    # Next time the columns are known, and what was taken over goes back.
    bring(page, tmp_path / "drie.csv", "GM0983;2022;62;919")
    page.get_by_role("button", name="Neem de cijfers over").wait_for()
    page.get_by_role("button", name="Stop deze levering").click()
    page.get_by_role("link", name="twee.csv").first.click()
    page.get_by_text("Deze levering terugdraaien").click()
    page.get_by_label("Waarom draai je deze levering terug?").fill("Dit was een proef")
    page.get_by_role("button", name="Draai terug").click()
    page.get_by_text("twee.csv is teruggedraaid").wait_for()
