"""Every page of the portal, for each role, and the states of a page that need an act first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.signing_in import ACCOUNTS, PASSWORD

COALITION = "/coalities/noord-en-midden-limburg"
TEXT = f"{COALITION}/convenant/convenant-kansrijke-start-noord-en-midden-limburg"
ORGANISATION = "coalitions:organisation-detail"
MAIL = "portal:demo-mail-detail"
# Addresses that show no page of their own, and pages that other tests of this folder look at.
NO_SCREENS = {
    "actions:announcement-progress": "part of the page of one message",
    "actions:announcement-throw-away": "act",
    "actions:announcement-try-out": "act",
    "actions:outcome-at-once": "act",
    "actions:outcome-detach": "act",
    "actions:action-csv": "download",
    "actions:action-move": "act",
    "actions:action-xlsx": "download",
    "actions:adoption-csv": "download",
    "actions:kit-download": "download",
    "actions:kit-item-remove": "act",
    "actions:tool-remove": "act",
    "actions:tool-use": "act",
    "actions:agenda-item-lift": "act",
    "actions:agenda-item-remove": "act",
    "actions:bottleneck-csv": "download",
    "actions:bottleneck-recognise": "act",
    "actions:national-csv": "download",
    "actions:national-xlsx": "download",
    "actions:report-fix": "act",
    "actions:report-save": "part of the page of one report",
    "actions:round-csv": "download",
    "actions:round-remind": "act",
    "actions:round-xlsx": "download",
    "actions:allocation-remove": "act",
    "actions:budget-adopt": "act",
    "actions:budget-close": "act",
    "actions:budget-reopen": "act",
    "actions:calendar-feed": "for calendar programs",
    "actions:calendar-renew": "act",
    "actions:calendar-stop": "act",
    "actions:consultation-remove": "act",
    "actions:contribution-csv": "download",
    "actions:contribution-receive": "act",
    "actions:decision-finish": "act",
    "actions:invitation-withdraw": "act",
    "actions:meeting-announce": "act",
    "actions:meeting-answer": "act",
    "actions:meeting-csv": "download",
    "actions:meeting-hold": "act",
    "actions:meeting-ics": "download",
    "actions:meeting-link": "test_meeting",
    "actions:meeting-link-ics": "download",
    "actions:meeting-register": "act",
    "actions:milestone-step": "act",
    "actions:minutes-fix": "act",
    "actions:origin-remove": "act",
    "actions:partner-remove": "act",
    "actions:programme-document": "download",
    "actions:question-remove": "act",
    "actions:speaker-remove": "act",
    "actions:table-note-remove": "act",
    "portal:demo-mail-attachment": "download",
    "coalitions:linking-role-csv": "download",
    "coalitions:linking-role-end": "act",
    "coalitions:location-edit": "the same form as location-add",
    "coalitions:location-remove": "act",
    "coalitions:mandate-check": "act",
    "coalitions:organisation-confirm": "act",
    "coalitions:organisation-csv": "download",
    "coalitions:organisation-keep-apart": "act",
    "coalitions:organisation-link-end": "act",
    "coalitions:organisation-restore": "act",
    "coalitions:organisation-xlsx": "download",
    "coalitions:platform-coalition-replaces-local": "act",
    "coalitions:mandate-evidence": "download",
    "coalitions:member-csv": "download",
    "coalitions:member-import-answer": "act",
    "coalitions:member-import-cancel": "act",
    "coalitions:member-import-confirm": "act",
    "coalitions:member-import-issues": "download",
    "coalitions:member-import-not-bsn": "act",
    "coalitions:member-import-progress": "part of the page of one import",
    "coalitions:member-import-undo": "act",
    "coalitions:member-people-csv": "download",
    "coalitions:agreement-file": "download",
    "coalitions:list-entry-finish": "act",
    "coalitions:working-group-document": "download",
    "coalitions:working-group-document-remove": "act",
    "coalitions:working-group-join": "act",
    "coalitions:working-group-leave": "act",
    "coalitions:working-group-person-end": "act",
    "coalitions:working-group-support": "act",
    "coalitions:working-group-unsupport": "act",
    "coalitions:member-people-xlsx": "download",
    "coalitions:member-xlsx": "download",
    "coalitions:bulk-send": "act",
    "coalitions:contact-step": "act",
    "coalitions:data-export-download": "download",
    "coalitions:data-export-order": "act",
    "coalitions:document-download": "download",
    "coalitions:document-remove": "act",
    "coalitions:gap-fill-everywhere": "act",
    "coalitions:gap-fill": "act",
    "coalitions:role-document": "download",
    "coalitions:join-request": "goes on to the first open step",
    "coalitions:join-request-done": "test_join_request",
    "coalitions:join-request-own": "test_join_request",
    "coalitions:join-request-take-up": "act",
    "coalitions:membership-add-known": "act",
    "coalitions:membership-move": "act",
    "coalitions:own-organisation": "as /mijn/organisatie/, for who speaks for several",
    "coalitions:platform-coalition-area": "act",
    "coalitions:retry-jobs": "act",
    "covenants:block-delete": "act",
    "covenants:block-move": "act",
    "covenants:comment-add": "act",
    "covenants:comment-answer": "act",
    "covenants:draft-paste-save": "act",
    "covenants:edit-undo": "act",
    "covenants:freeze-confirm": "act",
    "covenants:freeze-propose": "act",
    "covenants:freeze-withdraw": "act",
    "covenants:version-pdf": "download",
    "covenants:accession-ask": "act",
    "covenants:accession-decide": "act",
    "covenants:accession-voice": "act",
    "covenants:evening-save": "act",
    "covenants:named-members": "only for who signs for a VSV; as other forms of one field",
    "covenants:withdrawal-shorten": "needs a notice; as other forms of two fields",
    "covenants:outside-confirm": "act",
    "covenants:outside-detail": "test_signing",
    "covenants:outside-evidence": "download",
    "covenants:outside-list": "test_signing",
    "covenants:outside-reject": "act",
    "covenants:round-close": "act",
    "covenants:round-list": "test_signing",
    "covenants:signed": "test_signing",
    "covenants:signing": "test_signing",
    "covenants:signing-link": "test_signing",
    "covenants:signing-link-renew": "test_signing",
    "covenants:signing-proof": "test_signing",
    "covenants:signing-proof-again": "act",
    "covenants:signing-statement": "download",
    "covenants:signing-text": "download",
    "covenants:withdrawal": "test_signing",
    "covenants:withdrawal-proof": "test_signing",
    "covenants:withdrawal-retract": "act",
    "covenants:ceremony-names": "part of the big screen",
    "covenants:covenant-export": "download",
    "covenants:register-csv": "download",
    "covenants:register-json": "download",
    "covenants:round-remind": "act",
    "covenants:verification-code": "act",
    "covenants:verification-json": "download",
    "covenants:verification-pdf": "download",
    "monitoring:indicator-choice-add": "act",
    "monitoring:indicator-choice-move": "act",
    "monitoring:indicator-choice-remove": "act",
    "monitoring:indicator-csv": "download",
    "monitoring:indicator-json": "download",
    "monitoring:indicator-xlsx": "download",
    "monitoring:delivery-accept": "act",
    "monitoring:delivery-columns": "test_delivery",
    "monitoring:delivery-detail": "test_delivery",
    "monitoring:delivery-cancel": "act",
    "monitoring:delivery-import": "act of /cijfers/",
    "monitoring:board-item-close": "act",
    "monitoring:board-pdf": "download",
    "monitoring:region-file": "download",
    "monitoring:interpretation-csv": "download",
    "monitoring:interpretation-withdraw": "act",
    "monitoring:indicator-svg": "download",
    "monitoring:api-areas": "for programs",
    "monitoring:api-description": "for programs",
    "monitoring:api-figures": "for programs",
    "monitoring:api-indicators": "for programs",
    "monitoring:delivery-issues": "download",
    "monitoring:delivery-template-csv": "download",
    "monitoring:delivery-template-xlsx": "download",
    "monitoring:delivery-undo": "act",
    "monitoring:figure-restore": "act",
    "monitoring:figure-withdraw": "act",
    "monitoring:release-approve": "act",
    "monitoring:release-check": "act",
    "monitoring:release-publish": "act",
    "monitoring:release-roll-back": "act",
    "monitoring:release-send-back": "act",
    "monitoring:run-cancel": "act",
    "monitoring:run-order": "act",
    "monitoring:run-retry": "act",
    "monitoring:run-progress": "part of /cijfers/",
    "portal:health": "for load balancers",
    "portal:landing": "goes on to the work of each role",
    "account_set_password": "only for whoever has no password",
    "mfa_authenticate": "test_real_start",
    "mfa_view_recovery_codes": "test_real_start",
    "mfa_generate_recovery_codes": "test_passkey",
    "mfa_download_recovery_codes": "download",
    "mfa_deactivate_totp": "test_real_start",
    "mfa_reauthenticate": "test_real_start",
    "mfa_reauthenticate_webauthn": "act",
    "mfa_list_webauthn": "test_passkey",
    "mfa_add_webauthn": "test_passkey",
    "mfa_edit_webauthn": "test_passkey",
    "mfa_remove_webauthn": "test_passkey",
    "mfa_login_webauthn": "act",
}
# Pages of log-in services from outside, which an organisation sets up for itself.
OTHER_SERVICES = ("socialaccount_", "openid_connect_")


def as_it_is(page: Page) -> None:
    """Nothing has to happen first."""


@dataclass(frozen=True)
class Screen:
    """One page as one role sees it, in one of its states."""

    name: str
    path: str
    role: str = ""
    status: int = 200
    prepare: Callable[[Page], None] = as_it_is
    # The name of the address where `prepare` ends; without it that of `path`.
    ends_at: str = ""


def send(button: str, *, status: int = 200) -> Callable[[Page], None]:
    """Send the form as it is; where it is empty, its errors appear."""

    def prepare(page: Page) -> None:
        page.watch.expect(status)
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


def upload(page: Page) -> None:
    """Bring in a table with a row of each kind; it is never saved."""
    page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "leden.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    press("Verder naar de kolommen")(page)


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


PUBLIC = (
    Screen("parels", "/parels/"),
    Screen("parels-leeg", "/parels/?zoek=bestaatniet"),
    Screen("parel", "/parels/een-kaart-met-alle-nummers/"),
    Screen("interventies", "/interventies/"),
    Screen("interventie", "/interventies/voorzorg/"),
    Screen("gereedschap", "/gereedschap/"),
    Screen("home", "/"),
    Screen("home-menu-open", "/", prepare=unfold),
    Screen("gemeente-onbekend", "/gemeenten/zoek/?naam=bestaatniet"),
    Screen("coalities", "/coalities/"),
    Screen("coalities-leeg", "/coalities/?zoek=bestaatniet"),
    Screen("coalitie", f"{COALITION}/"),
    Screen("convenant", f"{COALITION}/convenant/"),
    Screen("convenant-document", f"{TEXT}/"),
    Screen("convenant-versie", f"{TEXT}/versie-1/"),
    Screen("convenant-leeg", "/coalities/leeuwarden/convenant/"),
    Screen("coalitie-klein", "/coalities/leeuwarden/"),
    Screen("aanmelden", f"{COALITION}/aanmelden/", ends_at="coalitions:join-request-step"),
    Screen(
        "aanmelden-fout",
        f"{COALITION}/aanmelden/contact/",
        prepare=send("Verder"),
    ),
    Screen(
        "aanmelden-controleren",
        f"{COALITION}/aanmelden/organisatie/",
        prepare=fill_in_join_request,
        ends_at="coalitions:join-request-step",
    ),
    Screen("geboortezorg", "/geboortezorg/"),
    Screen("geboortezorg-leeg", "/geboortezorg/?zoek=bestaatniet"),
    Screen(
        "geboortezorg-organisatie",
        "/geboortezorg/?soort=vsv",
        prepare=follow("td a[href^='/geboortezorg/']"),
        ends_at="coalitions:birth-care-detail",
    ),
    Screen("gemeenten", "/gemeenten/"),
    Screen("gemeente", "/gemeenten/GM0983/"),
    Screen("indicatoren", "/indicatoren/"),
    Screen("indicator", "/indicatoren/inwoners-per-huishouden/"),
    Screen("duiding", f"{COALITION}/cijfers/vroeggeboorte/duiding/", "coordinator"),
    Screen("duiding-nieuw", f"{COALITION}/cijfers/vroeggeboorte/duiding/nieuw/", "coordinator"),
    Screen("cijfers-streek", f"{COALITION}/cijfers/"),
    Screen("cijfers-vergelijken", f"{COALITION}/cijfers/vergelijken/"),
    Screen(
        "cijfers-vergeleken",
        f"{COALITION}/cijfers/vergelijken/?gebied1=GM0983&gebied2=GM0889&gebied3=noord-en-midden-limburg",
    ),
    Screen("indicator-streek", "/indicatoren/kinderen-0-4/?gebied=noord-en-midden-limburg"),
    Screen("indicator-demonstratie", "/indicatoren/vroeggeboorte/"),
    Screen("verantwoording", "/verantwoording/"),
    Screen("register", f"{COALITION}/convenant/register/"),
    Screen("register-toen", f"{COALITION}/convenant/register/?op=2021-12-31&zoek=gemeente"),
    Screen("register-leeg", f"{COALITION}/convenant/register/?op=2019-01-01"),
    Screen("verificatie", "/verificatie/"),
    Screen("verificatie-code-fout", "/verificatie/", prepare=send("Zoek document", status=422)),
    Screen("verificatie-code-onbekend", f"/verificatie/{'0' * 16}/", status=404),
    Screen(
        "verificatie-bestand", "/verificatie/", prepare=check_a_file, ends_at="covenants:verification-upload"
    ),
    Screen("toegankelijkheid", "/toegankelijkheid/"),
    Screen("privacy", "/privacy/"),
    Screen("contact", "/contact/"),
    Screen("begrippen", "/begrippen/"),
    Screen("niet-gevonden", "/bestaat-niet/", status=404),
)
ACCOUNT = (
    Screen("inloggen", "/inloggen/"),
    Screen("inloggen-fout", "/inloggen/", prepare=send("Inloggen")),
    Screen("code-vragen", "/account/login/code/"),
    Screen("code-vragen-fout", "/account/login/code/", prepare=send("Stuur mij een code")),
    Screen(
        "code-invullen",
        "/account/login/code/",
        prepare=ask_for_code("partner"),
        ends_at="account_confirm_login_code",
    ),
    Screen("demo-post", "/demo/post/"),
    Screen(
        "demo-mail",
        "/account/login/code/",
        prepare=then(ask_for_code("analyst"), go_to("/demo/post/"), follow("a[href^='/demo/post/']")),
        ends_at=MAIL,
    ),
    Screen("wachtwoord-vergeten", "/account/password/reset/"),
    Screen("wachtwoord-vergeten-gestuurd", "/account/password/reset/done/"),
    Screen("wachtwoord-vergeten-link-verlopen", "/account/password/reset/key/1-bestaat-niet/"),
    Screen("wachtwoord-vergeten-klaar", "/account/password/reset/key/done/"),
    Screen("registreren-dicht", "/account/signup/"),
    Screen("account-staat-uit", "/account/inactive/"),
    Screen("mailadres-bevestigen", "/account/confirm-email/"),
    Screen("mailadres-link-verlopen", "/account/confirm-email/bestaat-niet/"),
    Screen("uitnodiging-onbekend", "/uitnodiging/bestaat-niet/", status=404),
    Screen("uitloggen", "/account/logout/", "partner"),
    Screen("account-menu-open", "/mijn/", "partner", prepare=unfold),
    Screen("profiel", "/mijn/profiel/", "partner"),
    Screen("mailadressen", "/account/email/", "partner"),
    Screen("wachtwoord-wijzigen", "/account/password/change/", "partner"),
    Screen("wachtwoord-wijzigen-fout", "/account/password/change/", "partner", prepare=send("wachtwoord")),
    Screen("mailkeuze", "/mijn/voorkeuren/", "partner"),
    Screen("afmelden-onbekend", "/afmelden/bestaat-niet/", status=404),
    Screen("sessies", "/account/sessions/", "partner"),
    Screen("beveiliging", "/account/2fa/", "partner"),
    Screen("opnieuw-inloggen", "/account/reauthenticate/", "partner"),
    Screen(
        "app-instellen",
        "/account/2fa/totp/activate/",
        "partner",
        prepare=confirm_password,
        ends_at="mfa_activate_totp",
    ),
)
MEETINGS = f"{COALITION}/bijeenkomsten"
PROGRAMME = f"{COALITION}/actieprogramma"
ACTION = f"{COALITION}/acties"
BOTTLENECKS = f"{COALITION}/knelpunten"
GEM = "/parels/een-kaart-met-alle-nummers"
TO_COME = "?zoek=samen+door"
AT_TABLES = "?zoek=van+idee"


def of_meeting(search: str, page: str) -> Callable[[Page], None]:
    """Open the meeting that was searched for, and from there one of its pages."""
    return then(follow("tbody th a"), follow(f"a[href$='/{page}/']"))


BUDGETS = f"{COALITION}/begroting"


def of_budget(place: int, then_follow: str) -> Callable[[Page], None]:
    """Open the year at `place` in the list, and from there a page by the end of its address."""
    return then(follow(f"tbody tr:nth-child({place}) th a"), follow(f"main a[href$='{then_follow}']"))


# The first year of the list is still a draft with promises only; the second is adopted.
BUDGET_PAGES = (
    Screen("begrotingen", f"{BUDGETS}/", "coordinator"),
    Screen("begroting-nieuw", f"{BUDGETS}/nieuw/", "coordinator"),
    Screen("geldbron-nieuw", f"{BUDGETS}/geldbron/", "coordinator"),
    *(
        Screen(
            f"begroting-{number}",
            f"{BUDGETS}/",
            "coordinator",
            prepare=follow(f"tbody tr:nth-child({number}) th a"),
            ends_at="actions:budget-detail",
        )
        for number in (1, 2, 3)
    ),
    *(
        Screen(
            f"begroting-{page.strip('/')}",
            f"{BUDGETS}/",
            "coordinator",
            prepare=of_budget(number, page),
            ends_at=f"actions:{name}",
        )
        for number, page, name in (
            (1, "/verdelen/", "budget-share"),
            (1, "/bijdrage/", "contribution-add"),
            (1, "/besluit/", "contribution-decide"),
            (1, "/intrekken/", "contribution-withdraw"),
            (2, "/toekenning/", "allocation-add"),
            (2, "/uitgave/", "expense-add"),
            (2, "/inkoop/", "joint-purchase-add"),
        )
    ),
    Screen(
        "begroting-bevestigen",
        "/mijn/",
        "alderman",
        prepare=follow("main a[href$='/bevestigen/']"),
        ends_at="actions:contribution-confirm",
    ),
)
COORDINATOR = (
    *BUDGET_PAGES,
    Screen("bijeenkomsten", f"{MEETINGS}/", "coordinator"),
    Screen("bijeenkomsten-leeg", f"{MEETINGS}/?zoek=bestaat+niet", "coordinator"),
    Screen("bijeenkomst-nieuw", f"{MEETINGS}/nieuw/", "coordinator"),
    Screen(
        "bijeenkomst-nieuw-fout", f"{MEETINGS}/nieuw/", "coordinator", prepare=send("Zet klaar", status=422)
    ),
    Screen(
        "bijeenkomst-komend",
        f"{MEETINGS}/{TO_COME}",
        "coordinator",
        prepare=follow("tbody th a"),
        ends_at="actions:meeting-detail",
    ),
    Screen(
        "bijeenkomst-geweest",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        prepare=follow("tbody th a"),
        ends_at="actions:meeting-detail",
    ),
    *(
        Screen(
            f"bijeenkomst-{page}",
            f"{MEETINGS}/{search}",
            "coordinator",
            prepare=of_meeting(search, page),
            ends_at=f"actions:{name}",
        )
        for search, page, name in (
            (TO_COME, "bewerken", "meeting-edit"),
            (TO_COME, "afzeggen", "meeting-cancel"),
            (TO_COME, "agendapunt", "agenda-item-add"),
            (TO_COME, "spreker", "speaker-add"),
            (AT_TABLES, "vraag", "question-add"),
            (AT_TABLES, "aanwezig", "attendance-record"),
            (AT_TABLES, "notities", "table-note-add"),
            (AT_TABLES, "besluit", "decision-add"),
            ("?zoek=regiegroep", "verslag", "minutes-edit"),
        )
    ),
    Screen(
        "bijeenkomst-uitnodigen",
        f"{MEETINGS}/{TO_COME}",
        "coordinator",
        prepare=then(of_meeting(TO_COME, "uitnodigen"), choose_everybody),
        ends_at="actions:meeting-invite",
    ),
    Screen(
        "bijeenkomst-gast",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        prepare=then(of_meeting(AT_TABLES, "aanwezig"), follow("a[href$='/gast/']")),
        ends_at="actions:guest-add",
    ),
    Screen(
        "bijeenkomst-notitie",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        prepare=then(of_meeting(AT_TABLES, "notities"), follow("td a[href*='/notities/']")),
        ends_at="actions:table-note-edit",
    ),
    Screen("parels-coalitie", f"{COALITION}/parels/", "coordinator"),
    Screen("parel-nieuw", f"{COALITION}/parels/nieuw/", "coordinator"),
    Screen(
        "parel-nieuw-fout", f"{COALITION}/parels/nieuw/", "coordinator", prepare=send("Sla op", status=422)
    ),
    Screen("parel-leiden", f"{GEM}/", "coordinator"),
    *(
        Screen(
            f"parel-{name}",
            f"{GEM}/",
            "coordinator",
            prepare=follow(f"a[href$='/{path}/']"),
            ends_at=f"actions:{view}",
        )
        for name, path, view in (
            ("bewerken", "bewerken", "practice-edit"),
            ("kit", "kit", "kit-item-add"),
            ("stoppen", "stap/stoppen", "practice-step"),
        )
    ),
    Screen(
        "parel-afgebakken",
        f"{COALITION}/parels/",
        "coordinator",
        prepare=follow("tbody th a"),
        ends_at="actions:adoption-detail",
    ),
    Screen(
        "parel-afgebakken-bewerken",
        f"{COALITION}/parels/",
        "coordinator",
        prepare=then(follow("tbody tr:nth-child(2) th a"), follow("a[href$='/bewerken/']")),
        ends_at="actions:adoption-edit",
    ),
    Screen(
        "parel-afgebakken-stap",
        f"{COALITION}/parels/",
        "coordinator",
        prepare=then(follow("tbody tr:nth-child(2) th a"), follow("a[href*='/stap/']")),
        ends_at="actions:adoption-step",
    ),
    Screen("interventie-stand", f"{COALITION}/interventies/voorzorg/", "coordinator"),
    Screen("gereedschap-nieuw", f"{COALITION}/gereedschap/nieuw/", "coordinator"),
    Screen(
        "bijeenkomst-opbrengst",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        prepare=of_meeting(AT_TABLES, "opbrengst"),
        ends_at="actions:outcome-list",
    ),
    Screen(
        "bijeenkomst-afspraak",
        f"{MEETINGS}/{AT_TABLES}",
        "coordinator",
        prepare=then(of_meeting(AT_TABLES, "opbrengst"), follow("a[href$='/afspraak/']")),
        ends_at="actions:outcome-add",
    ),
    Screen("berichten", f"{COALITION}/berichten/", "coordinator"),
    Screen("bericht-nieuw", f"{COALITION}/berichten/nieuw/", "coordinator"),
    Screen(
        "bericht-nieuw-fout",
        f"{COALITION}/berichten/nieuw/",
        "coordinator",
        prepare=send("Sla het concept op", status=422),
    ),
    Screen(
        "bericht-concept",
        f"{COALITION}/berichten/",
        "coordinator",
        prepare=follow("tbody tr:has-text('Concept') th a"),
        ends_at="actions:announcement-detail",
    ),
    Screen(
        "bericht-bewerken",
        f"{COALITION}/berichten/",
        "coordinator",
        prepare=then(follow("tbody tr:has-text('Concept') th a"), follow("a[href$='/bewerken/']")),
        ends_at="actions:announcement-edit",
    ),
    Screen(
        "bericht-versturen",
        f"{COALITION}/berichten/",
        "coordinator",
        prepare=then(follow("tbody tr:has-text('Concept') th a"), follow("a[href$='/versturen/']")),
        ends_at="actions:announcement-send",
    ),
    Screen("ouders", f"{MEETINGS}/ouders/", "coordinator"),
    Screen("ouders-nieuw", f"{MEETINGS}/ouders/nieuw/", "coordinator"),
    Screen("convenant-schrijven", f"{TEXT}/bewerken/", "coordinator"),
    Screen("convenant-schrijven-open", f"{TEXT}/bewerken/", "coordinator", prepare=unfold),
    Screen("convenant-stuk-nieuw", f"{TEXT}/bewerken/stuk/nieuw/?soort=table", "coordinator"),
    Screen(
        "convenant-stuk-fout",
        f"{TEXT}/bewerken/stuk/nieuw/?soort=parties",
        "coordinator",
        prepare=send("Opslaan"),
    ),
    Screen(
        "convenant-stuk",
        f"{TEXT}/bewerken/",
        "coordinator",
        prepare=follow(".block--list a[href*='/stuk/']"),
        ends_at="covenants:block-edit",
    ),
    Screen("convenant-plakken", f"{TEXT}/bewerken/plakken/", "coordinator"),
    Screen("convenant-plakken-herkend", f"{TEXT}/bewerken/plakken/", "coordinator", prepare=paste_a_text),
    Screen("convenant-betekenis", f"{TEXT}/bewerken/betekenis/", "coordinator"),
    Screen("convenant-afspraken", f"{TEXT}/bewerken/afspraken/", "coordinator"),
    Screen("convenant-vaststellen", f"{TEXT}/vaststellen/", "coordinator"),
    Screen("convenant-nieuwe-versie", f"{TEXT}/nieuwe-versie/", "coordinator"),
    Screen("convenant-verschil", f"{TEXT}/versie-2/verschil/?toon=alles", "coordinator"),
    Screen(
        "convenant-antwoorden",
        f"{TEXT}/concept/",
        "coordinator",
        prepare=open_here("Antwoord op"),
        ends_at="covenants:draft-detail",
    ),
    Screen("convenant-nieuw", f"{COALITION}/convenant/nieuw/", "coordinator"),
    Screen(
        "convenant-nieuw-fout",
        f"{COALITION}/convenant/nieuw/",
        "coordinator",
        prepare=send("Maak het concept"),
    ),
    Screen("beheer", f"{COALITION}/beheer/", "coordinator"),
    Screen("leden", f"{COALITION}/leden/", "coordinator"),
    Screen("leden-gefilterd", f"{COALITION}/leden/?zoek=kraam", "coordinator"),
    Screen("leden-adressen", f"{COALITION}/leden/mailadressen/?zoek=kraam", "coordinator"),
    Screen("importeren", f"{COALITION}/leden/importeren/", "coordinator"),
    Screen(
        "importeren-fout",
        f"{COALITION}/leden/importeren/",
        "coordinator",
        prepare=send("Verder naar de kolommen", status=422),
    ),
    Screen(
        "importeren-kolommen",
        f"{COALITION}/leden/importeren/",
        "coordinator",
        prepare=upload,
        ends_at="coalitions:member-import-columns",
    ),
    Screen(
        "importeren-controle",
        f"{COALITION}/leden/importeren/",
        "coordinator",
        prepare=then(upload, press("Controleer de regels")),
        ends_at="coalitions:member-import-detail",
    ),
    Screen("leden-leeg", f"{COALITION}/leden/?zoek=bestaatniet", "coordinator"),
    Screen(
        "organisatie",
        f"{COALITION}/leden/",
        "coordinator",
        prepare=follow("a[href^='/organisaties/']"),
        ends_at=ORGANISATION,
    ),
    Screen("organisaties", "/organisaties/", "coordinator"),
    Screen("organisaties-leeg", "/organisaties/?zoek=bestaatniet", "coordinator"),
    Screen("schakelfuncties", "/schakelfuncties/", "coordinator"),
    Screen("dubbele-organisaties", f"{COALITION}/dubbele-organisaties/", "coordinator"),
    Screen(
        "persoon",
        "/schakelfuncties/",
        "coordinator",
        prepare=follow("a[href^='/personen/']"),
        ends_at="coalitions:person-detail",
    ),
    Screen(
        "organisatie-archief",
        f"{COALITION}/leden/?zoek=schuldhulp",
        "coordinator",
        prepare=then(follow("a[href^='/organisaties/']"), follow("a[href$='/archief/']")),
        ends_at="coalitions:organisation-archive",
    ),
    Screen("tekenbevoegdheden", f"{COALITION}/tekenbevoegdheden/", "coordinator"),
    Screen("tekenbevoegdheden-leeg", f"{COALITION}/tekenbevoegdheden/?zoek=bestaatniet", "coordinator"),
    Screen(
        "tekenbevoegdheid",
        f"{COALITION}/tekenbevoegdheden/?stand=unchecked",
        "coordinator",
        prepare=follow("a[href^='/tekenbevoegdheden/']"),
        ends_at="coalitions:mandate-detail",
    ),
    Screen(
        "tekenbevoegdheid-intrekken",
        f"{COALITION}/tekenbevoegdheden/?stand=checked",
        "coordinator",
        prepare=then(
            follow("a[href^='/tekenbevoegdheden/']"),
            follow("a[href$='/intrekken/']"),
            send("Trek de tekenbevoegdheid in"),
        ),
        ends_at="coalitions:mandate-revoke",
    ),
    Screen("ledenbeheer", f"{COALITION}/beheer/leden/", "coordinator"),
    Screen("ledenbord", f"{COALITION}/beheer/leden/bord/", "coordinator", prepare=unfold),
    Screen("ledenbeheer-leeg", f"{COALITION}/beheer/leden/?zoek=bestaatniet", "coordinator"),
    Screen("organisatie-zoeken", f"{COALITION}/beheer/leden/nieuw/?zoek=kraam", "coordinator"),
    Screen(
        "organisatie-nieuw",
        f"{COALITION}/beheer/leden/nieuw/organisatie/",
        "coordinator",
        prepare=send("Zet op de lijst"),
    ),
    Screen(
        "lidmaatschap",
        f"{COALITION}/beheer/leden/",
        "coordinator",
        prepare=follow("tbody a"),
        ends_at="coalitions:membership-detail",
    ),
    Screen(
        "lidmaatschap-stap",
        f"{COALITION}/beheer/leden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/stap/stoppen/']"), send("Lid stopt")),
        ends_at="coalitions:membership-step",
    ),
    Screen(
        "lidmaatschap-rol",
        f"{COALITION}/beheer/leden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/rol/']")),
        ends_at="coalitions:membership-contribution",
    ),
    Screen("uitnodigen", f"{COALITION}/beheer/leden/uitnodigen/", "coordinator"),
    Screen(
        "uitnodigen-fout",
        f"{COALITION}/beheer/leden/uitnodigen/",
        "coordinator",
        prepare=send("Bekijk de mail"),
    ),
    Screen(
        "uitnodigen-voorbeeld",
        f"{COALITION}/beheer/leden/uitnodigen/",
        "coordinator",
        prepare=look_at_invitation,
    ),
    Screen("export", f"{COALITION}/beheer/export/", "coordinator"),
    Screen("documenten", f"{COALITION}/documenten/", "coordinator"),
    Screen("document-toevoegen", f"{COALITION}/documenten/nieuw/", "coordinator", prepare=send("Voeg toe")),
    Screen("wie-missen-we", f"{COALITION}/wie-missen-we/", "coordinator", prepare=unfold),
    Screen("wie-missen-we-niveaus", f"{COALITION}/wie-missen-we/niveaus/", "coordinator"),
    Screen("groei", f"{COALITION}/wie-missen-we/groei/", "coordinator"),
    Screen("rollen", f"{COALITION}/rollen/", "coordinator"),
    Screen("rol-geven", f"{COALITION}/rollen/nieuw/", "coordinator", prepare=send("Geef de rol")),
    Screen(
        "rol-overdragen",
        f"{COALITION}/rollen/",
        "coordinator",
        prepare=follow("a[href$='/overdragen/']"),
        ends_at="coalitions:role-hand-over",
    ),
    Screen(
        "rol-beeindigen",
        f"{COALITION}/rollen/",
        "coordinator",
        # Sending it would end the role: an empty date is today.
        prepare=follow("a[href$='/beeindigen/']"),
        ends_at="coalitions:role-end",
    ),
    Screen(
        "rol-gegevens",
        f"{COALITION}/rollen/",
        "coordinator",
        prepare=follow("tbody td:last-child a:last-child"),
        ends_at="coalitions:role-edit",
    ),
    Screen(
        "zetel-geven",
        f"{COALITION}/beheer/leden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/zetels/nieuw/']"), send("Geef de zetel")),
        ends_at="coalitions:seat-add",
    ),
    Screen(
        "zetel-beeindigen",
        f"{COALITION}/beheer/leden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href*='/zetels/'][href$='/beeindigen/']")),
        ends_at="coalitions:seat-end",
    ),
    Screen("instellingen", f"{COALITION}/instellingen/", "coordinator"),
    Screen("instellingen-cijfers", f"{COALITION}/instellingen/cijfers/", "coordinator"),
    Screen("fase", f"{COALITION}/instellingen/fase/ended/", "coordinator"),
    Screen("aanmeldingen", f"{COALITION}/aanmeldingen/", "coordinator"),
    Screen("aanmeldingen-beantwoord", f"{COALITION}/aanmeldingen/?toon=beantwoord", "coordinator"),
    Screen(
        "aanmelding",
        f"{COALITION}/aanmeldingen/",
        "coordinator",
        prepare=follow("tbody a"),
        ends_at="coalitions:join-request-detail",
    ),
    Screen(
        "aanmelding-toelaten",
        f"{COALITION}/aanmeldingen/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/toelaten/']")),
        ends_at="coalitions:join-request-accept",
    ),
    Screen(
        "aanmelding-afwijzen",
        f"{COALITION}/aanmeldingen/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/afwijzen/']"), send("Wijs af")),
        ends_at="coalitions:join-request-reject",
    ),
    Screen("contactmomenten", f"{COALITION}/contactmomenten/", "coordinator"),
    Screen("contactmomenten-leeg", f"{COALITION}/contactmomenten/?zoek=bestaatniet", "coordinator"),
    Screen(
        "contactmoment",
        f"{COALITION}/contactmomenten/",
        "coordinator",
        prepare=follow("tbody a"),
        ends_at="coalitions:contact-edit",
    ),
    Screen(
        "contact-vastleggen",
        f"{COALITION}/beheer/leden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/contact/']"), send("Leg vast")),
        ends_at="coalitions:contact-add",
    ),
    Screen("ronde", f"{TEXT}/versie-1/ronde/", "coordinator"),
    Screen("ronde-leeg", f"{TEXT}/versie-1/ronde/?zoek=bestaatniet", "coordinator"),
    Screen("avond", f"{TEXT}/versie-1/ronde/volgorde/", "coordinator"),
    Screen("ceremonie", f"{TEXT}/versie-1/ceremonie/", "coordinator"),
    Screen("toetreden", f"{TEXT}/versie-1/toetreden/", "coordinator"),
    Screen("opzeggingen", f"{TEXT}/opzeggingen/", "coordinator"),
    Screen("beeindigen", f"{TEXT}/beeindigen/", "coordinator"),
    Screen("beeindigen-fout", f"{TEXT}/beeindigen/", "coordinator", prepare=send("Beëindig dit document")),
    Screen("logboek", f"{COALITION}/logboek/", "coordinator"),
    Screen("logboek-leeg", f"{COALITION}/logboek/?wie=bestaatniet", "coordinator"),
    Screen("randvoorwaarden", f"{COALITION}/randvoorwaarden/", "coordinator"),
    Screen("randvoorwaarden-eigen", f"{COALITION}/randvoorwaarden/eigen/", "coordinator"),
    Screen("jaarmeting", f"{COALITION}/randvoorwaarden/2025/invullen/", "coordinator"),
    Screen(
        "jaarmeting-fout",
        f"{COALITION}/randvoorwaarden/2025/invullen/",
        "coordinator",
        prepare=send("Bewaar de meting", status=422),
    ),
    Screen("afspraken", f"{COALITION}/afspraken/", "coordinator"),
    Screen("afspraak-nieuw", f"{COALITION}/afspraken/nieuw/", "coordinator"),
    Screen(
        "afspraak",
        f"{COALITION}/afspraken/",
        "coordinator",
        prepare=follow("td a[href*='/afspraken/']"),
        ends_at="coalitions:agreement-edit",
    ),
    Screen("jaargesprekken", f"{COALITION}/jaargesprekken/", "coordinator"),
    Screen(
        "jaargesprek",
        f"{COALITION}/jaargesprekken/",
        "coordinator",
        prepare=follow("td a[href*='/jaargesprekken/']"),
        ends_at="coalitions:partner-review-edit",
    ),
    Screen("landelijke-eisen", f"{COALITION}/landelijke-eisen/", "coordinator"),
    Screen("landelijke-eis", f"{COALITION}/landelijke-eisen/GM0983/", "coordinator"),
    Screen("lijst", f"{COALITION}/lijsten/initiative/", "coordinator"),
    Screen("lijst-nieuw", f"{COALITION}/lijsten/initiative/nieuw/", "coordinator"),
    Screen(
        "lijst-regel",
        f"{COALITION}/lijsten/initiative/",
        "coordinator",
        prepare=follow("td a[href*='/lijsten/']"),
        ends_at="coalitions:list-entry-edit",
    ),
    Screen("werkgroepen", f"{COALITION}/werkgroepen/", "coordinator"),
    Screen("werkgroepen-leeg", f"{COALITION}/werkgroepen/?zoek=bestaatniet", "coordinator"),
    Screen("werkgroep", f"{COALITION}/werkgroepen/eerder-signaleren/", "coordinator"),
    Screen("werkgroep-voorstel", f"{COALITION}/werkgroepen/preconceptiezorg/", "coordinator"),
    Screen("werkgroep-starten", f"{COALITION}/werkgroepen/preconceptiezorg/stap/starten/", "coordinator"),
    Screen(
        "werkgroep-starten-fout",
        f"{COALITION}/werkgroepen/preconceptiezorg/stap/starten/",
        "coordinator",
        prepare=send("Start deze groep", status=422),
    ),
    Screen("werkgroep-wijzigen", f"{COALITION}/werkgroepen/eerder-signaleren/wijzigen/", "coordinator"),
    Screen("werkgroep-mensen", f"{COALITION}/werkgroepen/eerder-signaleren/mensen/", "coordinator"),
    Screen("werkgroep-documenten", f"{COALITION}/werkgroepen/eerder-signaleren/documenten/", "coordinator"),
    Screen("bestuur-coordinator", f"{COALITION}/bestuur/", "coordinator"),
    Screen("coalitie-coordinator", f"{COALITION}/", "coordinator"),
    Screen("mijn-coordinator", "/mijn/", "coordinator"),
)
DOING = (
    Screen("programma", f"{PROGRAMME}/", "coordinator"),
    Screen("programma-nieuw", f"{PROGRAMME}/nieuw/", "coordinator"),
    Screen(
        "programma-nieuw-fout",
        f"{PROGRAMME}/nieuw/",
        "coordinator",
        prepare=send("Nieuw programma", status=422),
    ),
    Screen(
        "programma-wijzigen",
        f"{PROGRAMME}/",
        "coordinator",
        prepare=follow("a[href$='/wijzigen/']"),
        ends_at="actions:programme-edit",
    ),
    Screen(
        "programma-afsluiten",
        f"{PROGRAMME}/",
        "coordinator",
        prepare=follow("a[href$='/stap/afsluiten/']"),
        ends_at="actions:programme-step",
    ),
    Screen(
        "thema-nieuw",
        f"{PROGRAMME}/",
        "coordinator",
        prepare=follow("a[href$='/themas/nieuw/']"),
        ends_at="actions:theme-add",
    ),
    Screen(
        "thema",
        f"{PROGRAMME}/",
        "coordinator",
        prepare=follow(".card a"),
        ends_at="actions:theme-detail",
    ),
    Screen(
        "thema-wijzigen",
        f"{PROGRAMME}/",
        "coordinator",
        prepare=then(follow(".card a"), follow("a[href$='/wijzigen/']")),
        ends_at="actions:theme-edit",
    ),
    Screen(
        "thema-belang",
        f"{PROGRAMME}/",
        "partner",
        prepare=then(follow(".card a"), follow("a[href$='/belang/']")),
        ends_at="actions:theme-weigh",
    ),
    Screen("acties", f"{PROGRAMME}/acties/", "coordinator"),
    Screen("acties-leeg", f"{PROGRAMME}/acties/?zoek=bestaatniet", "coordinator"),
    Screen("acties-gefilterd", f"{PROGRAMME}/acties/?stand=blocked&sorteer=-klaar", "partner"),
    Screen("acties-bord", f"{PROGRAMME}/bord/", "coordinator"),
    Screen("acties-tijdlijn", f"{PROGRAMME}/tijdlijn/", "coordinator"),
    Screen("actie", f"{ACTION}/1/", "coordinator"),
    Screen("actie-vast", f"{ACTION}/8/", "partner"),
    Screen("actie-geborgd", f"{ACTION}/4/", "alderman"),
    Screen("actie-nieuw", f"{ACTION}/nieuw/", "coordinator"),
    Screen(
        "actie-nieuw-fout",
        f"{ACTION}/nieuw/",
        "coordinator",
        prepare=send("Voeg een actie toe", status=422),
    ),
    Screen("actie-voorstellen", f"{ACTION}/voorstellen/", "partner"),
    Screen("actie-wijzigen", f"{ACTION}/1/wijzigen/", "coordinator"),
    Screen("actie-plannen", f"{ACTION}/6/stap/plannen/", "coordinator"),
    Screen(
        "actie-loslaten-fout",
        f"{ACTION}/6/stap/loslaten/",
        "coordinator",
        prepare=send("Laat deze actie los", status=422),
    ),
    Screen("actie-deelnemer", f"{ACTION}/1/deelnemers/", "coordinator"),
    Screen("actie-mijlpaal", f"{ACTION}/1/mijlpalen/", "coordinator"),
    Screen("actie-herkomst", f"{ACTION}/1/herkomst/", "coordinator"),
    Screen("actie-energie", f"{ACTION}/1/energie/", "partner"),
    Screen("actie-melden", f"{ACTION}/1/rapporteren/", "partner"),
    Screen(
        "actie-melden-fout",
        f"{ACTION}/1/rapporteren/",
        "partner",
        prepare=send("Voortgang indienen", status=422),
    ),
    Screen("actie-gemeld", f"{ACTION}/2/rapporteren/", "coordinator"),
    Screen("mijn-acties", "/mijn/acties/", "partner"),
    Screen("rapportageronden", f"{COALITION}/rapportageronden/", "coordinator"),
    Screen("rapportageronde-nieuw", f"{COALITION}/rapportageronden/nieuw/", "coordinator"),
    Screen(
        "rapportageronde",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        prepare=follow("tbody a"),
        ends_at="actions:round-detail",
    ),
    Screen(
        "rapportageronde-wijzigen",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/wijzigen/']")),
        ends_at="actions:round-edit",
    ),
    Screen(
        "rapportageronde-sluiten",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/sluiten/']")),
        ends_at="actions:round-step",
    ),
    Screen(
        "bericht-terug",
        f"{COALITION}/rapportageronden/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/terug/']")),
        ends_at="actions:report-return",
    ),
    Screen("wie-doet-wat", f"{COALITION}/wie-doet-wat/", "partner"),
    Screen("lessen", f"{COALITION}/wie-doet-wat/lessen/", "alderman"),
    Screen("hoofdstukken", f"{PROGRAMME}/lokaal/", "alderman"),
    Screen("hoofdstuk", f"{PROGRAMME}/lokaal/GM0983/", "coordinator"),
    Screen("landelijk", "/landelijk/", "coordinator"),
    Screen("knelpunten", f"{BOTTLENECKS}/", "coordinator"),
    Screen("knelpunten-leeg", f"{BOTTLENECKS}/?zoek=bestaatniet", "coordinator"),
    Screen(
        "knelpunt",
        f"{BOTTLENECKS}/",
        "coordinator",
        prepare=follow("tbody a"),
        ends_at="actions:bottleneck-detail",
    ),
    Screen(
        "knelpunt-wijzigen",
        f"{BOTTLENECKS}/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/wijzigen/']")),
        ends_at="actions:bottleneck-edit",
    ),
    Screen(
        "knelpunt-vervallen",
        f"{BOTTLENECKS}/",
        "coordinator",
        prepare=then(follow("tbody a"), follow("a[href$='/vervallen/']")),
        ends_at="actions:bottleneck-step",
    ),
    Screen("knelpunt-nieuw", f"{BOTTLENECKS}/nieuw/", "partner"),
)
PARTNER = (
    Screen("convenant-partner", f"{COALITION}/convenant/", "partner"),
    Screen("tekenen-niet", f"{TEXT}/versie-1/niet-tekenen/", "partner"),
    Screen(
        "tekenen-niet-fout",
        f"{TEXT}/versie-1/niet-tekenen/",
        "partner",
        prepare=send("Leg mijn antwoord vast"),
    ),
    Screen("convenant-concept", f"{TEXT}/concept/", "partner"),
    Screen(
        "convenant-reageren",
        f"{TEXT}/concept/",
        "partner",
        prepare=open_here("Reageer op"),
        ends_at="covenants:draft-detail",
    ),
    Screen("mijn", "/mijn/", "partner"),
    Screen("mijn-agenda", "/mijn/agenda/", "partner"),
    Screen("parel-afbakken", f"{COALITION}/parels/afbakken/een-kaart-met-alle-nummers/", "partner"),
    Screen("gereedschap-partner", "/gereedschap/", "partner"),
    Screen("bijeenkomsten-partner", f"{MEETINGS}/", "partner"),
    Screen(
        "bijeenkomst-partner",
        f"{MEETINGS}/{TO_COME}",
        "partner",
        prepare=follow("tbody th a"),
        ends_at="actions:meeting-detail",
    ),
    Screen("mijn-organisatie", "/mijn/organisatie/", "partner"),
    Screen(
        "organisatie-bewerken",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href$='/bewerken/']"),
        ends_at="coalitions:organisation-edit",
    ),
    Screen(
        "organisatie-namen",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href$='/namen/']"),
        ends_at="coalitions:organisation-names",
    ),
    Screen(
        "locatie-nieuw",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href$='/locatie/']"),
        ends_at="coalitions:location-add",
    ),
    Screen(
        "band-nieuw",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href$='/band/']"),
        ends_at="coalitions:organisation-link-add",
    ),
    Screen(
        "schakelfunctie-nieuw",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href$='/schakelfunctie/']"),
        ends_at="coalitions:linking-role-add",
    ),
    Screen(
        "collega-uitnodigen",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href$='/collega/']"),
        ends_at="coalitions:colleague-invite",
    ),
    Screen(
        "collega",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href^='/collega/']"),
        ends_at="coalitions:colleague-edit",
    ),
    Screen(
        "collega-beeindigen",
        "/mijn/organisatie/",
        "partner",
        prepare=then(follow("a[href^='/collega/']"), follow("a[href$='/beeindigen/']")),
        ends_at="coalitions:colleague-end",
    ),
    Screen(
        "tekenbevoegdheid-vragen",
        "/mijn/organisatie/",
        "partner",
        prepare=follow("a[href$='/tekenbevoegdheid/']"),
        ends_at="coalitions:mandate-request",
    ),
    Screen(
        "tekenbevoegdheid-vragen-fout",
        "/mijn/organisatie/",
        "partner",
        prepare=then(follow("a[href$='/tekenbevoegdheid/']"), send("Vraag aan")),
        ends_at="coalitions:mandate-request",
    ),
    Screen(
        "lidmaatschap-opzeggen",
        "/mijn/organisatie/",
        "partner",
        prepare=then(follow("a[href$='/opzeggen/']"), send("Zeg het lidmaatschap op")),
        ends_at="coalitions:membership-leave",
    ),
    Screen("werkgroep-voorstellen", f"{COALITION}/werkgroepen/voorstellen/", "partner"),
    Screen("leden-partner", f"{COALITION}/leden/", "partner"),
    Screen("geen-toegang", f"{COALITION}/beheer/", "partner", status=403),
    Screen("buiten-bereik", "/coalities/zuid-limburg/leden/", "partner", status=404),
)
ALDERMAN = (
    Screen("bestuur", f"{COALITION}/bestuur/", "alderman"),
    Screen("bestuur-coordinator", f"{COALITION}/bestuur/", "coordinator"),
    Screen("bestuur-kerncijfers", f"{COALITION}/bestuur/kerncijfers/", "coordinator"),
    Screen("bestuur-bespreekpunten", f"{COALITION}/bestuur/bespreekpunten/", "coordinator"),
    Screen("bestuur-bespreekpunt-nieuw", f"{COALITION}/bestuur/bespreekpunten/nieuw/", "coordinator"),
    Screen(
        "bestuur-antwoord",
        f"{COALITION}/bestuur/",
        "alderman",
        prepare=follow(".board-item a"),
        ends_at="monitoring:board-item-answer",
    ),
    Screen("mijn-wethouder", "/mijn/", "alderman"),
)
ANALYST = (
    Screen("cijfers", "/cijfers/", "analyst"),
    Screen("cijfers-berekening", "/cijfers/uitrekenen/1/", "analyst"),
    Screen("cijfers-handleiding", "/cijfers/handleiding/", "analyst"),
    Screen("cijfers-vsv", "/cijfers/vsv/", "analyst"),
    Screen("cijfers-uitgaven", "/cijfers/uitgaven/", "analyst"),
    Screen("cijfers-uitgave", "/cijfers/uitgaven/1/", "analyst"),
    Screen("cijfers-fout", "/cijfers/", "analyst", prepare=send("Controleer het bestand", status=422)),
)
ADMINISTRATOR = (
    Screen("platform", "/platform/", "administrator"),
    Screen("platform-coalitie-nieuw", "/platform/coalities/nieuw/", "administrator"),
    Screen(
        "platform-coalitie-nieuw-fout",
        "/platform/coalities/nieuw/",
        "administrator",
        prepare=send("Maak coalitie"),
    ),
    Screen("platform-coalitie", "/platform/coalities/noord-en-midden-limburg/", "administrator"),
    Screen("platform-coordinator", "/platform/coalities/almere/coordinator/", "administrator"),
    Screen("platform-organisaties", "/platform/organisaties/", "administrator"),
    Screen("platform-organisatie-nieuw", "/platform/organisaties/nieuw/", "administrator"),
    Screen(
        "platform-organisatie-nieuw-fout",
        "/platform/organisaties/nieuw/",
        "administrator",
        prepare=send("Voeg toe"),
    ),
    Screen("platform-samenvoegen", "/platform/samenvoegen/", "administrator"),
    Screen(
        "platform-samenvoegen-afwijzen",
        "/platform/samenvoegen/",
        "administrator",
        prepare=follow("a[href$='/afwijzen/']"),
        ends_at="coalitions:platform-merge-reject",
    ),
    Screen(
        "samenvoegen",
        "/platform/samenvoegen/",
        "administrator",
        prepare=follow("a[href*='/samenvoegen/']:not([href^='/platform'])"),
        ends_at="coalitions:organisation-merge",
    ),
    Screen("platform-tekenbevoegdheden", "/platform/tekenbevoegdheden/", "administrator"),
    Screen("platform-regios", "/platform/regios/", "administrator"),
    Screen("platform-regio", "/platform/regios/ggd-limburg-noord/", "administrator"),
    Screen("platform-soorten", "/platform/soorten/", "administrator"),
    Screen("platform-soort-nieuw", "/platform/soorten/nieuw/", "administrator"),
    Screen("platform-soort", "/platform/soorten/ggd/", "administrator"),
)
SCREENS = (*PUBLIC, *ACCOUNT, *COORDINATOR, *DOING, *PARTNER, *ALDERMAN, *ANALYST, *ADMINISTRATOR)


def show(page: Page, screen: Screen) -> None:
    """Bring the page to this screen."""
    page.watch.expect(screen.status)
    response = page.goto(screen.path)
    assert response.status == screen.status, f"{screen.path}: {response.status}"
    screen.prepare(page)
