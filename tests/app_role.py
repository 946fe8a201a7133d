"""The restricted database role in tests, and a flush that append-only tables let through."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from portal.database_url import parse_database_url


@pytest.fixture(scope="session", autouse=True)
def flush_may_truncate() -> Iterator[None]:
    """Tests that commit end with TRUNCATE, which the triggers of append-only tables refuse."""
    refused = TransactionTestCase._fixture_teardown

    def with_triggers_off(case: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            refused(case)

    TransactionTestCase._fixture_teardown = with_triggers_off
    yield
    TransactionTestCase._fixture_teardown = refused


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
