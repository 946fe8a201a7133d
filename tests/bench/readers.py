"""Fifty people who read at once, through a real web server with two processes of four threads.

Time per page over the board page, an indicator and the region, against that of an empty page: at most
four times as long is at least a quarter of its throughput. `bare` is an answer without a page.
"""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from coalitions.models import Role
from partners.models import Person
from tests import factories
from tests.bench.measure import report
from tests.bench.pages import largest_coalition
from tests.browser.running import free_port

READERS = 50
PAGES_EACH = 6
ROUNDS = 4
PATIENCE = 60


def readers() -> None:
    """Print the line; any answer but 200 stops it."""
    coalition = largest_coalition()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = [
        reverse("monitoring:board", args=[coalition.slug]),
        f"{reverse('monitoring:indicator-detail', args=['big2'])}?gebied={coalition.slug}",
        reverse("monitoring:region", args=[coalition.slug]),
    ]
    cookie = _cookie(coalition)
    ours, reference, bare = [], [], []
    with _server() as port:
        _all_read(port, pages, cookie)
        for _ in range(ROUNDS):
            ours.append(_all_read(port, pages, cookie))
            reference.append(_all_read(port, [f"/leeg/{coalition.slug}/"], cookie))
            bare.append(_all_read(port, ["/leeg/"], cookie))
    report(
        "readers",
        ours,
        reference,
        unit="ms a page",
        of="median",
        readers=READERS,
        bare=round(median(bare), 5),
    )


def _cookie(coalition: object) -> str:
    person = Person.objects.filter(email="lezer@meting.example").first()
    if person is None:
        person = factories.make_person("Lezer", email="lezer@meting.example")
        factories.give_role(person, coalition, Role.COORDINATOR)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


@contextmanager
def _server() -> Iterator[int]:
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "tests.bench.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "4", "-c", "config/gunicorn.py", "--log-level", "error"),
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PORTAL_DATABASE_ROLE": "owner"},
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            _get(port, "/gezond/", "")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("De webserver start niet.")


def _get(port: int, address: str, cookie: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET", address, headers={"Host": "localhost", "Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def _all_read(port: int, pages: Sequence[str], cookie: str) -> float:
    """Milliseconds a page while everybody reads at once."""
    barrier = threading.Barrier(READERS + 1)
    wrong: list[str] = []

    def read(number: int) -> None:
        barrier.wait()
        for turn in range(PAGES_EACH):
            address = pages[(number + turn) % len(pages)]
            status = _get(port, address, cookie)
            if status != 200:
                wrong.append(f"{address}: {status}")

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    barrier.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    if wrong:
        raise SystemExit(f"Niet elke lezer kreeg een pagina: {wrong[0]}")
    return 1000 * took / (READERS * PAGES_EACH)


BENCHMARKS = {"readers": readers}
