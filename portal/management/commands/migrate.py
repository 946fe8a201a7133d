"""Django's `migrate`, at a fraction of the work on an empty database."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    AlterUniqueTogether,
    CreateModel,
    DeleteModel,
    Migration,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# Objects between two rounds of the garbage collector. A migration makes classes by the thousand,
# and each round looks at all of them.
COLLECT_AFTER = 100_000
# What no other model has to know of, as long as no key changes. SQL and a trigger touch no model at all.
ABOUT_ONE_MODEL = (
    CreateModel,
    AddField,
    RemoveField,
    AddConstraint,
    RemoveConstraint,
    AlterUniqueTogether,
    AddIndex,
    RemoveIndex,
    AlterModelOptions,
    DeleteModel,
    AddTrigger,
    RemoveTrigger,
)


class Command(migrate.Command):
    """Migrations as always; only what costs time and does nothing is left out."""

    def handle(self, *args: Any, **options: Any) -> Any:
        with _fewer_collections(), _models_change_alone(), _swappable_names_stay():
            return super().handle(*args, **options)


@contextmanager
def _models_change_alone() -> Iterator[None]:
    """Where no key changes, a migration builds the model that changes, not also every model around it.

    Django builds those too, for migrations that follow relations. Any such migration here finds all
    models built anew, as Django would have them.
    """
    as_always = Migration.apply

    def apply(
        migration: Migration,
        state: ProjectState,
        editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002
    ) -> ProjectState:
        if not all(_is_about_one_model(step) for step in migration.operations):
            state.clear_delayed_apps_cache()
            return as_always(migration, state, editor, collect_sql)
        with_all_around = ProjectState.reload_model
        ProjectState.reload_model = _reload_alone  # type: ignore[method-assign, assignment]
        try:
            return as_always(migration, state, editor, collect_sql)
        finally:
            ProjectState.reload_model = with_all_around  # type: ignore[method-assign]

    Migration.apply = apply  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Migration.apply = as_always  # type: ignore[method-assign]


def _is_about_one_model(step: Operation) -> bool:
    if isinstance(step, AlterField):
        return not (step.field.primary_key or step.field.unique)
    if isinstance(step, RunSQL):
        return not step.state_operations
    return isinstance(step, ABOUT_ONE_MODEL)


def _reload_alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({(app_label, model_name)})  # type: ignore[attr-defined]


@contextmanager
def _swappable_names_stay() -> Iterator[None]:
    """Which models a setting may swap is worked out once.

    Django keeps it too, but in one place for the real models and those of migrations, and forgets it with
    each change of the latter.
    """
    kept_by_all: Any = type(apps).get_swappable_settings_name
    vars(apps)["get_swappable_settings_name"] = cache(partial(kept_by_all.__wrapped__, apps))
    try:
        yield
    finally:
        del vars(apps)["get_swappable_settings_name"]


@contextmanager
def _fewer_collections() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
