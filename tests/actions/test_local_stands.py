"""How municipalities stand with an action: what may be said, by whom, and what PostgreSQL guards."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from actions import local_stands
from actions.demo_local_stands import STANDS
from actions.models import ActionState, LocalStand, LocalState
from actions.presenters.local_stands import grid_of
from coalitions import groups
from portal.acts import Refused
from tests import factories
from tests.actions.programme_rows import make_action

pytestmark = pytest.mark.django_db

RUNNING, PREPARING, ABSTAINING = LocalState.RUNNING, LocalState.PREPARING, LocalState.ABSTAINING


@pytest.fixture
def action(coalition, coordinator):
    return make_action(coalition, coordinator)


@pytest.fixture
def venlo(coalition):
    return coalition.municipalities().get(code="GM0983")


@pytest.fixture
def say(action, venlo, coordinator):
    def say(state=RUNNING, days_ago=0, note="", municipality=venlo):
        since = factories.today() - datetime.timedelta(days=days_ago)
        return local_stands.set_stand(
            action=action, municipality=municipality, state=state, since=since, note=note, by=coordinator
        )

    return say


def periods(action):
    today = factories.today()
    return [
        (stand.state, (today - stand.valid_from).days, stand.valid_to and (today - stand.valid_to).days)
        for stand in action.local_stands.order_by("valid_from")
    ]


def test_a_new_stand_ends_the_one_before_and_keeps_it(action, say):
    say(PREPARING, 30)
    say(RUNNING, 10)
    assert periods(action) == [(PREPARING, 30, 10), (RUNNING, 10, None)]


def test_a_stand_of_an_earlier_day_replaces_what_was_said_of_later_days(action, say):
    say(PREPARING, 30)
    say(RUNNING, 10)
    say(ABSTAINING, 20, "Wij doen dit anders")
    assert periods(action) == [(PREPARING, 30, 20), (ABSTAINING, 20, None)]
    say(RUNNING, 40)
    assert periods(action) == [(RUNNING, 40, None)]


def test_who_says_the_same_once_more_keeps_the_day_and_changes_the_words(action, say):
    say(PREPARING, 30)
    say(RUNNING, 20, "In één wijk")
    say(RUNNING, 0, "In alle wijken")
    assert periods(action) == [(PREPARING, 30, 20), (RUNNING, 20, None)]
    assert action.local_stands.current().get().note == "In alle wijken"
    say(PREPARING, 25)
    assert periods(action) == [(PREPARING, 30, None)]


def test_a_mistake_is_taken_back_and_what_was_said_before_holds_again(action, venlo, say, coordinator):
    say(PREPARING, 30)
    say(RUNNING, 10)
    local_stands.take_back(action=action, municipality=venlo, by=coordinator)
    assert periods(action) == [(PREPARING, 30, None)]
    local_stands.take_back(action=action, municipality=venlo, by=coordinator)
    assert periods(action) == []
    with pytest.raises(local_stands.NothingToTakeBack):
        local_stands.take_back(action=action, municipality=venlo, by=coordinator)
    # Who said what stays in the history, also of what is gone.
    labels = LocalStand.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update", "insert", "delete", "update", "delete"]


@pytest.mark.parametrize("state", [LocalState.STOPPED, ABSTAINING])
def test_who_stops_or_does_not_take_part_says_why_and_nothing_changes_until_then(action, say, state):
    say(RUNNING, 10)
    with pytest.raises(Refused, match="Toelichting"):
        say(state, note=" ")
    assert periods(action) == [(RUNNING, 10, None)]
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalStand.objects.update(state=state)


def test_a_day_to_come_and_a_municipality_from_elsewhere_are_refused(action, say):
    with pytest.raises(local_stands.NotYet):
        say(days_ago=-1)
    with pytest.raises(local_stands.NotHere):
        say(municipality=factories.make_area("Groningen"))
    assert not action.local_stands.exists()


def test_an_action_for_some_municipalities_is_not_carried_out_elsewhere(coalition, coordinator, venlo):
    beesel = coalition.municipalities().exclude(pk=venlo.pk)
    action = make_action(coalition, coordinator, scope="local", areas=beesel)
    with pytest.raises(local_stands.NotHere):
        local_stands.set_stand(action=action, municipality=venlo, state=RUNNING, by=coordinator)


def test_an_idea_is_carried_out_nowhere(coalition, coordinator, venlo):
    idea = make_action(coalition, coordinator, state=ActionState.IDEA)
    assert grid_of(idea, coordinator) is None
    with pytest.raises(local_stands.StillAnIdea):
        local_stands.set_stand(action=idea, municipality=venlo, state=RUNNING, by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalStand.objects.create(action=idea, municipality=venlo, state=RUNNING)


def test_postgresql_refuses_two_stands_at_once_and_a_municipality_of_another_region(action, venlo, say):
    say(RUNNING, 10)
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalStand.objects.create(action=action, municipality=venlo, state=PREPARING)
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalStand.objects.create(action=action, municipality=factories.make_area(), state=RUNNING)


def test_the_restricted_role_may_say_and_take_back(action, venlo, say, coordinator, as_app):
    with as_app():
        say(PREPARING, 3)
        say(RUNNING, 5)
        local_stands.take_back(action=action, municipality=venlo, by=coordinator)
    assert not action.local_stands.exists()


def test_everybody_speaks_for_her_own_municipality_and_who_coordinates_for_all(
    action, coalition, coordinator, alderman, partner, analyst
):
    colleague = factories.make_person("Cora Collega")
    own = alderman.representatives.get().organisation
    factories.make_representative(colleague, own)
    assert set(local_stands.within(coordinator, action)) == set(coalition.municipalities())
    assert [one.name for one in local_stands.within(alderman, action)] == ["Beesel"]
    assert [one.name for one in local_stands.within(colleague, action)] == ["Beesel"]
    for person in (partner, analyst, factories.make_person()):
        assert not local_stands.within(person, action).exists()


def test_who_leads_the_working_group_of_an_action_speaks_for_all_of_its_municipalities(
    coalition, coordinator, partner
):
    group = factories.make_group(coalition, partner)
    action = make_action(coalition, coordinator, group=group)
    assert set(local_stands.within(partner, action)) == set(coalition.municipalities())
    groups.close(group=group, reason="Klaar", by=coordinator)
    assert not local_stands.within(partner, action).exists()


def test_the_page_counts_where_it_runs_and_names_who_said_nothing(action, say, coordinator):
    grid = grid_of(action, coordinator)
    assert (grid.told, grid.silent_names) == ([], "Beesel en Venlo")
    say(RUNNING, 10, "In alle wijken")
    grid = grid_of(action, coordinator)
    assert [(place.name, place.stand["state"], place.stand["note"]) for place in grid.told] == [
        ("Venlo", "running", "In alle wijken")
    ]
    assert grid.told[0].stand["since"] == factories.today() - datetime.timedelta(days=10)
    assert grid.silent_names == "Beesel"
    assert grid.sentence == (
        "Deze actie loopt in 1 van de 2 gemeenten. 1 van de 2 gemeenten heeft een stand gemeld."
    )


def test_where_there_is_one_municipality_the_action_says_it_all(coalition, coordinator, venlo):
    only = make_action(
        coalition, coordinator, scope="local", areas=coalition.municipalities().filter(pk=venlo.pk)
    )
    assert grid_of(only, coordinator) is None


def test_the_demo_says_something_of_every_state():
    assert {stand and stand[0] for stand in STANDS} == {None, *LocalState.values}
