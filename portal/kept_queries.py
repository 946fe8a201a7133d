"""A large query that a page asks at every visit: put together once in each process, filled in each time.

Django takes longer to put such a query together than PostgreSQL takes to answer it.
"""

import datetime
from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property, update_wrapper
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Slot(Expression):
    """The place in a kept query of a value that each caller brings."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class KeptQuery:
    """The rows of the query set that `build` gives, with the values of a call in its slots."""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build
        update_wrapper(self, build)

    def __call__(self, **values: object) -> list[Any]:
        """The rows, as the query set would give them; raises KeyError for a slot without a value."""
        found, kept, sql, parameters = self._made
        compiler = copy(kept)
        # That of this thread, which need not be the one that put it together.
        compiler.connection = connection
        filled = tuple(values[one.name] if isinstance(one, Slot) else one for one in parameters)
        compiler.as_sql = lambda *_args, **_options: (sql, filled)  # type: ignore[method-assign,assignment]
        rows = found.all()
        rows.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return list(rows)

    @cached_property
    def _made(self) -> tuple[QuerySet, SQLCompiler, str, Sequence[Any]]:
        found = self._build()
        compiler = found.query.get_compiler(found.db)
        sql, parameters = compiler.as_sql()
        # Such as the day on which the process began, which would then be today for ever.
        if any(isinstance(one, datetime.date | datetime.time) for one in parameters):
            raise TypeError(f"{self._build.__qualname__} keeps a day or a moment: make it a Slot.")
        return found, compiler, sql, parameters
