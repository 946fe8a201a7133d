"""The whole demo, and beside it the whole country, loaded once for every test of this folder."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from coalitions.models import Coalition, Membership, MembershipState, Role
from monitoring import orders
from partners.models import Area, Organisation, Person
from portal import hooks
from tests import factories
from tests.conftest import check_once, rolled_back

SMALL = "noord-en-midden-limburg"
LARGE = "heel-nederland"


@pytest.fixture(scope="package")
def everything(app_role: str, django_db_blocker: Any) -> Iterator[Person]:
    """The demo, and a coalition of every municipality with a member in each; somebody who sees all."""
    with django_db_blocker.unblock(), rolled_back():
        for name in ("fixed_facts", "demo"):
            for part in hooks.parts(name):
                part.load()
        _add_the_country()
        orders.order_all(reason="proef", by=None)
        factories.publish_figures()
        # In one transaction the database does not get to know by itself how much there is.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        person = factories.make_person("Alziend Oog")
        factories.make_administrator(person)
        for coalition in Coalition.objects.filter(slug__in=[SMALL, LARGE]):
            factories.give_role(person, coalition, Role.COORDINATOR)
            factories.give_role(person, coalition, Role.ANALYST)
        check_once()
        yield person


def _add_the_country() -> None:
    municipalities = tuple(Area.objects.municipalities().on(factories.today()))
    large = factories.make_coalition("Heel Nederland", municipalities=municipalities)
    Coalition.objects.filter(pk=large.pk).update(slug=LARGE)
    Area.objects.filter(pk=large.area_id).update(code=LARGE)
    parties = Organisation.objects.bulk_create(
        Organisation(name=f"Partij {place}", type=factories.make_type(), municipality=place)
        for place in municipalities
    )
    Membership.objects.bulk_create(
        Membership(
            coalition=large,
            organisation=party,
            state=MembershipState.MEMBER,
            joined_on=factories.LONG_AGO,
        )
        for party in parties
    )
