"""The fixed cast: one coalition, and one person for each role in it; `outsider` works elsewhere."""

import datetime
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.crypto import get_random_string
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from coalitions.models import Coalition, Role
from partners.models import Person
from tests import factories
from tests.app_role import app_connection, app_role, as_app, emptied_by_row  # noqa: F401
from tests.services import USES_OWN_SERVICES

# No test times the machine: it may have other work to do.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the garbage collector need not look there again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database begins as a copy of the prepared one."""
    if not USES_OWN_SERVICES:
        connection.settings_dict["TEST"]["TEMPLATE"] = connection.settings_dict["NAME"]


@pytest.fixture
def coalition(db: None) -> Coalition:
    """A regional coalition of two municipalities."""
    return factories.make_maas_en_peel()


@pytest.fixture
def coordinator(coalition: Coalition) -> Person:
    return factories.make_coordinator(coalition)


@pytest.fixture
def analyst(coalition: Coalition) -> Person:
    person = factories.make_person("Anton Analist")
    factories.give_role(person, coalition, Role.ANALYST)
    return person


@pytest.fixture
def partner(coalition: Coalition) -> Person:
    person = factories.make_person("Petra Partner")
    organisation = factories.make_organisation("Welzijn Maasdorp")
    factories.make_member(coalition, organisation)
    factories.make_representative(person, organisation, is_primary=True)
    return person


@pytest.fixture
def alderman(coalition: Coalition) -> Person:
    person = factories.make_person("Wim Wethouder")
    municipality = coalition.municipalities().first()
    organisation = factories.make_organisation(
        "Gemeente Beesel", type_code="gemeente", municipality=municipality
    )
    membership = factories.make_member(coalition, organisation)
    representative = factories.make_representative(person, organisation, function="wethouder")
    factories.give_seat(membership, representative)
    return person


@pytest.fixture
def administrator(db: None) -> Person:
    person = factories.make_person("Bea Beheerder")
    factories.make_administrator(person)
    return person


@pytest.fixture
def outsider(db: None) -> Person:
    """Coordinator of another coalition."""
    person = factories.make_person("Otto Buitenstaander")
    factories.give_role(person, factories.make_coalition("Elders"), Role.COORDINATOR)
    return person


@pytest.fixture(autouse=True)
def without_second_factor(settings: object) -> None:
    """Tests of pages log in with one step; tests of the second factor switch it on."""
    settings.PORTAL_REQUIRES_SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def static_files_are_looked_up(settings: object) -> None:
    """Or each client would begin by reading the folder with all of them."""
    settings.WHITENOISE_AUTOREFRESH = True


LOG_IN = """
UPDATE partners_person SET last_login = %s WHERE id = %s;
INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)
"""


@pytest.fixture
def log_in(client: Client):
    """Log a person in and get the client."""

    def log_in(person: Person) -> Client:
        # What a log-in leaves, in one go instead of ten statements: most tests of pages begin so.
        person.last_login = timezone.now()
        held = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        key, ends_at = get_random_string(32), person.last_login + datetime.timedelta(hours=12)
        with connection.cursor() as cursor:
            cursor.execute(LOG_IN, [person.last_login, person.pk, key, SessionStore().encode(held), ends_at])
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    return log_in


@pytest.fixture
def cost_of():
    """How many queries a page takes."""

    def cost_of(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    return cost_of


@contextmanager
def rolled_back() -> Iterator[None]:
    """A piece of work on the test database that leaves nothing; one may stand inside another."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check_once() -> None:
    """Check now what waits for the end of a transaction: each test that begins in it would do that again."""
    connection.check_constraints()


SHARING_A_DEMO = ("tests/browser/", "tests/demo/")
# These mostly wait for servers to start, stop or give up.
WAITING = tuple(
    f"tests/portal/test_{one}.py"
    for one in ("outage", "supervisor", "workers", "embedded", "sweeper", "jobs")
)


class _LongestFirst(LoadScopeScheduling):
    """Gives each folder whose tests share a demo to one worker, and the rest by file, in the order in which
    they were collected. A third worker does what mostly waits, and leaves: two keep two cores busy."""

    def _split_scope(self, nodeid: str) -> str:
        folder = next((one for one in SHARING_A_DEMO if nodeid.startswith(one)), None)
        return folder or nodeid.partition("::")[0]

    def _assign_work_unit(self, node: WorkerController) -> None:
        waits = node in self.nodes[2:]
        fitting = [scope for scope in self.workqueue if (scope in WAITING) == waits]
        if waits and not fitting:
            node.shutdown()
            return
        self.workqueue.move_to_end((fitting or list(self.workqueue))[0], last=False)
        super()._assign_work_unit(node)


def _place_in_line(item: pytest.Item) -> int:
    """The browser; then what starts servers of its own or asks for every page; then the rest."""
    if item.nodeid.startswith("tests/browser/"):
        return 0
    here = Path(__file__).parent
    is_long = item.get_closest_marker("services") or item.path.parent in (here, here / "demo")
    return 1 if is_long else 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: at the end one worker would be busy with it alone."""
    items.sort(key=_place_in_line)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Instead of --dist loadgroup, whose marks this pytest does not pass on."""
    # The other order is by the number of tests in a file, which says little about its length.
    config.option.loadscopereorder = False
    return _LongestFirst(config, log)
