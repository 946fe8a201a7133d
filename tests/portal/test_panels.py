"""What the ground floor shows on the platform page."""

from typing import Any

import pytest
from django.db.models.functions import Now
from django.template.loader import render_to_string

from portal.hooks import Place
from portal.models import Mail
from portal.panels import panels


def page() -> str:
    """The three blocks as the platform page includes them."""
    return render_to_string(
        "coalitions/_panels.html",
        {"panels": panels(Place.PLATFORM, subject=None, person=None), "csrf_token": "abc"},
    )


def make_mail(number: int, **fields: Any) -> Mail:
    return Mail.objects.create(
        purpose="proef",
        reference=str(number),
        recipient=f"persoon{number}@example.org",
        subject=f"Mail {number}",
        **fields,
    )


def failed(number: int) -> Mail:
    return make_mail(number, state="failed", finished_at=Now(), last_error="SMTPRefused: 550 onbekend")


@pytest.mark.django_db
def test_other_pages_get_nothing_of_this() -> None:
    assert panels(Place.COALITION, subject=None, person=None) == []


@pytest.mark.django_db
def test_all_quiet() -> None:
    text = page()

    assert "Er wacht geen mail." in text
    assert "Er is geen werk mislukt." in text
    assert "<form" not in text


@pytest.mark.django_db
def test_waiting_mail_is_counted() -> None:
    make_mail(1)
    make_mail(2)

    assert "2 mails wachten op versturen" in " ".join(page().split())


@pytest.mark.django_db
def test_failed_mail_shows_its_error_and_a_button() -> None:
    failed(1)
    text = page()

    assert "persoon1@example.org" in text
    assert "550 onbekend" in text
    assert 'action="/platform/opnieuw/portal.mail/"' in text
    assert 'value="abc"' in text, "the button needs its csrf token"


@pytest.mark.django_db
def test_other_work_that_failed_shows_by_kind(failed_partition: object) -> None:
    text = page()

    assert "1 × onderdelen van berekeningen" in text
    assert 'action="/platform/opnieuw/monitoring.partition/"' in text


@pytest.fixture
def failed_partition(db: None) -> object:
    from monitoring.models import Indicator, Partition, Period, Run

    return Partition.objects.create(
        run=Run.objects.create(reason="proef"),
        indicator=Indicator.objects.create(
            code="proef", name="Proef", factor=1, interval="none", is_at_risk=False
        ),
        period=Period.objects.create(code="x", label="x", reference_date="2022-01-01"),
        state="failed",
        finished_at=Now(),
        last_error="ValueError: stuk",
    )


@pytest.mark.django_db
def test_the_page_costs_the_same_for_one_and_for_many(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        failed(number)
    # One for all kinds of work, one for the mails that failed and one for the signs of life.
    with django_assert_max_num_queries(3):
        text = page()

    assert text.count("550 onbekend") == 10
    assert "30 mails zijn" in " ".join(text.split())
