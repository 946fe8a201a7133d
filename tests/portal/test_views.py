"""The pages of the ground floor."""

from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from portal import outbox
from portal.models import Mail


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("stuk")


@login_not_required
def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("weg")


# This module is the URLconf of the test of errors.
urlpatterns = [path("stuk/", broken), path("weg/", away)]
handler500 = "portal.views.server_error"


@pytest.fixture
def mail(db: None) -> Mail:
    return outbox.post_text(
        purpose="proef",
        reference="1",
        recipient="petra@example.org",
        subject="Uw code <b>",
        text="Uw code is 123456.\n\nOf open http://localhost:8000/uitnodiging/abc/",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/toegankelijkheid/", "Status van deze verklaring"),
        ("/privacy/", "Welke gegevens bewaren we?"),
        ("/contact/", "Over het portaal"),
        ("/begrippen/", "BIG2"),
    ],
)
def test_everybody_reads_the_fixed_texts_without_one_query(
    client: Client, address: str, words: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get(address)

    assert response.status_code == 200
    assert words in response.content.decode()


def test_the_demo_shows_every_mail_with_its_code_and_link(client: Client, mail: Mail, settings: Any) -> None:
    settings.PORTAL_DEMO = True
    mails = client.get("/demo/post/")
    detail = client.get(f"/demo/post/{mail.pk}/")

    assert "Uw code &lt;b&gt;" in mails.content.decode()
    assert f'href="/demo/post/{mail.pk}/"' in mails.content.decode()
    assert "123456" in detail.content.decode()
    assert 'href="http://localhost:8000/uitnodiging/abc/"' in detail.content.decode()


@pytest.mark.parametrize("address", ["/demo/post/", "/demo/post/{pk}/"])
def test_outside_the_demo_nobody_sees_mail(client: Client, mail: Mail, settings: Any, address: str) -> None:
    settings.PORTAL_DEMO = False

    assert client.get(address.format(pk=mail.pk)).status_code == 404


def test_a_mail_that_does_not_exist_is_not_found(client: Client, mail: Mail, settings: Any) -> None:
    settings.PORTAL_DEMO = True

    assert client.get("/demo/post/999999/").status_code == 404


def test_the_list_of_mail_costs_the_same_for_many(
    client: Client, mail: Mail, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.PORTAL_DEMO = True
    for number in range(2, 60):
        outbox.post_text(
            purpose="proef", reference=str(number), recipient="a@example.org", subject="x", text="y"
        )
    with django_assert_max_num_queries(2):
        page = client.get("/demo/post/?pagina=3")

    assert len(page.context["page"]) == 9


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/stuk/", 500, "Er ging iets mis"), ("/weg/", 503, "even niet bereikbaar")],
)
def test_an_error_gives_a_calm_page_with_all_its_headers(
    client: Client, address: str, status: int, words: str
) -> None:
    client.raise_request_exception = False
    response = client.get(address)

    assert response.status_code == status
    assert words in response.content.decode()
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "publickey-credentials-get" in response["Permissions-Policy"]
    assert response.get("Retry-After") == ("30" if status == 503 else None)
