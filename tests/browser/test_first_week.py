"""A coordinator's first week on an empty coalition: from a table of 86 organisations to a living list."""

import io
import re

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser import axe
from tests.browser.pages.screen import fill_in_join_request, unfold

SLUG = "/coalities/eerste-week"
COORDINATOR = "kwartiermaker-eerste-week@demo.example"
TOWNS = ("Groningen", "Oldambt", "Het Hogeland")
# Nobody for schuldhulp, which is found as a gap on Thursday.
KINDS = ("kraamzorg", "welzijn", "jeugdhulp", "kinderopvang", "verloskundigenpraktijk", "vrijwilligers")
COUNT = 86
# Two rows that turn out to be one organisation.
TWINS = ("Kraamzorg De Noordster", "Kraamzorg De Noorderster")
HEADER = ("Naam", "Soort", "Gemeente", "Algemeen mailadres", "Stand", "Lid sinds")


def table() -> bytes:
    """The spreadsheet that she brings along."""
    rows: list[tuple[str, ...]] = [
        (name, "kraamzorg", TOWNS[0], f"noordster-{place}@voorbeeld.example", "Lid", "01-03-2024")
        for place, name in enumerate(TWINS)
    ]
    for number in range(COUNT - len(TWINS)):
        kind, town = KINDS[number % len(KINDS)], TOWNS[number % len(TOWNS)]
        state, since = ("Lid", "01-03-2024") if number % 4 else ("Gewenst", "")
        address = f"post-{number}@voorbeeld.example"
        rows.append((f"{kind.capitalize()} {town} {number}", kind, town, address, state, since))
    book = Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def found_the_coalition(page: Page) -> None:
    """The administrator makes the coalition and invites who will coordinate it."""
    page.goto("/platform/coalities/nieuw/")
    page.get_by_label("Naam van de coalitie").fill("Eerste week")
    page.get_by_label("Gemeenten", exact=False).last.fill("\n".join(TOWNS))
    page.get_by_label("Naam van de eerste coördinator").fill("Kwartiermaker Eerste week")
    page.get_by_label("Mailadres van de coördinator").fill(COORDINATOR)
    page.locator("main form").last.get_by_role("button").first.click()
    page.get_by_text("De coalitie Eerste week staat klaar.").wait_for()


def newest_link(page: Page, recipient: str, path: str) -> str:
    """The link to `path` in the newest mail of the demo to somebody."""
    page.goto("/demo/post/")
    page.locator("tbody tr").filter(has_text=recipient).first.get_by_role("link").click()
    found = re.search(rf"https?://[^/\s]+({path}\S+)", page.locator("article").inner_text())
    assert found
    return found[1]


def bring_in(page: Page, content: bytes, name: str) -> None:
    """A file, its columns as they are recognised, up to the check of every row."""
    page.goto(f"{SLUG}/leden/importeren/")
    page.get_by_label("Bestand").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Verder naar de kolommen").click()
    page.get_by_role("button", name="Controleer de regels").click()
    page.get_by_role("heading", name="Controle van de import").wait_for()


def stat(page: Page, label: str) -> str:
    """A number above the rows of an import."""
    return page.locator(".stat").filter(has_text=re.compile(rf"^\s*\d*\s*{label}|{label}")).first.inner_text()


def import_everybody(page: Page) -> None:
    bring_in(page, table(), "netwerk.xlsx")
    assert f"{COUNT}" in stat(page, "Nieuw")
    axe.check(page)
    page.get_by_role("button", name="Sla deze import op").click()
    page.get_by_text("de import is opgeslagen").wait_for()


def invite_three(page: Page) -> None:
    page.goto(f"{SLUG}/beheer/leden/uitnodigen/")
    boxes = page.locator("main input[type=checkbox]")
    for place in range(3):
        boxes.nth(place).check()
    page.get_by_role("button", name="Bekijk de mail").click()
    page.get_by_role("button", name="Verstuur 3 mails").click()
    page.wait_for_url(lambda url: "uitnodigen" not in url)
    page.goto(f"{SLUG}/beheer/leden/?stand=invited")
    expect(page.locator("tbody tr")).to_have_count(3)


def admit_who_asks(page: Page, visitor: Page) -> None:
    visitor.goto(f"{SLUG}/aanmelden/")
    fill_in_join_request(visitor)
    visitor.get_by_role("button", name="Verstuur de aanmelding").click()
    visitor.wait_for_url("**/aanmelden/klaar/")
    page.goto(f"{SLUG}/beheer/")
    page.get_by_role("link", name=re.compile("aanmelding", re.IGNORECASE)).first.click()
    if page.url.endswith("/aanmeldingen/"):
        page.locator("main").get_by_role("link", name="Kraamzorg De Ooievaar").first.click()
    page.get_by_role("link", name="Laat toe").click()
    page.get_by_label("Een nieuwe organisatie").check()
    page.get_by_role("button", name="Laat toe en stuur de mail").click()
    page.get_by_text("Kraamzorg De Ooievaar").first.wait_for()
    page.goto(f"{SLUG}/leden/?zoek=ooievaar")
    expect(page.locator("tbody tr")).to_have_count(1)


def row_of(page: Page, name: str) -> Locator:
    """The rows of a table about somebody."""
    return page.locator("tbody tr").filter(has_text=name)


def hand_the_team_over(page: Page) -> None:
    """Somebody of the team is succeeded by somebody else from today."""
    page.goto(f"{SLUG}/rollen/nieuw/")
    page.get_by_label("kernteam", exact=False).check()
    page.get_by_label("Naam", exact=True).fill("Teamlid Voorheen")
    page.get_by_label("Mailadres").fill("teamlid-voorheen@demo.example")
    page.get_by_role("button", name="Geef de rol").click()
    row_of(page, "Teamlid Voorheen").get_by_role("link", name="Draag over").click()
    page.get_by_label("Naam", exact=True).fill("Teamlid Voortaan")
    page.get_by_label("Mailadres").fill("teamlid-voortaan@demo.example")
    page.get_by_role("button", name="Draag over").click()
    row_of(page, "Teamlid Voortaan").get_by_role("link", name="Draag over").wait_for()
    expect(row_of(page, "Teamlid Voorheen").get_by_role("link", name="Draag over")).to_have_count(0)


def merge_the_twins(page: Page) -> None:
    page.goto(f"{SLUG}/dubbele-organisaties/")
    pair = page.locator("main li").filter(has_text=TWINS[0]).filter(has_text=TWINS[1]).first
    pair.get_by_role("link", name="Bekijk en voeg samen").click()
    page.get_by_role("heading", name="Dit gebeurt er").wait_for()
    axe.check(page)
    page.get_by_role("button", name="Ja, voeg samen").click()
    page.wait_for_url(lambda url: "samenvoegen" not in url)
    page.goto(f"{SLUG}/leden/?zoek=noord")
    expect(page.locator("tbody tr").filter(has_text="De Noord")).to_have_count(1)


def fill_a_gap(page: Page) -> None:
    page.goto(f"{SLUG}/wie-missen-we/")
    unfold(page)
    gap = page.locator("li").filter(has_text="In Oldambt doet nog geen schuldhulp mee.")
    gap.get_by_role("button", name="Zet op de wenslijst").click()
    page.get_by_text("wenslijst").first.wait_for()
    page.goto(f"{SLUG}/wie-missen-we/")
    unfold(page)
    expect(page.get_by_text("In Oldambt doet nog geen schuldhulp mee.")).to_have_count(0)


def nothing_changes_by_its_own_export(page: Page) -> None:
    content = page.request.get(f"{SLUG}/leden.xlsx").body()
    rows = len(list(load_workbook(io.BytesIO(content)).active.values)) - 1
    assert rows > 60
    bring_in(page, content, "leden-eerste-week.xlsx")
    assert f"{rows}" in stat(page, "Ongewijzigd")
    page.get_by_text("Alles in dit bestand staat er al zo in.").wait_for()
    axe.check(page)


def test_the_first_week_of_a_coordinator(open_page):
    administrator = open_page("administrator")
    found_the_coalition(administrator)
    link = newest_link(administrator, COORDINATOR, "/")

    page = open_page()
    page.goto(link)
    page.get_by_role("button", name="Maak mijn account").click()
    page.wait_for_url(lambda url: "/uitnodiging" not in url)
    page.goto(f"{SLUG}/beheer/")
    axe.check(page)

    import_everybody(page)
    invite_three(page)
    admit_who_asks(page, open_page())
    hand_the_team_over(page)
    merge_the_twins(page)
    fill_a_gap(page)
    nothing_changes_by_its_own_export(page)
