import pytest
from django.urls import reverse

from monitoring import headlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(coalition) -> str:
    return reverse("monitoring:headline-choice", args=[coalition.slug])


def test_the_coordinator_chooses_and_sees_her_choice_again(coalition, coordinator, log_in, url):
    client = log_in(coordinator)
    response = client.post(url, {"place_1": "vroeggeboorte", "place_3": "big2"})
    assert response.url == reverse("monitoring:board", args=[coalition.slug])
    assert headlines.chosen_codes(coalition) == ["vroeggeboorte", "big2"]
    form = client.get(url).context["form"]
    assert [form[f"place_{place}"].initial for place in range(1, 5)] == ["vroeggeboorte", "big2", "", ""]


def test_an_anonymous_visitor_logs_in_first(client, url):
    assert client.get(url).status_code == 302


def test_for_an_outsider_there_is_nothing_to_choose(outsider, log_in, url):
    assert log_in(outsider).get(url).status_code == 404


def test_an_alderman_does_not_choose(alderman, log_in, url):
    assert log_in(alderman).get(url).status_code == 403


def test_what_nobody_checked_at_its_source_is_no_option(coalition, coordinator, log_in, url):
    response = log_in(coordinator).post(url, {"place_1": "tienermoeders"})
    assert response.status_code == 422
    response = log_in(coordinator).post(url, {"place_1": "big2", "place_2": "big2"})
    assert "Kies elk cijfer maar één keer." in response.content.decode()
    assert headlines.chosen_codes(coalition) == []
