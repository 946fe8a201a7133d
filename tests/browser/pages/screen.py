"""A screen, and what people do to get there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.signing_in import ACCOUNTS, PASSWORD

COALITION = "/coalities/noord-en-midden-limburg"
TEXT = f"{COALITION}/convenant/convenant-kansrijke-start-noord-en-midden-limburg"
ORGANISATION = "coalitions:organisation-detail"
MAIL = "portal:demo-mail-detail"


def as_it_is(page: Page) -> None:
    """Nothing has to happen first."""


@dataclass(frozen=True)
class Screen:
    """One page as one role sees it, in one of its states."""

    name: str
    path: str
    role: str = ""
    status: int = 200
    # Where the address is not known beforehand: on each page from `path` on, the first link of this kind.
    links: tuple[str, ...] = ()
    prepare: Callable[[Page], None] = as_it_is
    # The name of the address where links and `prepare` end; without it that of `path`.
    ends_at: str = ""


def send(button: str) -> Callable[[Page], None]:
    """Send the form as it is; where it is empty, its errors appear."""

    def prepare(page: Page) -> None:
        page.watch.expect(422)
        page.locator("main").get_by_role("button", name=button).first.click()
        page.get_by_role("heading", name="Er is iets niet goed ingevuld").wait_for()

    return prepare


def follow(links: str) -> Callable[[Page], None]:
    """Go on by the first of these links."""

    def prepare(page: Page) -> None:
        link = page.locator(f"main {links}").first
        target = link.get_attribute("href")
        link.click()
        page.wait_for_url(f"**{target}")

    return prepare


def confirm_password(page: Page) -> None:
    """Pass the page that asks for the password once more; for minutes it asks only once."""
    if "/reauthenticate/" not in page.url:
        return
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bevestigen").click()
    page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def ask_for_code(role: str) -> Callable[[Page], None]:
    """Go on to the page that asks for the code from the mail; one address gets three a minute."""

    def prepare(page: Page) -> None:
        page.get_by_label("E-mailadres").fill(ACCOUNTS[role])
        page.get_by_role("button", name="Stuur mij een code").click()
        page.wait_for_url("**/confirm/")

    return prepare


TABLE = (
    "Naam;Soort;Gemeente;KvK-nummer;Beschrijving\n"
    "Kraamzorg Maas (proef);kraamzorg;Venlo;01234567;\n"
    "Welzijn Peel (proef);onbekend;Peel en Maas;;\n"
    "Jeugdhulp Roer (proef);jeugdhulp;Roermond;;dossier 111222333\n"
    "Welzijn Noord 1 (demo);welzijn;Beesel;;\n"
)


ACTION_TABLE = (
    "Actie;Thema;Soort;Trekker;Klaar op;Waar;Waarom\n"
    "Warm overdragen (proef);;warme overdracht;;31-12-2026;Venlo;Ouders vallen in een gat\n"
    "Samen eten (proef);Bestaat niet;;;;;\n"
    "Eén gezicht (proef);;;Onbekend BV;;;\n"
    "Ouderschapscursus Stevig Ouderschap in Noord-Limburg;;;;31-12-2027;;\n"
)


CONTRIBUTION_TABLE = (
    "Organisatie;Geldbron;Bedrag;Stand;Besloten op\n"
    "Venlo;;1.250,50;Besloten;1-3-2025\n"
    "Beesel;Bestaat niet;100;;\n"
    "Onbekend BV;;100;;\n"
)


ATTENDANCE_TABLE = (
    "Naam;E-mail;Organisatie;Niveau;Aanwezig\n"
    "Nieuw gezicht (proef);nieuw@proef.example;Gemeente Venlo;bestuur;ja\n"
    "Was er niet (proef);;;;nee\n"
    "Van elders (proef);;Onbekend BV;;ja\n"
)


def bring_in(name: str, table: str) -> Callable[[Page], None]:
    """Bring in a table with a row of each kind; it is never saved."""

    def prepare(page: Page) -> None:
        page.get_by_label("Bestand", exact=True).set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": table.encode()}
        )
        press("Verder naar de kolommen")(page)

    return prepare


upload = bring_in("leden.csv", TABLE)
upload_actions = bring_in("acties.csv", ACTION_TABLE)
upload_contributions = bring_in("bijdragen.csv", CONTRIBUTION_TABLE)
upload_attendances = bring_in("aanwezig.csv", ATTENDANCE_TABLE)


def press(button: str) -> Callable[[Page], None]:
    """Send a form that is right, and see the next page."""

    def prepare(page: Page) -> None:
        before = page.url
        page.locator("main").get_by_role("button", name=button).first.click()
        page.wait_for_url(lambda url: url != before)

    return prepare


def open_here(link: str) -> Callable[[Page], None]:
    """Open a form on the same page by a link that starts with these words."""

    def prepare(page: Page) -> None:
        page.get_by_role("link", name=link).first.click()
        page.locator("main textarea").wait_for()

    return prepare


def paste_a_text(page: Page) -> None:
    """Let a text be recognised, and stay before it is kept."""
    page.get_by_label("Plak hier de tekst").fill("Convenant\nArtikel 1 Doel\n1. Samen.\n2. Vroeg.\na. nu")
    page.get_by_role("button", name="Herken de tekst").click()
    page.get_by_text("Er is nog niets opgeslagen").wait_for()


def go_to(path: str) -> Callable[[Page], None]:
    def prepare(page: Page) -> None:
        page.goto(path)

    return prepare


def then(*acts: Callable[[Page], None]) -> Callable[[Page], None]:
    """One act after the other."""

    def prepare(page: Page) -> None:
        for act in acts:
            act(page)

    return prepare


def check_a_file(page: Page) -> None:
    """Hand in a file that is none of ours."""
    file = {"name": "vreemd.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 rommel"}
    page.get_by_label("PDF-bestand").set_input_files(file)
    page.get_by_role("button", name="Controleer bestand").click()
    page.wait_for_url("**/bestand/")


def choose_everybody(page: Page) -> None:
    """Choose all people of the coalition and see how many that are."""
    page.get_by_label("Iedereen in de coalitie").check()
    page.get_by_role("button", name="Toon wie dat zijn").click()
    page.get_by_text("bij je keuze").wait_for()


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


def look_at_invitation(page: Page) -> None:
    """Choose the first organisation and look at the mail, which is not sent."""
    page.locator("main input[type=checkbox]").first.check()
    page.get_by_role("button", name="Bekijk de mail").click()
    page.get_by_role("heading", name="Zo ziet de mail eruit").wait_for()


def fill_in_join_request(page: Page) -> None:
    """Answer the three steps; the fourth shows everything and sends nothing yet."""
    page.get_by_label("Naam van de organisatie").fill("Kraamzorg De Ooievaar")
    page.get_by_label("Soort organisatie").select_option("kraamzorg")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Waarom wilt u meedoen?").fill("Wij komen bij veel gezinnen thuis.")
    page.get_by_label("Wij willen meedoen").check()
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Uw naam").fill("Functionaris kraamzorg")
    page.get_by_label("Uw functie").fill("manager")
    page.get_by_label("Uw mailadres").fill("manager@ooievaar.example")
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Verstuur de aanmelding").wait_for()


FIRST_LINK = """([html, links]) => new DOMParser().parseFromString(html, "text/html")
    .querySelector(`main :is(${links})`)?.getAttribute("href")"""


def first_link(page: Page, path: str, links: str) -> str:
    """Where the first of these links on another page leads; that page is read and not shown, for it is a
    screen of its own."""
    # The server may just be closing the connection that was kept.
    answer = page.request.get(path, max_retries=1)
    assert answer.status == 200, f"{path}: {answer.status}"
    found = page.evaluate(FIRST_LINK, [answer.text(), links])
    assert found, f"{path} has no {links}"
    return found


def show(page: Page, screen: Screen) -> None:
    """Bring the page to this screen."""
    page.watch.expect(screen.status)
    path = screen.path
    for links in screen.links:
        path = first_link(page, path, links)
    response = page.goto(path)
    assert response.status == screen.status, f"{path}: {response.status}"
    screen.prepare(page)
