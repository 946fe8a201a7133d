"""The way of the README: an empty portal, its first administrator, a coalition, a coordinator at work."""

import sys

import pytest
from django.utils import timezone

from portal.embedded import Services
from tests import prepared
from tests.authenticators import totp_code
from tests.browser import axe
from tests.browser.mailbox import Mailbox, link_in
from tests.browser.running import Portal, free_port

ADMINISTRATOR = "beheerder@voorbeeld.example"
COORDINATOR = "coordinator@voorbeeld.example"
PASSWORD = "drie-bruine-beuken-bij-elkaar"
COALITION = "Maas en Peel"


@pytest.fixture
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def empty_portal(tmp_path_factory, chromium, mailbox):
    """Database, web server and worker without any demo data, and with second factors."""
    data_dir = tmp_path_factory.mktemp("echt")
    mail = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "localhost",
        "EMAIL_PORT": str(mailbox.port),
        "EMAIL_USE_TLS": "no",
    }
    prepared.copy_to(data_dir)
    port = free_port()
    gunicorn = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "-c", "config/gunicorn.py"]
    celery = ["-m", "celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "WARNING"]
    with Services(data_dir, durable=False):
        web = Portal(
            [sys.executable, *gunicorn, "--threads", "4", "--no-control-socket"],
            data_dir=data_dir,
            port=port,
            name="web",
            **mail,
        )
        worker = Portal([sys.executable, *celery], data_dir=data_dir, port=port, name="worker", **mail)
        try:
            web.manage("prepare", PORTAL_DATABASE_ROLE="owner")
            web.wait_until_it_answers()
            yield web
        finally:
            worker.stop()
            web.stop()


def test_an_empty_portal_grows_to_a_coordinator_at_work(empty_portal, new_page, mailbox):
    printed = empty_portal.manage(
        "add_administrator", "--name", "Bea Beheerder", "--email", ADMINISTRATOR, "--print-link"
    )
    administrator = new_page(empty_portal.url)
    open_account(administrator, link_in(printed))
    set_up_second_factor(administrator)
    administrator.goto("/platform/")

    administrator.get_by_role("link", name="Voeg coalitie toe").first.click()
    form = administrator.locator("main form").last
    form.get_by_label("Naam van de coalitie").fill(COALITION)
    form.get_by_label("Regionaal").check()
    form.get_by_label("Gemeenten").fill("Venlo\nBeesel")
    form.get_by_label("Vanaf").fill(timezone.localdate().isoformat())
    form.get_by_label("Naam van de eerste coördinator").fill("Carla Coördinator")
    form.get_by_label("Mailadres van de coördinator").fill(COORDINATOR)
    form.get_by_role("button", name="Maak coalitie en nodig uit").click()
    administrator.wait_for_url("**/platform/")
    assert COALITION in administrator.locator("main").inner_text()

    coordinator = new_page(empty_portal.url)
    open_account(coordinator, link_in(mailbox.text_to(COORDINATOR)))
    recovery_code = set_up_second_factor(coordinator)
    coordinator.goto("/start/")
    assert coordinator.evaluate("location.pathname") == "/coalities/maas-en-peel/beheer/"
    assert COALITION in coordinator.locator("main").inner_text()

    look_at_second_factor_pages(coordinator)
    log_in_again(new_page(empty_portal.url), recovery_code=recovery_code)


def open_account(page, link: str) -> None:
    """Follow the link of an invitation and choose a password."""
    page.goto(link)
    axe.check(page)
    page.get_by_label("Wachtwoord", exact=False).first.fill(PASSWORD)
    page.get_by_label("Wachtwoord nog een keer").fill(PASSWORD)
    page.get_by_role("button", name="Maak mijn account").click()
    # Her role asks for a second factor, so every way leads there.
    page.wait_for_url("**/account/2fa/")


def set_up_second_factor(page) -> str:
    """Pair an app that shows codes; returns one of the recovery codes that are then shown."""
    axe.check(page)
    page.get_by_role("link", name="App instellen").click()
    if "/reauthenticate/" in page.url:
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Bevestigen").click()
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code", exact=False).fill(totp_code(secret))
    page.get_by_role("button", name="App aanzetten").click()
    page.wait_for_url("**/recovery-codes/")
    axe.check(page)
    return page.locator("main code").first.inner_text()


def look_at_second_factor_pages(page) -> None:
    for path in ("/account/2fa/", "/account/2fa/totp/deactivate/", "/account/2fa/reauthenticate/"):
        page.goto(path)
        axe.check(page)


def log_in_again(page, *, recovery_code: str) -> None:
    """In another browser the password alone is not enough."""
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(COORDINATOR)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/")
    axe.check(page)
    page.get_by_role("textbox", name="Code").fill(recovery_code)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/beheer/")
