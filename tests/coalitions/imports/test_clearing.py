"""A table is not kept longer than it is of use."""

import datetime

import pytest
from django.utils import timezone

from coalitions import tasks
from coalitions.models import MemberImport
from portal.import_plans import PlanStep
from tests import factories
from tests.coalitions.imports.tables import checked, csv_of, saved

pytestmark = pytest.mark.django_db
TABLE = csv_of(["Naam", "Soort"], ["A", "welzijn"])


def test_an_import_that_nobody_goes_on_with_stops_after_a_week(coalition, coordinator):
    factories.make_type("welzijn")
    plan = checked(coalition, coordinator, TABLE)
    assert tasks.clear_imports() == 0
    MemberImport.objects.update(created_at=timezone.now() - datetime.timedelta(days=8))
    assert tasks.clear_imports() == 1
    plan.refresh_from_db()
    assert (plan.step, plan.rows.count()) == (PlanStep.CANCELLED, 0)


def test_rows_that_can_no_longer_be_undone_are_emptied(coalition, coordinator):
    factories.make_type("welzijn")
    plan = saved(coalition, coordinator, TABLE)
    assert tasks.clear_imports() == 0
    MemberImport.objects.update(saved_at=timezone.now() - datetime.timedelta(hours=25))
    assert tasks.clear_imports() == 1
    row = plan.rows.get()
    assert (row.cells, row.values, row.line) == ([], {}, 2)
    assert tasks.clear_imports() == 0
