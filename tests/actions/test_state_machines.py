"""Every state machine of this floor: none escapes its table of illegal moves, and none begins half-way.

The tables themselves try every illegal move by operation and by trigger; they stand with their nouns.
"""

from decimal import Decimal

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from actions import adoptions, announcements, budgets, contributions, reports
from actions.models import ActionState, BottleneckState, PracticeState
from portal.triggers import Transitions
from tests import factories
from tests.actions import test_announcements, test_budgets, test_meetings, test_practices, test_state_moves
from tests.actions.programme_rows import make_action, make_bottleneck, make_programme, make_round

pytestmark = pytest.mark.django_db

# The test that tries every illegal move of each.
TABLES = {
    "Action": test_state_moves.test_an_action_moves_along_the_table_only,
    "Announcement": test_announcements.test_a_message_is_sent_once_and_its_words_stay,
    "Bottleneck": test_state_moves.test_a_bottleneck_moves_along_the_table_only,
    "BudgetYear": test_budgets.test_a_year_moves_only_along_its_moves,
    "Contribution": test_budgets.test_a_contribution_moves_only_along_its_moves,
    "Meeting": test_meetings.test_an_illegal_move_is_refused_by_operation_and_by_trigger,
    "Practice": test_practices.test_an_illegal_move_of_a_gem_is_refused_by_operation_and_by_trigger,
    "PracticeAdoption": (
        test_practices.test_an_illegal_move_of_an_adoption_is_refused_by_operation_and_by_trigger
    ),
    "Programme": test_state_moves.test_a_programme_moves_along_the_table_only,
    "ProgressReport": test_state_moves.test_a_report_moves_along_the_table_only,
    "ReportingRound": test_state_moves.test_a_round_moves_along_the_table_only,
}
# States in which a row may come to be, where that is not the first alone.
BEGINNINGS = {
    "Action": {ActionState.IDEA, ActionState.PLANNED},
    "Bottleneck": {BottleneckState.COLLECTED, BottleneckState.SHARED},
}


def test_every_machine_has_a_table_of_its_illegal_moves():
    machines = {
        model.__name__
        for model, trigger in pgtrigger.registered()
        if isinstance(trigger, Transitions) and model._meta.app_label == "actions"
    }
    assert machines == set(TABLES)


@pytest.fixture
def rows(coalition, coordinator):
    """One row of each, in its first state."""
    by = {"by": coordinator}
    member, town = factories.make_member(coalition), coalition.municipalities().first()
    action = make_action(coalition, coordinator)
    asked = make_round(coalition, coordinator)
    budget = budgets.open_year(coalition=coalition, year=2027, **by)
    adoption = adoptions.adopt(
        practice=test_practices.gem(coalition, member, coordinator),
        coalition=coalition,
        municipality=town,
        owner=member,
        **by,
    )
    found = [
        make_action(coalition, coordinator, state="idea"),
        announcements.write(coalition=coalition, title="Nieuws", body="Lees.", everybody=True, **by),
        make_bottleneck(coalition, coordinator),
        budget,
        contributions.promise(budget=budget, organisation=member.organisation, amount=Decimal(1), **by),
        factories.make_meeting(coalition, coordinator),
        test_practices.gem(coalition, member, coordinator, PracticeState.LOCAL),
        adoption,
        make_programme(coalition, coordinator),
        reports.begin(action=action, reporting_round=asked, membership=action.lead, **by),
        make_round(factories.make_coalition(), coordinator, state="planned"),
    ]
    return {type(row).__name__: row for row in found}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_row_comes_to_be_in_a_first_state_only(rows, name):
    states = type(rows[name])._meta.get_field("state")
    begins = BEGINNINGS.get(name, {states.default})
    by_trigger = {state for state, _ in states.flatchoices if "_moves_" in refused(rows[name], state)}
    assert by_trigger == {state for state, _ in states.flatchoices} - begins


def refused(row, state):
    """What PostgreSQL says of a copy of `row` that begins in `state`; nothing where it may."""
    model = type(row)
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.generated and not field.primary_key and field.column != "state"
    ]
    names = ", ".join(f'"{column}"' for column in columns)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{model._meta.db_table}" (state, {names}) SELECT %s, {names}'
                f' FROM "{model._meta.db_table}" WHERE id = %s',
                [state, row.pk],
            )
    except IntegrityError as error:
        return str(error)
    return ""
