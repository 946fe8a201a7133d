"""The list in which pgtrigger keeps all triggers, with an index.

For each trigger that is added pgtrigger goes through all that are there, to see whether a name is taken. With
the hundreds of triggers of the portal that was a quarter of the start of every process.
"""

from functools import cached_property
from typing import Any

from pgtrigger import Trigger, registry


class IndexedRegistry(registry._Registry):
    """The same refusals; what they look at is kept, and not made again for each trigger."""

    @cached_property
    def pg_function_names(self) -> set[str]:
        return set()

    @cached_property
    def by_db_table(self) -> dict[tuple[str, str], Trigger]:
        return {}

    def __setitem__(self, uri: str, value: Any) -> None:
        super().__setitem__(uri, value)
        model, trigger = value
        self.pg_function_names.add(trigger.get_pgid(model))
        self.by_db_table[model._meta.db_table, trigger.name] = trigger

    def __delitem__(self, uri: str) -> None:
        model, trigger = self[uri]
        super().__delitem__(uri)
        self.pg_function_names.discard(trigger.get_pgid(model))
        self.by_db_table.pop((model._meta.db_table, trigger.name), None)


def install() -> None:
    """Before the first model, so that all triggers come in here."""
    if not isinstance(registry._registry, IndexedRegistry):
        registry._registry = IndexedRegistry(registry._registry)
