"""Kinds of organisations: what the portal starts with, and how an administrator changes them."""

import pytest

from partners.models import Domain, OrganisationType
from partners.organisation_types import START, add_type, change_type, load_organisation_types
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_portal_starts_with_the_kinds_of_the_description():
    assert load_organisation_types() == "Soorten organisaties: 44."

    assert set(OrganisationType.objects.values_list("domain", flat=True)) == set(Domain)
    vsv = OrganisationType.objects.get(code="vsv")
    assert (vsv.name_plural, vsv.domain) == ("verloskundige samenwerkingsverbanden", "medical")


def test_loading_again_keeps_what_an_administrator_changed(administrator):
    load_organisation_types()
    vsv = OrganisationType.objects.get(code="vsv")
    change_type(kind=vsv, name="VSV", name_plural="VSV’s", domain=Domain.MEDICAL, by=administrator)

    load_organisation_types()

    vsv.refresh_from_db()
    assert vsv.name == "VSV"
    assert OrganisationType.objects.count() == sum(map(len, START.values()))


def test_loading_takes_a_statement_and_not_one_for_each(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        load_organisation_types()


def test_a_new_kind_is_added(administrator):
    kind = add_type(
        code="bibliotheek",
        name="bibliotheek",
        name_plural="bibliotheken",
        domain=Domain.SOCIAL,
        by=administrator,
    )

    assert kind.events.get().pgh_context.metadata["user"] == administrator.pk


@pytest.mark.parametrize(
    "change", [{"code": "welzijn"}, {"code": "met spatie"}, {"name": ""}, {"domain": "anders"}]
)
def test_a_bad_kind_is_refused(administrator, change):
    factories.make_type("welzijn")
    facts = {"code": "nieuw", "name": "nieuw", "name_plural": "nieuwe", "domain": "social"}

    with pytest.raises(Refused):
        add_type(**(facts | change), by=administrator)
    assert OrganisationType.objects.count() == 1
