"""The index on the triggers refuses what pgtrigger refuses, and knows what pgtrigger would work out."""

import pgtrigger
import pytest
from pgtrigger import registry

from portal.models import Mail
from portal.trigger_registry import IndexedRegistry


@pytest.fixture
def trigger():
    return pgtrigger.Trigger(
        name="proef", when=pgtrigger.Before, operation=pgtrigger.Update, func="RETURN NEW;"
    )


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> IndexedRegistry:
    made = IndexedRegistry()
    monkeypatch.setattr(registry, "_registry", made)
    monkeypatch.setattr(Mail._meta, "triggers", [], raising=False)
    monkeypatch.setitem(Mail._meta.original_attrs, "triggers", [])
    return made


def test_every_trigger_of_the_portal_is_in_the_index() -> None:
    index = registry._registry

    assert isinstance(index, IndexedRegistry)
    assert len(index) > 300
    assert index.by_db_table == registry._Registry.by_db_table.fget(index)
    assert index.pg_function_names == registry._Registry.pg_function_names.fget(index)


def test_one_trigger_may_come_twice(own: IndexedRegistry, trigger: pgtrigger.Trigger) -> None:
    trigger.register(Mail)
    trigger.register(Mail)

    assert list(own) == ["portal.Mail:proef"]


def test_another_one_of_the_same_name_is_refused(own: IndexedRegistry, trigger: pgtrigger.Trigger) -> None:
    other = pgtrigger.Trigger(
        name="proef", when=pgtrigger.After, operation=pgtrigger.Update, func="RETURN NULL;"
    )
    trigger.register(Mail)

    with pytest.raises(KeyError, match="already used for model"):
        other.register(Mail)


def test_one_whose_function_would_have_the_same_name_is_refused(
    own: IndexedRegistry, trigger: pgtrigger.Trigger
) -> None:
    other = pgtrigger.Trigger(
        name="PROEF", when=pgtrigger.After, operation=pgtrigger.Update, func="RETURN NULL;"
    )
    other.get_uri = lambda model: "portal.Mail:PROEF"
    other.get_pgid = lambda model: trigger.get_pgid(model)
    trigger.register(Mail)

    with pytest.raises(KeyError, match="already in use"):
        other.register(Mail)


def test_the_name_of_one_that_went_is_free(own: IndexedRegistry, trigger: pgtrigger.Trigger) -> None:
    trigger.register(Mail)
    trigger.unregister(Mail)
    assert (own.by_db_table, own.pg_function_names) == ({}, set())

    trigger.register(Mail)
    assert len(own) == 1
