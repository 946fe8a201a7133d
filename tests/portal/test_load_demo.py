"""A demo that is there stays as it is, where the demo of today does not fit on it."""

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from partners.models import Person
from portal import hooks
from tests import factories

pytestmark = pytest.mark.django_db


class Part:
    """A part of the house whose demo adds a person and then meets what an older demo wrote."""

    __package__ = "partners"

    @staticmethod
    def load() -> str:
        factories.make_person("Nieuw in de demo")
        raise IntegrityError("partners_representative_one_primary")


@pytest.fixture(autouse=True)
def one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "parts", lambda name: [Part])


def test_what_does_not_fit_on_an_older_demo_is_left_out_with_a_sentence() -> None:
    Person.objects.filter(pk=factories.make_person().pk).update(is_demo=True)
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    assert said.getvalue().startswith("Deze map heeft gegevens van een oudere demo")
    assert not Person.objects.filter(name="Nieuw in de demo").exists()


def test_an_error_in_a_new_demo_is_not_hidden() -> None:
    with pytest.raises(IntegrityError):
        call_command("load_demo", stdout=io.StringIO())
