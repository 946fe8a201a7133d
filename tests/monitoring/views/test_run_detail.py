import pytest

from monitoring import orders
from monitoring.models import Partition
from portal.jobs import JobState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]


@pytest.fixture
def run(early_births, analyst):
    return orders.order_all(reason="proef", by=analyst)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_analyst_sees_the_parts_and_stops_them(run, analyst, log_in):
    client, url = log_in(analyst), f"/cijfers/uitrekenen/{run.pk}/"
    text = text_of(client.get(url))
    assert "0 van 2 onderdelen" in text
    assert text.count("Wacht</span>") == 2
    text = text_of(client.post(f"{url}stoppen/", follow=True))
    assert "Gestopt: 2 onderdelen." in text
    text = text_of(client.post(f"{url}opnieuw/", follow=True))
    assert "De workers proberen 2 onderdelen opnieuw." in text
    assert Partition.objects.filter(run=run, state=JobState.WAITING).count() == 2


def test_a_failed_part_is_on_top_with_its_error(run, analyst, log_in):
    part = run.partitions.last()
    Partition.objects.filter(pk=part.pk).update(
        state=JobState.FAILED, last_error="deling door nul", finished_at=run.requested_at
    )
    client, url = log_in(analyst), f"/cijfers/uitrekenen/{run.pk}/"
    text = text_of(client.get(url))
    assert "deling door nul" in text
    assert text.index("deling door nul") < text.index("Wacht</span>")
    assert "Wacht</span>" not in text_of(client.get(f"{url}?stand=failed"))
    assert "Geen onderdelen met deze stand." in text_of(client.get(f"{url}?stand=done"))


def test_others_see_and_stop_nothing(run, alderman, client, log_in):
    url = f"/cijfers/uitrekenen/{run.pk}/"
    assert client.get(url).status_code == 302
    client = log_in(alderman)
    assert client.get(url).status_code == 403
    assert client.post(f"{url}stoppen/").status_code == 403
    assert client.get("/cijfers/uitrekenen/99999/").status_code == 403
    assert run.partitions.filter(state=JobState.WAITING).count() == 2
