"""Rows that are looked at before they are saved, with few questions to PostgreSQL."""

import re
from collections.abc import Collection, Iterator
from contextlib import nullcontext, suppress
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models, transaction
from django.db.models import CheckConstraint, Expression, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query

LENGTH = re.compile(r"\(\d[\d, ]*\)")


class Checked(models.Model):
    """A row with checks. Django puts a statement together for each of them, each time anew, and sends it
    between the two of a savepoint; for a row with many that is most of the work of saving it."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse what a field does not take. Another row that was read to be pointed at is not asked for
        again: that it stays is guarded by the foreign key."""
        super().clean_fields({*(exclude or ()), *_pointing_at_what_was_read(self)})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Refuse a row that the database would refuse. What is wrong, Django says; only that nothing is wrong
        shows here at once."""
        if not _is_right(self, frozenset(exclude or ())):
            super().validate_constraints(exclude)


def _pointing_at_what_was_read(row: models.Model) -> Iterator[str]:
    """The foreign keys of `row` to rows that are at hand as the database has them."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row) and _is_guarded(field):
            other = field.get_cached_value(row)
            if other is None or other._state.adding:
                continue
            if getattr(other, field.target_field.attname) == getattr(row, field.attname):
                yield field.name


def _is_guarded(field: models.ForeignKey) -> bool:
    """Whether the database alone decides at what `field` may point."""
    return field.db_constraint and not field.get_limit_choices_to()  # type: ignore[attr-defined]


def _is_right(row: models.Model, exclude: frozenset[str]) -> bool:
    """Whether all constraints hold of `row`, as far as that can be seen at once."""
    try:
        if not checks_hold(row, exclude):
            return False
        for constraint in row._meta.constraints:
            if not isinstance(constraint, CheckConstraint):
                constraint.validate(type(row), row, exclude=exclude)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True


def checks_hold(row: models.Model, exclude: frozenset[str] = frozenset()) -> bool:
    """Whether `row` passes all its checks but those about a field in `exclude`. False too where that cannot
    be asked: of an expression, whose value only the database knows, or of what the database does not take."""
    statement, parameters = _question(type(row), exclude)
    values = [one.of(row) if isinstance(one, _Held) else one for one in parameters]
    if any(hasattr(value, "resolve_expression") for value in values):
        return False
    # A transaction around this does not end by what the database does not take.
    apart = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with apart, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


class _Held(Expression):
    """What a row holds in a field, known only when the question is asked."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        # Without its length, to which a cast would shorten what is too long.
        kind = LENGTH.sub("", self.output_field.db_type(connection) or "")
        return f"%s::{kind}", [self]

    def of(self, row: models.Model) -> Any:
        field: Any = self.output_field
        value = field.expression if field.generated else getattr(row, field.attname)
        return value if hasattr(value, "resolve_expression") else field.get_db_prep_value(value, connection)


@lru_cache(maxsize=1000)
def _question(model: type[models.Model], exclude: frozenset[str]) -> tuple[str, tuple[Any, ...]]:
    """The statement that finds a row where all checks hold, put together as `Q.check` does."""
    query = Query(None)
    for field in model._meta.local_concrete_fields:
        if field.name not in exclude:
            query.add_annotation(_Held(output_field=field), field.name, select=False)
    if "pk" not in exclude:
        query.add_annotation(_Held(output_field=model._meta.pk), "pk", select=False)
    query.add_annotation(Value(1), "_check")
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            holds = Coalesce(constraint.condition, Value(value=True), output_field=models.BooleanField())
            # About a field that is excluded.
            with suppress(FieldError):
                query.add_q(Q(holds))
    statement, parameters = query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    return statement, tuple(parameters)
