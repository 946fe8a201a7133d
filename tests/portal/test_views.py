"""The pages of the ground floor."""

from typing import Any

import pytest
from django.test import Client

from portal import outbox
from portal.models import Mail


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
    ("path", "words"),
    [
        ("/toegankelijkheid/", "Status van deze verklaring"),
        ("/privacy/", "Welke gegevens bewaren we?"),
        ("/contact/", "Over het portaal"),
        ("/begrippen/", "BIG2"),
    ],
)
def test_everybody_reads_the_fixed_texts_without_one_query(
    client: Client, path: str, words: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get(path)

    assert response.status_code == 200
    assert words in response.content.decode()


def test_the_demo_shows_every_mail_with_its_code_and_link(
    client: Client, mail: Mail, settings: Any
) -> None:
    settings.PORTAL_DEMO = True
    mails = client.get("/demo/post/")
    detail = client.get(f"/demo/post/{mail.pk}/")

    assert "Uw code &lt;b&gt;" in mails.content.decode()
    assert f'href="/demo/post/{mail.pk}/"' in mails.content.decode()
    assert "123456" in detail.content.decode()
    assert 'href="http://localhost:8000/uitnodiging/abc/"' in detail.content.decode()


@pytest.mark.parametrize("path", ["/demo/post/", "/demo/post/{pk}/"])
def test_outside_the_demo_nobody_sees_mail(
    client: Client, mail: Mail, settings: Any, path: str
) -> None:
    settings.PORTAL_DEMO = False

    assert client.get(path.format(pk=mail.pk)).status_code == 404


def test_a_mail_that_does_not_exist_is_not_found(
    client: Client, mail: Mail, settings: Any
) -> None:
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


@pytest.mark.django_db
def test_an_error_of_ours_gives_the_calm_page(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/demo/post/99999999999999999999/")

    assert response.status_code in {404, 500}
