"""The restricted database role in tests, and what tests that commit leave behind."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

from portal.database_url import parse_database_url

# What these hold follows from the models and is the same for every test.
LASTING = ("django_migrations", "django_content_type", "auth_permission")


@pytest.fixture(scope="session", autouse=True)
def emptied_by_row() -> Iterator[None]:
    """Tests that commit empty the few tables that they filled. Django would truncate all of them, which
    takes the database a second each time, and which the triggers of append-only tables refuse."""
    truncates = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda case: _empty_all_tables()
    yield
    TransactionTestCase._fixture_teardown = truncates


def _empty_all_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND pg_relation_size(oid) > 0 AND relname <> ALL(%s)",
            [list(LASTING)],
        )
        used = [name for (name,) in cursor]
    # Foreign keys wait for the end of the transaction, so the order of the tables does not matter. All in one
    # go, because with each statement go the names of all triggers that are ignored.
    with pgtrigger.ignore(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(";".join(f'DELETE FROM "{name}"' for name in used) or "SELECT")


@pytest.fixture(scope="session")
def app_role(django_db_setup: None, django_db_blocker: Any) -> str:
    """The name of the restricted role, with its rights on the test database."""
    with django_db_blocker.unblock():
        call_command("grant_app_role", verbosity=0)
        connection.close()
    return settings.APP_DATABASE_ROLE


@pytest.fixture
def as_app(app_role: str, db: None) -> Callable[[], AbstractContextManager[None]]:
    """`with as_app():` runs a block with the rights of web and workers, in the same transaction."""

    @contextmanager
    def as_app() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{app_role}"')
        yield
        # Not where the block failed: then the rollback of the test ends the role as well.
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")

    return as_app


@pytest.fixture
def app_connection(app_role: str, db: None) -> Iterator[psycopg.Connection]:
    """A connection that logged in as the restricted role, as web and workers do; commits nothing."""
    address = parse_database_url(settings.APP_DATABASE_URL)
    with psycopg.connect(
        dbname=connection.settings_dict["NAME"],
        user=address["USER"],
        password=address["PASSWORD"] or None,
        host=address["HOST"],
        port=address["PORT"] or None,
        autocommit=True,
    ) as found:
        yield found
