"""Steps of an action from its own page and from the board, each by who may take it."""

import pytest
from django.urls import reverse

from actions.models import ActionState
from tests import factories
from tests.actions.programme_rows import make_action

pytestmark = pytest.mark.django_db


def step(action, slug):
    return reverse("actions:action-step", args=[action.coalition.slug, action.number, slug])


def test_who_pulls_it_takes_the_steps_of_the_work_and_not_the_decisions(
    coalition, coordinator, partner, log_in
):
    own = make_action(coalition, coordinator, lead=coalition.memberships.get())
    client = log_in(partner)

    assert client.get(step(own, "vastzitten")).status_code == 200
    empty = client.post(step(own, "vastzitten"), {"reason": ""})
    assert empty.status_code == 422
    client.post(step(own, "vastzitten"), {"reason": "Geen zaal", "needs_help": "Een zaal"})
    own.refresh_from_db()
    assert (own.state, own.state_reason, own.needs_help) == (ActionState.BLOCKED, "Geen zaal", "Een zaal")
    assert own.steps.last().recorded_by == partner
    assert client.get(step(own, "loslaten")).status_code == 403
    assert client.get(step(own, "bestaat-niet")).status_code == 404


def test_a_lead_of_a_group_decides_on_the_actions_of_that_group_only(coalition, coordinator, log_in):
    lead = factories.make_person("Gerda Trekker")
    factories.make_representative(lead, factories.make_member(coalition).organisation)
    group = factories.make_group(coalition, lead)
    hers = make_action(coalition, coordinator, state="idea", group=group)
    other = make_action(coalition, coordinator, state="idea")
    client = log_in(lead)

    assert client.get(step(other, "plannen")).status_code == 403
    client.post(step(hers, "plannen"), {"lead_name": "Iemand van buiten"})
    hers.refresh_from_db()
    assert (hers.state, hers.lead_name) == (ActionState.PLANNED, "Iemand van buiten")


def test_the_board_moves_at_once_or_asks_first_and_tells_who_was_earlier(coalition, coordinator, log_in):
    action = make_action(coalition, coordinator, state="planned")
    client = log_in(coordinator)
    move = reverse("actions:action-move", args=[coalition.slug, action.number])
    board = reverse("actions:action-board", args=[coalition.slug])
    assert "Verplaats" in client.get(board).content.decode()

    moved = client.post(move, {"naar": "starten", "seen": "planned", "terug": f"{board}?zoek=leren"})
    assert moved["Location"] == f"{board}?zoek=leren"
    late = client.post(move, {"naar": "starten", "seen": "planned"}, follow=True)
    assert "stond intussen al op ‘Loopt’" in late.content.decode()
    asks = client.post(move, {"naar": "afronden", "seen": "running", "terug": "https://elders.example"})
    assert asks["Location"] == step(action, "afronden")
    action.refresh_from_db()
    assert action.state == ActionState.RUNNING
