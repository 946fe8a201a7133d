"""People come into the portal, and change what is known of them."""

import pghistory.models
import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from partners import people
from partners.login import open_account
from partners.models import Person
from tests import factories


def test_somebody_new_cannot_log_in_yet(administrator):
    person = people.add_person(name=" Fatima Jansen ", email=" Fatima@Example.NL ", by=administrator)

    person.refresh_from_db()
    assert (person.name, person.email) == ("Fatima Jansen", "fatima@example.nl")
    assert not person.has_usable_password()
    assert not person.emailaddress_set.exists()


def test_several_people_may_have_no_address(db):
    first = people.add_person(name="Eerste", by=None)
    second = people.add_person(name="Tweede", email="  ", by=None)

    assert (first.email, second.email) == (None, None)


@pytest.mark.parametrize("address", ["jan@example.nl", "JAN@Example.nl", " jan@example.nl "])
def test_an_address_belongs_to_one_person_whatever_its_capitals(db, address):
    people.add_person(name="Jan", email="Jan@example.nl", by=None)

    with pytest.raises(people.AddressTaken):
        people.add_person(name="Jan de tweede", email=address, by=None)
    assert Person.objects.count() == 1


def test_a_second_confirmed_address_of_somebody_is_taken_too(db):
    person = factories.make_person()
    person.emailaddress_set.create(email="thuis@example.nl", verified=True, primary=False)

    with pytest.raises(people.AddressTaken):
        people.add_person(name="Ander", email="Thuis@example.nl", by=None)


def test_the_database_itself_refuses_the_same_address_in_capitals(db):
    factories.make_person(email="jan@example.nl")

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Jan", email="JAN@example.nl")


@pytest.mark.parametrize("details", [{"name": "  "}, {"name": "Jan", "email": "geen adres"}])
def test_nobody_is_added_without_a_name_or_with_half_an_address(db, details):
    with pytest.raises(people.Refused):
        people.add_person(**details, by=None)
    assert not Person.objects.exists()


def test_history_names_who_added_a_person(administrator):
    person = people.add_person(name="Fatima", email="fatima@example.nl", by=administrator)

    event = person.events.get()
    assert event.pgh_context.metadata["user"] == administrator.pk


def test_history_names_who_changed_a_profile(administrator):
    person = factories.make_person("Fatima")

    people.change_profile(
        person=person, name="Fatima Jansen", phone="06 12345678",
        shares_contact="coalition", by=administrator,
    )  # fmt: skip

    event = person.events.latest("pgh_id")
    assert (event.name, event.phone) == ("Fatima Jansen", "06 12345678")
    assert event.pgh_context.metadata["user"] == administrator.pk


def test_no_event_table_holds_a_password_or_the_last_log_in():
    columns = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event)
        for field in model._meta.get_fields()
    }

    assert ("partners.PersonEvent", "name") in columns
    assert not {name for _, name in columns} & {"password", "last_login", "token_hash"}


def test_a_new_password_writes_no_event(db):
    person = factories.make_person()
    before = person.events.count()

    open_account(person=person, password="een-heel-ander-wachtwoord")

    assert person.events.count() == before
