"""The first administrator of an empty portal."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partners import administrators, invitations
from partners.models import Invitation, Person, PlatformRole
from portal.acts import Refused
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


def test_somebody_new_becomes_administrator():
    invitation = administrators.add_administrator(name="Bea", email="bea@example.org", by=None)

    assert invitation.person.name == "Bea"
    assert PlatformRole.objects.current().get().person == invitation.person
    assert Mail.objects.get().recipient == "bea@example.org"


def test_somebody_known_becomes_administrator():
    known = factories.make_person("Bea Bekend", email="bea@example.org")

    administrators.add_administrator(name="B", email="BEA@example.org", by=None)

    assert PlatformRole.objects.get().person == known
    assert Person.objects.count() == 1


def test_an_administrator_is_not_made_twice(administrator):
    with pytest.raises(administrators.AlreadyAdministrator):
        administrators.add_administrator(name="Bea", email=administrator.email, by=None)
    assert not Invitation.objects.exists()


def test_a_bad_address_leaves_nothing():
    with pytest.raises(Refused):
        administrators.add_administrator(name="Bea", email="geen adres", by=None)
    assert not Person.objects.exists()


def test_command_prints_a_link_that_opens_the_account():
    screen = StringIO()

    call_command(
        "add_administrator",
        "--name=Bea",
        "--email=bea@example.org",
        "--print-link",
        stdout=screen,
    )

    told, link = screen.getvalue().split("\n")[:2]
    assert told == "De uitnodiging gaat naar bea@example.org."
    token = re.search(r"/([^/]+)/$", link).group(1)
    assert invitations.find(token).person.email == "bea@example.org"


def test_command_shows_no_link_unless_asked():
    screen = StringIO()

    call_command("add_administrator", "--name=Bea", "--email=bea@example.org", stdout=screen)

    assert "http" not in screen.getvalue()


def test_command_refuses_in_a_sentence(administrator):
    with pytest.raises(CommandError, match="is al platformbeheerder"):
        call_command("add_administrator", "--name=Bea", f"--email={administrator.email}")
