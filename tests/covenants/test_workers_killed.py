"""Workers are killed with -9 between signature and seal: the signature stands, and is sealed once."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone

from covenants.models import Artefact, ArtefactKind, PartySignature, SealJob
from portal import jobs
from portal.jobs import JobState
from tests.covenants.signing_cast import make_signatory, sign

pytestmark = pytest.mark.django_db(transaction=True)
SIGNATURES = 10
KILLS = 4
LONGEST_WAIT = 120
# A worker in a process of its own, on the database of the tests.
WORKER = """
import sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from covenants.models import SealJob
from portal import jobs
jobs.work_due(SealJob)
"""


def start_worker() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, connection.settings_dict["NAME"]],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def sealed() -> int:
    return Artefact.objects.filter(kind=ArtefactKind.STATEMENT).count()


def wait_for(count: int) -> None:
    """Until so many are sealed."""
    deadline = time.monotonic() + LONGEST_WAIT
    while sealed() < count:
        assert time.monotonic() < deadline, SealJob.objects.exclude(last_error="").values("last_error")
        time.sleep(0.05)


def test_every_signature_is_sealed_exactly_once_though_workers_are_killed(version, coalition, coordinator):
    for _ in range(SIGNATURES):
        sign(version, make_signatory(coalition, coordinator))
    for kill in range(KILLS):
        worker = start_worker()
        wait_for(2 * kill + 1)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        # As the end of a lease does, without the test waiting for it.
        SealJob.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now())
    jobs.work_due(SealJob, only=SealJob.objects.filter(kind="statement"))

    subjects = Artefact.objects.filter(kind=ArtefactKind.STATEMENT).values_list("subject", flat=True)
    signatures = PartySignature.objects.values_list("pk", flat=True)
    assert sorted(subjects) == sorted(f"statement/{pk}" for pk in signatures)
    assert SealJob.objects.filter(kind="statement", state=JobState.DONE).count() == SIGNATURES
