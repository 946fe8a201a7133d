"""The administrator changes where a coalition belongs and which municipalities it covers."""

import datetime

import pytest
from django.urls import reverse

from coalitions.models import Level
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 1)


def address(coalition, name="platform-coalition-edit"):
    return reverse(f"coalitions:{name}", args=[coalition.slug])


def codes(coalition):
    return set(coalition.municipalities(on=DAY).values_list("code", flat=True))


def test_the_page_shows_the_area_with_its_periods(log_in, administrator, coalition):
    page = log_in(administrator).get(address(coalition))

    assert page.status_code == 200
    assert "GM0983" in page.text
    assert "1 januari 2020" in page.text


def test_the_parent_changes(log_in, administrator, coalition):
    national = factories.make_coalition("Landelijk", level=Level.NATIONAL)

    answer = log_in(administrator).post(address(coalition), {"parent": national.pk}, follow=True)

    assert "Opgeslagen." in answer.text
    coalition.refresh_from_db()
    assert coalition.parent == national


def test_a_parent_that_is_not_wider_is_explained(log_in, administrator, coalition):
    same = factories.make_coalition("Regionaal", level=Level.REGIONAL)

    page = log_in(administrator).post(address(coalition), {"parent": same.pk})

    assert "Een lokale coalitie hoort bij een regionale of landelijke" in page.text
    coalition.refresh_from_db()
    assert coalition.parent is None


def test_the_area_changes_from_a_day(log_in, administrator, coalition):
    factories.make_area("Weert", code="GM0988")
    beesel = coalition.municipalities().get(code="GM0889")

    answer = log_in(administrator).post(
        address(coalition, "platform-coalition-area"),
        {"add": "Weert", "remove": [beesel.pk], "on": "01-06-2026"},
        follow=True,
    )

    assert "Het gebied is gewijzigd." in answer.text
    assert codes(coalition) == {"GM0983", "GM0988"}
    before = coalition.municipalities(on=datetime.date(2026, 5, 31))
    assert set(before.values_list("code", flat=True)) == {"GM0983", "GM0889"}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"add": "", "on": "2026-06-01"}, "Kies welke gemeente erbij komt of weggaat."),
        ({"add": "Venlo", "on": "2026-06-01"}, "Venlo hoort op deze datum of later al bij"),
        ({"add": "Nergens", "on": "2026-06-01"}, "geen gemeente"),
        ({"add": "Venlo", "on": "gisteren"}, "Vul een datum in"),
        ({"remove": ["0"], "on": "2026-06-01"}, "0"),
    ],
)
def test_a_bad_change_of_area_is_explained(log_in, administrator, coalition, answers, words):
    page = log_in(administrator).post(address(coalition, "platform-coalition-area"), answers)

    assert page.status_code == 422
    assert words in page.text
    assert codes(coalition) == {"GM0983", "GM0889"}


def test_anonymous_is_sent_to_log_in(client, coalition):
    assert client.get(address(coalition)).status_code == 302


def test_an_unknown_coalition_does_not_exist(log_in, administrator):
    url = reverse("coalitions:platform-coalition-edit", args=["nergens"])

    assert log_in(administrator).get(url).status_code == 404


@pytest.mark.parametrize("name", ["platform-coalition-edit", "platform-coalition-area"])
def test_the_coordinator_is_refused(log_in, coordinator, coalition, name):
    url = address(coalition, name)

    assert log_in(coordinator).post(url, {"parent": ""}).status_code == 403


def test_the_area_only_changes_by_post(log_in, administrator, coalition):
    url = address(coalition, "platform-coalition-area")

    assert log_in(administrator).get(url).status_code == 405


def test_it_asks_as_many_queries_for_many_municipalities(
    log_in, administrator, coalition, django_assert_max_num_queries
):
    factories.put_in_region(coalition.area, *(factories.make_area() for _ in range(40)))
    client = log_in(administrator)

    with django_assert_max_num_queries(12):
        client.get(address(coalition))
