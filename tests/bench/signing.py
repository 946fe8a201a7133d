"""Eighty organisations that sign at the same moment, beside eighty empty posts at the same moment.

Through all middleware, with as many threads as the demo's web server has: waiting for one counts.
"""

import datetime
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from covenants import challenges, rounds
from covenants.models import Challenge, Method
from partners.models import Person
from tests import factories
from tests.bench.measure import report
from tests.covenants.signing_cast import Signatory, code_of, make_signatory

AT_ONCE = 80
ROUNDS = 2
# As many as the demo's web server has: two processes of four threads.
THREADS = 8


def sign_burst() -> None:
    """Print the line: p95 of the post that signs, against p95 of an empty post with the same log-in."""
    ours: list[float] = []
    reference: list[float] = []
    with override_settings(
        ROOT_URLCONF="tests.bench.urls", PORTAL_REQUIRES_SECOND_FACTOR=False, ALLOWED_HOSTS=["testserver"]
    ):
        for _ in range(ROUNDS):
            signatories, sends = _prepare()
            empties = [_empty_post(one.person) for one in signatories]
            reference += _all_at_once(empties)
            ours += _all_at_once(sends)
    report("sign_burst", ours, reference, unit="ms", of="p95", at_once=AT_ONCE)


def _prepare() -> tuple[list[Signatory], list[Callable[[], None]]]:
    """A text that is open, eighty people who stand before the last button, and what it sends."""
    coalition = factories.make_coalition("Tekenavond")
    coordinator = factories.make_person()
    factories.give_role(coordinator, coalition)
    version = factories.freeze(factories.make_draft(coalition))
    rounds.open_round(
        version=version,
        closes_at=timezone.now() + datetime.timedelta(days=1),
        by=coordinator,
        invites=False,
    )
    # Without a password, whose slow hash would be most of the preparation.
    signatories = [make_signatory(coalition, coordinator, logs_in=False) for _ in range(AT_ONCE)]
    sends = []
    for one in signatories:
        asked = challenges.ask(
            version=version,
            mandate=one.mandate,
            method=Method.MAIL,
            typed_name=one.person.name,
            by=one.person,
        )
        url = reverse(
            "covenants:signing-proof", args=[coalition.slug, version.covenant.slug, version.number, asked.pk]
        )
        sends.append(_post(one.person, url, _answer(asked)))
    return signatories, sends


def _answer(asked: Challenge) -> dict[str, Any]:
    return {
        "doc_sha256": asked.doc_sha256,
        "consent_id": asked.consent_id,
        "key": str(asked.key),
        "answer": code_of(asked),
    }


def _empty_post(person: Person) -> Callable[[], None]:
    return _post(person, "/leeg/", {})


def _post(person: Person, url: str, sent: dict[str, Any]) -> Callable[[], None]:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def post() -> None:
        response = client.post(url, sent)
        if response.status_code not in {200, 302}:
            raise SystemExit(f"{url} gaf {response.status_code}")

    return post


def _all_at_once(posts: list[Callable[[], None]]) -> list[float]:
    """How long each waited for its answer, in milliseconds, with so many threads to serve them."""
    gate = threading.Semaphore(THREADS)
    barrier = threading.Barrier(len(posts))
    waited = [0.0] * len(posts)

    def run(number: int, post: Callable[[], None]) -> None:
        barrier.wait()
        started = time.perf_counter()
        with gate:
            post()
            connection.close()
        waited[number] = 1000 * (time.perf_counter() - started)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(posts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waited


BENCHMARKS = {"sign_burst": sign_burst}
