"""kill -9 of workers while organisations sign: each signature ends with one sealed statement."""

import io
import random
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.portal.test_workers import SWEEPER
from tests.sites import Site, kill, kill_children, site, wait_until

pytestmark = pytest.mark.services

# Some seven are sealed by the last kill, where the machine is quick some twenty.
SIGNATURES = 30
KILLS = 5
FAST = "django.contrib.auth.hashers.MD5PasswordHasher"
CELERY = ("-m", "celery", "-A", "config")
WORKER = (
    *CELERY,
    *("worker", "--loglevel", "WARNING", "--concurrency", "2"),
    *("--without-mingle", "--without-gossip"),
)
OPEN = """
from covenants import seals
from covenants.models import SealJob
from portal import jobs
from tests import factories
from tests.covenants import signing_cast
from coalitions.models import Role
coordinator = factories.make_person("Carla")
coalition = factories.make_coalition("Maas en Peel")
factories.give_role(coordinator, coalition, Role.COORDINATOR)
version = factories.confirm_text(factories.make_draft(coalition), coordinator, factories.make_person())
jobs.work_due(SealJob)
version.refresh_from_db()
signing_cast.open_round(version, coordinator)
for number in range({count}):
    signing_cast.sign(version, signing_cast.make_signatory(coalition, coordinator))
"""


def sealed(here: Site) -> int:
    return int(str(here.rows("SELECT count(*) FROM covenants_artefact WHERE kind = 'statement'")[0][0]))


def test_each_signature_is_sealed_once_though_workers_are_killed(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    chance = random.Random(80)
    with django_db_blocker.unblock(), site(tmp_path / "data", PORTAL_PASSWORD_HASHER=FAST) as here:
        here.do(OPEN.format(count=SIGNATURES))
        assert sealed(here) == 0
        here.start(*SWEEPER)
        worker = here.start(*WORKER)
        held = []
        for number in range(KILLS):
            before = sealed(here)
            wait_until(lambda floor=before: sealed(here) > floor or sealed(here) == SIGNATURES, seconds=60)
            # Somewhere in the middle of the next file.
            time.sleep(chance.uniform(0, 0.3))
            if number == KILLS // 2:
                kill(worker)
                worker = here.start(*WORKER)
            else:
                # Who seals dies and the worker itself goes on with others, as where memory runs out.
                kill_children(worker)
            # What the dead one held is free at once, instead of after its lease.
            held += here.rows(
                "UPDATE covenants_sealjob SET lease_until = now() WHERE lease_until IS NOT NULL RETURNING id"
            )
        assert held, "no kill came in the middle of a file"
        wait_until(lambda: sealed(here) == SIGNATURES, seconds=120)
        wait_until(
            lambda: (
                here.rows(
                    "SELECT count(*) FROM covenants_sealjob WHERE kind = 'statement' AND state <> 'done'"
                )
                == [(0,)]
            )
        )
        # One job and one statement for each signature, and one mail for each person about it.
        assert here.rows("SELECT count(*) FROM covenants_sealjob WHERE kind = 'statement'") == [(SIGNATURES,)]
        assert here.rows(
            "SELECT count(*), count(DISTINCT subject) FROM covenants_artefact WHERE kind = 'statement'"
        ) == [(SIGNATURES, SIGNATURES)]
        assert here.rows(
            "SELECT count(*) FROM covenants_partysignature s WHERE NOT EXISTS (SELECT FROM "
            "covenants_artefact a WHERE a.subject = 'statement/' || s.id)"
        ) == [(0,)]
        assert here.rows(
            "SELECT max(copies) FROM (SELECT count(*) copies FROM portal_mail WHERE purpose = "
            "'signature_proof' GROUP BY reference, recipient) counted"
        ) == [(1,)]
        with here.inside():
            call_command("check_seals", stdout=(said := io.StringIO()))
        assert "alles klopt" in said.getvalue()
