"""Which tables are evidence: rows are added and never altered.

A model says so itself, by `append_only = True`; the event tables of pghistory always are. The
rights of the restricted role follow from this, so that a new model cannot be forgotten.
"""

import pghistory.models
from django.apps import apps
from django.db import connection, models


def is_append_only(model: type[models.Model]) -> bool:
    """True where the restricted role may only add rows."""
    return issubclass(model, pghistory.models.Event) or getattr(model, "append_only", False)


def bulk_models() -> list[type[models.Model]]:
    """Models of which so many rows come in at once that who brings them in renews the statistics; a model
    says so itself, by `is_bulk = True`."""
    return [model for model in apps.get_models() if getattr(model, "is_bulk", False)]


# Smaller tables are read as a whole, whatever PostgreSQL thinks of them.
_LEAST_GROWTH = 2 * 1024 * 1024
_GROWN = """
    SELECT relname FROM pg_class
    WHERE oid = ANY(%s::regclass[])
      AND pg_relation_size(oid) > %s + 2 * relpages::bigint * current_setting('block_size')::bigint
"""


def tell_of_growth() -> list[str]:
    """Renew the statistics of bulk tables that more than doubled since; which. Until PostgreSQL itself finds
    time for it, every query would be planned for a small table."""
    tables = [model._meta.db_table for model in bulk_models()]
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, [tables, _LEAST_GROWTH])
        grown = [name for (name,) in cursor.fetchall()]
        for name in grown:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")
    return grown


def columns_that_close(model: type[models.Model]) -> tuple[str, ...]:
    """Columns that may still be filled in, once, such as the moment a row was replaced."""
    return tuple(getattr(model, "closing_columns", ()))


def append_only_models() -> list[type[models.Model]]:
    """Every model whose rows are evidence."""
    return [model for model in apps.get_models() if is_append_only(model)]
