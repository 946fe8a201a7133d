"""A query that is put together once answers as the one it was made from, for everybody who asks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from coalitions.models import Membership
from partners.models import Organisation
from portal.kept_queries import KeptQuery, Slot
from tests import factories

pytestmark = pytest.mark.django_db


@KeptQuery
def members_of() -> QuerySet:
    members = Membership.objects.filter(coalition=Slot("coalition"), joined_on__lte=Slot("day"))
    return members.select_related("organisation").order_by("organisation__name")


@KeptQuery
def since_long() -> QuerySet:
    return Membership.objects.filter(joined_on__lte=factories.LONG_AGO)


@KeptQuery
def named() -> QuerySet:
    begun = Organisation.objects.filter(name__startswith="Kraam").values_list("name", flat=True)
    return begun.union(Organisation.objects.filter(pk=Slot("also")).values_list("name", flat=True))


def test_each_caller_gets_the_rows_of_her_own_values(django_assert_num_queries):
    one, other = factories.make_coalition(), factories.make_coalition()
    for coalition, names in ((one, "BA"), (other, "C")):
        for name in names:
            factories.make_member(coalition, factories.make_organisation(name))

    def names_in(coalition, day=None):
        rows = members_of(coalition=coalition.pk, day=day or timezone.localdate())
        return [row.organisation.name for row in rows]

    # The organisations come with them, as the query set asked.
    with django_assert_num_queries(4):
        assert names_in(one) == ["A", "B"]
        assert names_in(other) == ["C"]
        assert names_in(one) == ["A", "B"]
        assert names_in(one, day=factories.LONG_AGO) == []


def test_values_without_models_and_queries_together_work_as_well():
    factories.make_organisation("Kraamzorg Beesel")
    welfare = factories.make_organisation("Welzijn Venlo")
    assert sorted(named(also=welfare.pk)) == ["Kraamzorg Beesel", "Welzijn Venlo"]
    assert list(named(also=0)) == ["Kraamzorg Beesel"]


def test_a_day_that_would_stay_today_for_ever_is_refused():
    with pytest.raises(TypeError, match="since_long"):
        since_long()


def test_a_slot_without_a_value_is_a_fault_of_ours():
    with pytest.raises(KeyError, match="day"):
        members_of(coalition=1)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection():
    coalition = factories.make_coalition()
    factories.make_member(coalition, factories.make_organisation("A"))

    def ask(_number=0):
        try:
            return len(members_of(coalition=coalition.pk, day=timezone.localdate()))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(ask, range(4))) == [1, 1, 1, 1]
