import pytest

from monitoring import orders, releases
from monitoring.models import Audit, Partition, Release
from portal import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def draft(early_births) -> Release:
    orders.order_all(reason="proef", by=None)
    jobs.work_due(Partition)
    jobs.work_due(Audit)
    return Release.objects.open().get()


def test_an_analyst_checks_approves_and_publishes(draft, analyst, log_in):
    client, url = log_in(analyst), draft.get_absolute_url()
    text = text_of(client.get(url))
    assert "Ik heb dit gecontroleerd" in text
    assert "Geen enkel oordeel verandert" in text
    assert "Smalste marge voor een lezer" in text
    for step, sentence in (
        ("controleren", "Keur goed"),
        ("goedkeuren", "Publiceer"),
        ("publiceren", "Deze uitgave leest iedereen nu."),
    ):
        assert sentence in text_of(client.post(f"{url}{step}/", follow=True))
    assert releases.published() == draft


def test_who_delivered_is_not_offered_to_approve(draft, analyst, log_in):
    draft.runs.update(requested_by=analyst)
    client, url = log_in(analyst), draft.get_absolute_url()
    text = text_of(client.post(f"{url}controleren/", follow=True))
    assert "Vraag een andere analist om deze uitgave goed te keuren." in text
    assert "Keur goed" not in text
    text = text_of(client.post(f"{url}goedkeuren/", follow=True))
    assert "Keur goed" not in text
    assert Release.objects.get(pk=draft.pk).state == "checked"


def test_an_earlier_release_can_be_gone_back_to(draft, analyst, log_in):
    client, earlier = log_in(analyst), releases.published()
    for step in ("controleren", "goedkeuren", "publiceren"):
        client.post(f"{draft.get_absolute_url()}{step}/")
    text = text_of(client.post(f"{earlier.get_absolute_url()}terug/", follow=True))
    assert "Iedereen leest nu weer de cijfers van deze uitgave." in text
    assert releases.published() == earlier


def test_the_page_needs_a_log_in(client, draft):
    assert client.get(draft.get_absolute_url()).status_code == 302


def test_an_unknown_release_is_not_there(draft, analyst, log_in):
    assert log_in(analyst).get("/cijfers/uitgaven/99999/").status_code == 404


def test_other_roles_are_refused(draft, alderman, log_in):
    client = log_in(alderman)
    assert client.get(draft.get_absolute_url()).status_code == 403
    assert client.post(f"{draft.get_absolute_url()}controleren/").status_code == 403
    assert Release.objects.get(pk=draft.pk).state == "draft"


def test_a_step_too_far_is_refused_with_a_sentence(draft, analyst, log_in):
    text = text_of(log_in(analyst).post(f"{draft.get_absolute_url()}publiceren/", follow=True))
    assert "Dit kan alleen als zij goedgekeurd is" in text
    assert log_in(analyst).get(f"{draft.get_absolute_url()}publiceren/").status_code == 405


def test_the_page_stays_within_its_queries(draft, analyst, log_in, django_assert_max_num_queries):
    client = log_in(analyst)
    with django_assert_max_num_queries(11):
        client.get(draft.get_absolute_url())
