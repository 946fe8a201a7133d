"""Django's `migrate`, at a fraction of the work on an empty database."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# Objects between two rounds of the garbage collector. A migration makes classes by the thousand,
# and each round looks at all of them.
COLLECT_AFTER = 100_000
# What changes no table that other models know. A trigger touches no column at all.
ONLY_ADDS = (CreateModel, AddField, AddConstraint, AddIndex, AddTrigger, RemoveTrigger)
# In a short migration, building all models anew at its end costs more than it saves.
MANY_OPERATIONS = 10


class Command(migrate.Command):
    """Migrations as always; only what costs time and does nothing is left out."""

    def handle(self, *args: Any, **options: Any) -> Any:
        with _fewer_collections(), _models_change_alone():
            return super().handle(*args, **options)


@contextmanager
def _models_change_alone() -> Iterator[None]:
    """A migration that only adds builds the model that changes, not also every model around it.

    Django builds those too, for migrations in Python that follow relations. After such a migration
    all models are built anew, so that every other migration finds them as Django would have them.
    """
    as_always = Migration.apply

    def apply(
        migration: Migration,
        state: ProjectState,
        editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002
    ) -> ProjectState:
        operations = migration.operations
        if len(operations) < MANY_OPERATIONS or not all(isinstance(step, ONLY_ADDS) for step in operations):
            return as_always(migration, state, editor, collect_sql)
        with_all_around = ProjectState.reload_model
        ProjectState.reload_model = _reload_alone  # type: ignore[method-assign, assignment]
        try:
            state = as_always(migration, state, editor, collect_sql)
        finally:
            ProjectState.reload_model = with_all_around  # type: ignore[method-assign]
        state.clear_delayed_apps_cache()
        return state

    Migration.apply = apply  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Migration.apply = as_always  # type: ignore[method-assign]


def _reload_alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({(app_label, model_name)})  # type: ignore[attr-defined]


@contextmanager
def _fewer_collections() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
