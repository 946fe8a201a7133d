"""Which tables are evidence: rows are added and never altered.

A model says so itself, by `append_only = True`; the event tables of pghistory always are. The
rights of the restricted role follow from this, so that a new model cannot be forgotten.
"""

import pghistory.models
from django.apps import apps
from django.db import models


def is_append_only(model: type[models.Model]) -> bool:
    """True where the restricted role may only add rows."""
    return issubclass(model, pghistory.models.Event) or getattr(model, "append_only", False)


def bulk_models() -> list[type[models.Model]]:
    """Models of which so many rows come in at once that who brings them in renews the statistics; a model
    says so itself, by `is_bulk = True`."""
    return [model for model in apps.get_models() if getattr(model, "is_bulk", False)]


def columns_that_close(model: type[models.Model]) -> tuple[str, ...]:
    """Columns that may still be filled in, once, such as the moment a row was replaced."""
    return tuple(getattr(model, "closing_columns", ()))


def append_only_models() -> list[type[models.Model]]:
    """Every model whose rows are evidence."""
    return [model for model in apps.get_models() if is_append_only(model)]
