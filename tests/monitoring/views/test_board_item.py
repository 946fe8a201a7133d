import pytest
from django.urls import reverse

from actions.models import Decision
from coalitions.models import Role
from monitoring import board_items
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def list_url(coalition) -> str:
    return reverse("monitoring:board-item-list", args=[coalition.slug])


@pytest.fixture
def add_url(coalition) -> str:
    return reverse("monitoring:board-item-add", args=[coalition.slug])


def test_the_coordinator_asks_sees_the_answers_and_closes(
    coalition, coordinator, alderman, log_in, list_url, add_url
):
    client = log_in(coordinator)
    assert "Er is nog niets aan bestuurders gevraagd." in client.get(list_url).content.decode()
    sent = {"question": "Maak geld vrij", "due_on": factories.today().isoformat(), "organisation": ""}
    assert client.post(add_url, sent).url == list_url
    item = coalition.board_items.get()
    board_items.answer(item=item, kind="decided", note="Op 3 maart", by=alderman)
    text = client.get(list_url).content.decode()
    assert "Gemeente Beesel: besloten" in text
    assert "Op 3 maart" in text
    client.post(reverse("monitoring:board-item-close", args=[coalition.slug, item.pk]))
    assert "Afgerond" in client.get(list_url).content.decode()


def test_the_list_needs_a_log_in(client, list_url):
    assert client.get(list_url).status_code == 302


def test_for_an_outsider_there_is_no_list(outsider, log_in, list_url):
    assert log_in(outsider).get(list_url).status_code == 404


def test_a_partner_asks_nothing_of_who_governs(partner, log_in, add_url):
    assert log_in(partner).get(add_url).status_code == 403


def test_a_bad_question_is_explained_and_kept(coordinator, log_in, add_url):
    response = log_in(coordinator).post(add_url, {"question": "", "due_on": "2020-01-01"})
    assert response.status_code == 422
    response = log_in(coordinator).post(add_url, {"question": "Geld", "due_on": "2020-01-01"})
    assert "Die dag is voorbij." in response.content.decode()


def test_who_does_not_govern_gets_words_instead_of_a_form(coalition, coordinator, log_in):
    item = board_items.ask(coalition=coalition, question="Geld", due_on=factories.today(), by=coordinator)
    url = reverse("monitoring:board-item-answer", args=[coalition.slug, item.pk])
    client = log_in(coordinator)
    assert "Alleen wie bestuurt geeft hier antwoord." in client.get(url).content.decode()
    assert client.post(url, {"kind": "decided"}).status_code == 422
    assert not item.answers.exists()


@pytest.fixture
def decision(coalition, coordinator):
    meeting = factories.make_meeting(coalition, by=coordinator)
    return Decision.objects.create(meeting=meeting, text="Elke gemeente maakt geld vrij")


def test_what_a_meeting_decided_becomes_a_question_and_is_offered_once(
    decision, coalition, coordinator, log_in, list_url, add_url
):
    client = log_in(coordinator)
    assert f"?besluit={decision.pk}" in client.get(add_url).content.decode()
    page = client.get(f"{add_url}?besluit={decision.pk}")
    assert page.context["form"].initial["question"] == decision.text
    sent = {"question": decision.text, "due_on": factories.today().isoformat(), "organisation": ""}
    client.post(f"{add_url}?besluit={decision.pk}", sent)
    assert coalition.board_items.get().decision == decision
    assert "Besloten in" in client.get(list_url).content.decode()
    assert f"?besluit={decision.pk}" not in client.get(add_url).content.decode()


def test_a_decision_of_another_coalition_is_not_asked_here(decision, coordinator, log_in, add_url):
    elsewhere = factories.make_coalition("Elders")
    with pytest.raises(board_items.OfAnotherCoalition):
        board_items.ask(
            coalition=elsewhere,
            question="Geld",
            due_on=factories.today(),
            by=coordinator,
            decision=decision,
        )
    url = reverse("monitoring:board-item-add", args=[elsewhere.slug])
    factories.give_role(coordinator, elsewhere, Role.COORDINATOR)
    assert log_in(coordinator).get(f"{url}?besluit={decision.pk}").context["decision"] is None
