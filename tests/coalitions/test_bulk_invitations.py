"""Many organisations are invited at once: all of them or none."""

import pytest

from coalitions import bulk_invitations
from coalitions.models import MembershipState
from partners.models import Invitation
from portal.acts import Refused
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


def wanted(coalition, name, *, email="", person=None, state="prospect"):
    organisation = factories.make_organisation(name)
    organisation.general_email = email
    organisation.save()
    if person:
        factories.make_representative(person, organisation, is_primary=True)
    return factories.make_member(coalition, organisation, state=state, joined_on=None)


def send(coalition, by, memberships, **changes):
    return bulk_invitations.invite_together(
        coalition=coalition,
        memberships=memberships,
        by=by,
        **{"subject": "Doe mee, {organisatie}", "text": "Dag {naam}", "is_confirmed": False, **changes},
    )


def test_each_gets_one_mail_and_becomes_invited(coalition, coordinator):
    person = factories.make_person("Anna", logs_in=False)
    known = wanted(coalition, "Kraamzorg", email="info@kraam.example", person=person)
    general = wanted(coalition, "Welzijn", email="info@welzijn.example", state="in_talks")

    assert send(coalition, coordinator, [known, general]) == 2

    for membership in (known, general):
        membership.refresh_from_db()
        assert membership.state == MembershipState.INVITED
    mails = {mail.recipient: mail for mail in Mail.objects.all()}
    assert set(mails) == {person.email, "info@welzijn.example"}
    assert mails[person.email].subject == "Doe mee, Kraamzorg"
    assert mails[person.email].text.startswith("Dag Anna")
    assert "/uitnodiging/" in mails[person.email].text
    assert f"/coalities/{coalition.slug}/aanmelden/" in mails["info@welzijn.example"].text
    assert Invitation.objects.get().person == person


def test_nobody_is_invited_when_one_cannot_be(coalition, coordinator):
    first = wanted(coalition, "Kraamzorg", email="info@kraam.example")
    silent = wanted(coalition, "Zonder adres")
    with pytest.raises(bulk_invitations.WithoutAddress, match="Zonder adres"):
        send(coalition, coordinator, [first, silent])
    first.refresh_from_db()
    assert first.state == MembershipState.PROSPECT
    assert not Mail.objects.exists()


def test_who_became_a_member_meanwhile_stops_all(coalition, coordinator):
    first = wanted(coalition, "Kraamzorg", email="info@kraam.example")
    member = factories.make_member(coalition, factories.make_organisation("Lid"))
    member.organisation.general_email = "info@lid.example"
    with pytest.raises(Refused, match="Lid staat nu op"):
        send(coalition, coordinator, [first, member])
    assert not Mail.objects.exists()


def test_above_twenty_five_somebody_says_yes(coalition, coordinator):
    many = [wanted(coalition, f"Partij {n}", email=f"p{n}@x.example") for n in range(26)]
    with pytest.raises(bulk_invitations.NotConfirmed, match="26 mails"):
        send(coalition, coordinator, many)
    assert send(coalition, coordinator, many[:25]) == 25
    assert send(coalition, coordinator, many[25:], is_confirmed=True) == 1


def test_nobody_and_too_many_are_refused(coalition, coordinator, monkeypatch):
    with pytest.raises(bulk_invitations.NobodyChosen):
        send(coalition, coordinator, [])
    monkeypatch.setattr(bulk_invitations, "MOST", 1)
    both = [wanted(coalition, f"Partij {n}", email=f"p{n}@x.example") for n in range(2)]
    with pytest.raises(bulk_invitations.TooMany):
        send(coalition, coordinator, both)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Dag {naam} van {organisatie} in {coalitie}", []),
        ("Dag {voornaam}", ["voornaam"]),
        ("Dag {naam.password}", ["naam.password"]),
        ("Dag {naam:>999999999}", ["naam"]),
        ("Dag {naam!r}", ["naam"]),
        ("Dag {0}", ["0"]),
    ],
)
def test_only_three_words_between_braces_mean_something(text, unknown):
    assert bulk_invitations.unknown_placeholders(text) == unknown
