"""A party without legal personality signs for the members that it names."""

import pytest

from covenants import parties, signing_invitations
from covenants.models import PartySignature
from covenants.register import entry_of
from partners import merging
from tests import factories
from tests.covenants.signing_cast import make_signatory, sign, token_for
from tests.covenants.test_withdrawals import withdraw

pytestmark = pytest.mark.django_db
MEMBERS = ["Verloskundigenpraktijk Venlo", "Ziekenhuis Venlo"]


@pytest.fixture
def vsv(coalition, coordinator):
    organisation = factories.make_organisation("VSV Venlo", type_code="vsv")
    factories.make_member(coalition, organisation)
    return make_signatory(coalition, coordinator, organisation=organisation)


def test_it_cannot_sign_before_it_named_its_members(version, vsv):
    with pytest.raises(parties.Nameless):
        sign(version, vsv)
    assert not PartySignature.objects.exists()
    parties.name_members(
        covenant=version.covenant,
        organisation=vsv.organisation,
        members=[*MEMBERS, " ", MEMBERS[0]],
        by=vsv.person,
    )
    sign(version, vsv)
    assert entry_of(version.covenant, vsv.organisation).members == tuple(MEMBERS)


def test_the_names_under_a_signature_stay(version, vsv):
    naming = {"covenant": version.covenant, "organisation": vsv.organisation, "by": vsv.person}
    with pytest.raises(parties.NobodyNamed):
        parties.name_members(members=MEMBERS[:1], **naming)
    parties.name_members(members=MEMBERS, **naming)
    sign(version, vsv)
    with pytest.raises(parties.SignedAlready):
        parties.name_members(members=["Een ander", "Nog een"], **naming)


# --- two organisations turn out to be one ------------------------------------------------------


def test_a_signature_stays_and_binds_the_organisation_that_goes_on(
    version, signatory, coalition, coordinator
):
    heir = make_signatory(coalition, coordinator)
    sign(version, signatory)
    lines = merging.merge(kept=heir.organisation, gone=signatory.organisation, by=coordinator)

    assert any("blijft in het register staan" in line for line in lines)
    entry = entry_of(version.covenant, heir.organisation)
    assert [holder.pk for holder in entry.holders] == [signatory.organisation.pk, heir.organisation.pk]
    assert PartySignature.objects.get().organisation == signatory.organisation
    # It need not sign again, and it can leave.
    given = withdraw(version, heir)
    assert entry_of(version.covenant, heir.organisation, given.effective_on) is None


def test_a_new_name_of_an_organisation_does_not_change_what_it_signed(version, signatory):
    name = signatory.organisation.name
    sign(version, signatory)
    signatory.organisation.name = "Heel anders"
    signatory.organisation.save()
    entry = entry_of(version.covenant, signatory.organisation)
    assert (entry.name, entry.organisation.name) == (name, "Heel anders")


def test_a_link_of_the_one_that_goes_is_taken_back(open_round, signatory, coalition, coordinator):
    (invitation,) = signing_invitations.invite(
        round=open_round, organisation=signatory.organisation, by=coordinator
    )
    token_for(signatory)
    heir = make_signatory(coalition, coordinator)
    merging.merge(kept=heir.organisation, gone=signatory.organisation, by=coordinator)
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
