"""Every page of the portal, for each role, and the states of a page that need an act first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

COALITION = "/coalities/noord-en-midden-limburg"


def as_it_is(page: Page) -> None:
    """Nothing has to happen first."""


@dataclass(frozen=True)
class Screen:
    """One page as one role sees it."""

    name: str
    path: str
    role: str = ""
    status: int = 200
    prepare: Callable[[Page], None] = as_it_is


def send(button: str) -> Callable[[Page], None]:
    """Send the form of the page as it is; where it is empty, its errors appear."""

    def prepare(page: Page) -> None:
        page.locator("main").get_by_role("button", name=button).first.click()
        page.wait_for_load_state()

    return prepare


def unfold(page: Page) -> None:
    """Open every part that is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true })")


PUBLIC = (
    Screen("home", "/"),
    Screen("coalities", "/coalities/"),
    Screen("coalities-leeg", "/coalities/?zoek=bestaatniet"),
    Screen("coalitie", f"{COALITION}/"),
    Screen("coalitie-klein", "/coalities/leeuwarden/"),
    Screen("gemeenten", "/gemeenten/"),
    Screen("gemeente", "/gemeenten/GM0983/"),
    Screen("indicatoren", "/indicatoren/"),
    Screen("indicator", "/indicatoren/inwoners-per-huishouden/"),
    Screen("indicator-demonstratie", "/indicatoren/vroeggeboorte/"),
    Screen("verantwoording", "/verantwoording/"),
    Screen("verificatie", "/verificatie/"),
    Screen("toegankelijkheid", "/toegankelijkheid/"),
    Screen("privacy", "/privacy/"),
    Screen("contact", "/contact/"),
    Screen("begrippen", "/begrippen/"),
    Screen("demo-post", "/demo/post/"),
    Screen("niet-gevonden", "/bestaat-niet/", status=404),
)
ACCOUNT = (
    Screen("inloggen", "/inloggen/"),
    Screen("inloggen-fout", "/inloggen/", prepare=send("Inloggen")),
    Screen("code-vragen", "/account/login/code/"),
    Screen("code-vragen-fout", "/account/login/code/", prepare=send("Stuur mij een code")),
    Screen("wachtwoord-vergeten", "/account/password/reset/"),
    Screen("registreren-dicht", "/account/signup/"),
    Screen("uitloggen", "/account/logout/", "partner"),
    Screen("mailadressen", "/account/email/", "partner"),
    Screen("wachtwoord-wijzigen", "/account/password/change/", "partner"),
    Screen("wachtwoord-wijzigen-fout", "/account/password/change/", "partner", prepare=send("wachtwoord")),
    Screen("sessies", "/account/sessions/", "partner"),
    Screen("beveiliging", "/account/2fa/", "partner"),
    Screen("opnieuw-inloggen", "/account/reauthenticate/", "partner"),
)
COORDINATOR = (
    Screen("beheer", f"{COALITION}/beheer/", "coordinator"),
    Screen("leden", f"{COALITION}/leden/", "coordinator"),
    Screen("leden-gefilterd", f"{COALITION}/leden/?zoek=kraam", "coordinator"),
    Screen("leden-leeg", f"{COALITION}/leden/?zoek=bestaatniet", "coordinator"),
    Screen("bestuur-coordinator", f"{COALITION}/bestuur/", "coordinator"),
    Screen("coalitie-coordinator", f"{COALITION}/", "coordinator"),
    Screen("mijn-coordinator", "/mijn/", "coordinator"),
)
PARTNER = (
    Screen("mijn", "/mijn/", "partner"),
    Screen("leden-partner", f"{COALITION}/leden/", "partner"),
    Screen("geen-toegang", f"{COALITION}/beheer/", "partner", status=403),
    Screen("buiten-bereik", "/coalities/zuid-limburg/leden/", "partner", status=404),
)
ALDERMAN = (
    Screen("bestuur", f"{COALITION}/bestuur/", "alderman"),
    Screen("mijn-wethouder", "/mijn/", "alderman"),
)
ANALYST = (
    Screen("cijfers", "/cijfers/", "analyst"),
)
ADMINISTRATOR = (
    Screen("platform", "/platform/", "administrator"),
)
SCREENS = (*PUBLIC, *ACCOUNT, *COORDINATOR, *PARTNER, *ALDERMAN, *ANALYST, *ADMINISTRATOR)


def show(page: Page, screen: Screen) -> None:
    """Bring the page to this screen."""
    page.watch.expect(screen.status)
    response = page.goto(screen.path)
    assert response.status == screen.status, f"{screen.path}: {response.status}"
    screen.prepare(page)
