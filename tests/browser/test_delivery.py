"""The handleiding of an analyst, walked step by step: a file with a mistake, a better one, and undo."""

import secrets
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.signing_in import sign_in
from tests.sites import wait_until

# Of a source that delivered before, also in an earlier run on kept data, the columns are known.
SOURCE = f"Ziekenhuis Proef {secrets.token_hex(3)}"
HEADER = "Gebied;Jaar;Te vroeg;Geboren"
WRONG = "GM9999;2022;12;150"
ROWS = ("GM0983;2022;61;919", "GM0889;2022;14;113")


def bring(page, path: Path, *rows: str) -> None:
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    page.goto("/cijfers/")
    page.get_by_label("Bestand met cijfers").set_input_files(path)
    page.get_by_label("Bron van de cijfers").fill(SOURCE)
    page.get_by_role("button", name="Controleer het bestand").click()


def test_the_handleiding_leads_from_a_file_to_figures_and_back(visit, tmp_path):
    page = visit("analyst")
    page.goto("/cijfers/handleiding/")
    page.get_by_role("heading", name="Stap voor stap").wait_for()

    bring(page, tmp_path / "een.csv", *ROWS, WRONG)
    page.wait_for_url("**/kolommen/")
    axe.check(page)
    page.get_by_label("Code of naam van het gebied").select_option(index=1)
    page.locator("select[name=periode]").select_option(index=2)
    page.get_by_label("Teller: hoe vaak kwam het voor?").select_option(index=3)
    page.get_by_label("Noemer: op hoeveel?").select_option(index=4)
    page.get_by_label("Of: alle rijen gaan over dit cijfer").select_option("vroeggeboorte")
    page.get_by_role("button", name="Controleer de rijen").click()
    page.get_by_text("gemeentecode GM9999 bestaat niet").wait_for()
    assert page.get_by_role("button", name="Neem de cijfers over").count() == 0
    axe.check(page)
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
    axe.check(page)
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


SECOND_ANALYST = "tweede.analist@demo.example"
VENLO = "/indicatoren/vroeggeboorte/?gebied=GM0983&periode=2025"


def take_step(page: Page, button: str) -> None:
    """The next step of a release, once everything it waits for is worked out."""

    def is_there() -> bool:
        page.reload()
        return page.get_by_role("button", name=button).count() > 0

    wait_until(is_there, seconds=90)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def test_the_handleiding_leads_on_to_what_everybody_reads_and_back(open_page, new_page, demo, tmp_path):
    first, second, visitor = open_page("analyst"), new_page(demo.url), open_page()
    sign_in(second, SECOND_ANALYST)
    visitor.goto(VENLO)
    before = visitor.locator(".stat__value").first.inner_text()

    # Step 5: what looks odd is taken over with a reason.
    path = tmp_path / "vier.csv"
    path.write_text("gemeentecode;periode;indicator;teller;noemer\nGM0983;2025;vroeggeboorte;200;919\n")
    first.goto("/cijfers/")
    first.get_by_label("Bestand met cijfers").set_input_files(path)
    first.get_by_label("Bron van de cijfers").fill("Proef")
    first.get_by_role("button", name="Controleer het bestand").click()
    first.get_by_text("naar het gemiddelde van de laatste jaren").wait_for()
    delivery = first.url
    first.get_by_label("Ik heb de waarschuwingen bekeken").check()
    first.get_by_label("Waarom kloppen ze?").fill("Dit is een proef")
    first.get_by_role("button", name="Neem de cijfers over").click()
    first.get_by_text("vier.csv is ingelezen").wait_for()

    # Steps 7 and 8: it is worked out, and somebody else approves what the first one looked at.
    first.goto("/cijfers/uitgaven/")
    first.locator("tr", has_text="Concept").get_by_role("link").first.click()
    first.wait_for_load_state()
    take_step(first, "Ik heb dit gecontroleerd")
    first.get_by_text("Vraag een andere analist").wait_for()
    axe.check(first)
    visitor.reload()
    assert visitor.locator(".stat__value").first.inner_text() == before
    second.goto(first.url)
    take_step(second, "Keur goed")
    take_step(second, "Publiceer")
    second.get_by_text("Iedereen leest nu deze cijfers.").wait_for()
    visitor.reload()
    assert visitor.locator(".stat__value").first.inner_text() == "21,8%"
    assert "200 van" not in visitor.content()

    # Step 9: the figure is withdrawn at once, and the release before comes back.
    first.goto("/cijfers/uitgaven/#intrekken")
    first.get_by_label("Cijfer", exact=True).select_option("vroeggeboorte")
    first.get_by_label("Periode", exact=True).select_option("2025")
    first.get_by_label("Gebied", exact=True).fill("GM0983")
    first.get_by_label("Reden").fill("Dit was een proef")
    first.get_by_role("button", name="Trek dit cijfer in").click()
    visitor.reload()
    visitor.get_by_text("Niet getoond: dit cijfer is ingetrokken").first.wait_for()
    first.goto("/cijfers/uitgaven/")
    first.get_by_role("button", name="Toon weer").click()
    first.goto("/cijfers/uitgaven/1/")
    first.get_by_role("button", name="Ga terug naar deze uitgave").click()
    first.get_by_text("Iedereen leest nu weer de cijfers van deze uitgave.").wait_for()
    visitor.reload()
    assert visitor.locator(".stat__value").first.inner_text() == before
    first.goto(delivery)
    first.get_by_text("Deze levering terugdraaien").click()
    first.get_by_label("Waarom draai je deze levering terug?").fill("Dit was een proef")
    first.get_by_role("button", name="Draai terug").click()
    first.get_by_text("vier.csv is teruggedraaid").wait_for()
