"""Organisations are added, changed field by field, and archived."""

import pytest

from partners import organisations
from partners.models import Organisation
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(coordinator):
    return organisations.add_organisation(
        name=" Praktijk De Wieg ",
        type=factories.make_type("verloskundigenpraktijk", domain="medical"),
        kvk="12345678",
        by=coordinator,
    )


def test_an_organisation_is_added(practice, coordinator):
    assert practice.name == "Praktijk De Wieg"
    assert practice.events.get().pgh_context.metadata["user"] == coordinator.pk


def test_a_number_that_is_left_blank_is_unknown(coordinator):
    for name in ("Eerste", "Tweede"):
        organisations.add_organisation(
            name=name, type=factories.make_type(), kvk="", agb="", oin="", by=coordinator
        )

    assert Organisation.objects.filter(kvk__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"kvk": "123"}, "KvK-nummer heeft 8 cijfers"),
        ({"agb": "12a45678"}, "AGB-code heeft 8 cijfers"),
        ({"oin": "1"}, "OIN heeft 20 cijfers"),
        ({"general_email": "geen adres"}, "geldig e-mailadres"),
        ({"website": "geen adres"}, "geldige URL"),
    ],
)
def test_an_organisation_with_bad_details_is_refused(coordinator, details, words):
    with pytest.raises(Refused, match=words):
        organisations.add_organisation(name="Fout", type=factories.make_type(), by=coordinator, **details)
    assert not Organisation.objects.filter(name="Fout").exists()


def test_a_number_of_another_organisation_is_refused(practice, coordinator):
    with pytest.raises(Refused, match="KvK-nummer"):
        organisations.add_organisation(
            name="Dubbel", type=factories.make_type(), kvk="12345678", by=coordinator
        )


def test_a_municipality_stands_in_once(coordinator):
    venlo = factories.make_area("Venlo")
    kind = factories.make_type("gemeente", domain="public")
    organisations.add_organisation(name="Gemeente Venlo", type=kind, municipality=venlo, by=coordinator)

    for municipality in (venlo, None):
        with pytest.raises(Refused, match="elke gemeente staat er één keer in"):
            organisations.add_organisation(
                name="Nog een", type=kind, municipality=municipality, by=coordinator
            )


def test_two_who_change_other_fields_do_not_undo_each_other(practice, coordinator):
    same = Organisation.objects.get(pk=practice.pk)

    organisations.change_organisation(organisation=practice, website="https://dewieg.example", by=coordinator)
    organisations.change_organisation(organisation=same, phone="077-1234567", by=coordinator)

    practice.refresh_from_db()
    assert (practice.website, practice.phone) == ("https://dewieg.example", "077-1234567")


def test_a_bad_change_changes_nothing(practice, coordinator):
    with pytest.raises(Refused):
        organisations.change_organisation(organisation=practice, name="Nieuw", kvk="1", by=coordinator)

    practice.refresh_from_db()
    assert (practice.name, practice.kvk) == ("Praktijk De Wieg", "12345678")


def test_only_fields_that_may_change_are_changed(practice, coordinator):
    with pytest.raises(TypeError, match="is_demo"):
        organisations.change_organisation(organisation=practice, is_demo=True, by=coordinator)


def test_an_archived_organisation_is_no_longer_active(practice, coordinator):
    organisations.archive(organisation=practice, by=coordinator)

    assert practice not in Organisation.objects.active()
    with pytest.raises(organisations.AlreadyArchived):
        organisations.archive(organisation=practice, by=coordinator)
