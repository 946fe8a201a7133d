"""Rows made as `Model.objects.create` does, with less ado: nearly every test begins with some.

Django puts each statement together anew and sends each by itself, which takes longer than what it asks for.
"""

import functools
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from django.db.models.sql import InsertQuery

Row = TypeVar("Row", bound=Model)
Fields = tuple[models.Field, ...]

# The rows that `again` is making for the first time, each with the fields that were given.
_first_time: list[tuple[Model, Fields]] | None = None


def create(model: type[Row], **facts: Any) -> Row:
    """A row of `model`, seen by triggers and constraints as any other."""
    row = model(**facts)
    held = {field: field.pre_save(row, add=True) for field in _fields(model)}
    # The database fills in its own defaults.
    given = tuple(field for field, value in held.items() if not isinstance(value, DatabaseDefault))
    values = [field.get_db_prep_save(held[field], connection) for field in given]
    with transaction.mark_for_rollback_on_error("default"), connection.cursor() as cursor:
        cursor.execute(_statement(model, given, returns=True), values)
        for field, value in zip(model._meta.db_returning_fields, cursor.fetchone(), strict=True):
            setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, "default"
    if _first_time is not None:
        _first_time.append((row, given))
    return row


def again(make: Callable[..., Row]) -> Callable[..., Row]:
    """What `make` creates, and nothing else, for these rows: after the first time with the same keys, and all
    of it in one go. For what is made once in a test and rolled back after it."""
    kept: dict[tuple[int, ...], tuple[str, bytes]] = {}

    @functools.wraps(make)
    def made(*about: Model) -> Row:
        key = tuple(one.pk for one in about)
        if key not in kept:
            row, statement = _recorded(make, about)
            kept[key] = statement, pickle.dumps(row)
            return row
        statement, held = kept[key]
        with transaction.mark_for_rollback_on_error("default"), connection.cursor() as cursor:
            cursor.execute(statement)
        return pickle.loads(held)

    return made


def _recorded(make: Callable[..., Row], about: tuple[Model, ...]) -> tuple[Row, str]:
    """What `make` gives, and the statements that write its rows as they are."""
    global _first_time
    _first_time = []
    try:
        row = make(*about)
        with connection.cursor() as cursor:
            return row, ";".join(_written_out(cursor, *one) for one in _first_time)
    finally:
        _first_time = None


def _written_out(cursor: Any, row: Model, given: Fields) -> str:
    fields = (row._meta.pk, *given)
    values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    # Not a parameter any more: what is executed without any keeps its percent signs.
    return cursor.mogrify(_statement(type(row), fields, returns=False), values)


@functools.cache
def _fields(model: type[Model]) -> Fields:
    meta = model._meta
    return tuple(
        one for one in meta.local_concrete_fields if not one.generated and one is not meta.auto_field
    )


@functools.cache
def _statement(model: type[Model], fields: Fields, *, returns: bool) -> str:
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler("default")
    if returns:
        compiler.returning_fields = model._meta.db_returning_fields
    [(statement, _)] = compiler.as_sql()
    return statement
