"""An act is done as a whole or not at all, and says why in words for people."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from partners.models import OrganisationType, Person
from portal.acts import Refused, act
from tests import factories

pytestmark = pytest.mark.django_db


def test_history_tells_who_acted():
    person = factories.make_person()

    with act(by=person):
        kind = factories.make_type("school")

    assert kind.events.get().pgh_context.metadata["user"] == person.pk


def test_the_portal_itself_acts_as_nobody():
    with act(by=None):
        kind = factories.make_type("school")

    assert kind.events.get().pgh_context.metadata["user"] is None


def test_what_a_form_would_refuse_is_refused_in_its_words():
    with pytest.raises(Refused, match=r"^Fout een. Fout twee\.$"), act(by=None):
        raise ValidationError(["Fout een.", "Fout twee."])


def test_a_broken_constraint_speaks_in_its_own_words():
    factories.make_person(email="anna@example.org")

    with pytest.raises(Refused, match="Er is al iemand met dit mailadres"), act(by=None):
        Person.objects.create(name="Anna", email="ANNA@example.org")


def test_a_broken_trigger_speaks_in_its_own_words():
    with pytest.raises(Refused, match="elke gemeente staat er één keer in"), act(by=None):
        factories.make_organisation("Gemeente Nergens", type_code="gemeente")


def test_an_error_without_words_for_people_stays_an_error():
    with pytest.raises(IntegrityError), act(by=None):
        OrganisationType.objects.create(code="x", name=None, name_plural="x", domain="social")


def test_a_refused_act_leaves_nothing():
    def refuse() -> None:
        with act(by=None):
            factories.make_type("school")
            message = "Toch niet."
            raise Refused(message)

    with pytest.raises(Refused, match=r"Toch niet\."):
        refuse()
    assert not OrganisationType.objects.filter(code="school").exists()


def test_what_triggers_ask_for_is_known_from_the_start_of_a_connection():
    with connection.cursor() as cursor:
        cursor.execute("SHOW pgtrigger.ignore")
        assert cursor.fetchone() == ("{}",)
