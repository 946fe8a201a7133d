"""A worker that is killed in the middle of saving leaves nothing, and the next one does it all."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.sites import kill, site, wait_until

pytestmark = pytest.mark.services

PREPARE = """
from tests import factories
from tests.coalitions.imports.tables import checked, csv_of
from coalitions.imports import plans
from coalitions.models import ImportWork
from portal import jobs
coalition = factories.make_coalition("Proef")
by = factories.make_person("Carla")
factories.give_role(by, coalition)
factories.make_type("welzijn")
content = csv_of(["Naam", "Soort"], *([f"Organisatie {n}", "welzijn"] for n in range(600)))
plan = checked(coalition, by, content)
jobs.work_due(ImportWork)
plan.refresh_from_db()
plans.confirm(plan=plan, skips_errors=False, by=by)
"""
WORK = "from coalitions.models import ImportWork; from portal import jobs; jobs.work_due(ImportWork)"
WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def test_kill_9_in_the_middle_of_saving_leaves_nothing_half_done(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), site(tmp_path / "data") as here:
        here.do(PREPARE)
        with psycopg.connect(here.services.addresses.owner_database_url) as other:
            # Organisations and memberships are written when the steps have to wait.
            other.execute("LOCK TABLE coalitions_membershipstep IN SHARE MODE")
            worker = here.start("manage.py", "shell", "-c", WORK)
            wait_until(lambda: bool(here.rows(WAITING)), seconds=60)
            kill(worker)
        wait_until(lambda: not here.rows(WAITING))
        assert here.rows("SELECT count(*) FROM partners_organisation") == [(0,)]
        assert here.rows("SELECT step FROM coalitions_memberimport") == [("saving",)]
        here.rows("UPDATE coalitions_importwork SET lease_until = now() WHERE state = 'waiting'")
        here.do(WORK)
        assert here.rows("SELECT step FROM coalitions_memberimport") == [("saved",)]
        for table in ("partners_organisation", "coalitions_membership", "coalitions_membershipstep"):
            assert here.rows(f"SELECT count(*) FROM {table}") == [(600,)]
