"""Leaving and coming back: with notice, told to everybody, and never by taking a signature away."""

import datetime

import pytest
from django.utils import timezone

from covenants import asks, challenges, declines, withdrawals
from covenants.chain import check_chain
from covenants.columns import columns
from covenants.columns import signed_on as column_of
from covenants.life import life_of
from covenants.models import ChainEvent, ChallengePurpose, EventType, PartySignature, Withdrawal
from covenants.register import entry_of, register, signed_membership_ids
from covenants.signing_invitations import signed_organisation_ids
from covenants.withdrawals import effective_on
from partners.models import LinkKind, Organisation, OrganisationLink
from portal.acts import Refused
from portal.models import Mail
from tests import factories
from tests.covenants.signing_cast import code_of, make_signatory, open_round, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]


def withdraw(version, signatory, *, reason="", code=""):
    asked = challenges.ask(
        version=version,
        mandate=signatory.mandate,
        method="mail",
        typed_name=signatory.person.name,
        by=signatory.person,
        purpose=ChallengePurpose.WITHDRAW,
        reason=reason,
    )
    return withdrawals.withdraw(
        challenge=asked.pk, answer=code or code_of(asked), version=version, by=signatory.person
    )


@pytest.mark.parametrize(
    ("months", "given_on", "expected"),
    [
        (3, datetime.date(2026, 1, 15), datetime.date(2026, 4, 15)),
        (3, datetime.date(2026, 11, 30), datetime.date(2027, 3, 1)),
        (1, datetime.date(2027, 1, 31), datetime.date(2027, 3, 1)),
        (12, datetime.date(2024, 2, 29), datetime.date(2025, 3, 1)),
        (0, datetime.date(2026, 5, 1), datetime.date(2026, 5, 1)),
        (1, datetime.date(2026, 12, 31), datetime.date(2027, 1, 31)),
    ],
)
def test_the_notice_is_never_shorter_than_agreed(months, given_on, expected):
    assert effective_on(months, given_on) == expected


def test_a_party_that_gave_notice_stays_a_party_until_its_day(version, signatory):
    sign(version, signatory)
    given = withdraw(version, signatory, reason="Wij stoppen in deze regio.")

    covenant, organisation = version.covenant, signatory.organisation
    assert given.effective_on == effective_on(version.notice_months, timezone.localdate())
    entry = entry_of(covenant, organisation, given.effective_on - datetime.timedelta(days=1))
    assert entry is not None
    assert entry.leaves_on == given.effective_on
    assert entry_of(covenant, organisation, given.effective_on) is None
    assert PartySignature.objects.count() == 1
    assert ChainEvent.objects.filter(type=EventType.WITHDRAWN).count() == 1
    assert check_chain(version) == []


def test_every_party_is_told(version, signatory, coalition, coordinator):
    other = make_signatory(coalition, coordinator)
    other.mandate.representative.is_primary = True
    other.mandate.representative.save()
    sign(version, signatory)
    sign(version, other)
    withdraw(version, signatory)
    told = set(Mail.objects.filter(purpose="withdrawal_given").values_list("recipient", flat=True))
    assert told == {other.person.email, coordinator.email, signatory.person.email}


def test_who_is_no_party_cannot_leave(version, signatory):
    with pytest.raises(withdrawals.NoParty):
        withdraw(version, signatory)


def test_notice_is_given_once(version, signatory):
    sign(version, signatory)
    withdraw(version, signatory)
    with pytest.raises(withdrawals.AlreadyLeaving):
        withdraw(version, signatory)


def test_a_wrong_code_gives_no_notice_and_counts(version, signatory):
    sign(version, signatory)
    with pytest.raises(challenges.Wrong):
        withdraw(version, signatory, code="x")
    assert not Withdrawal.objects.exists()
    assert signatory.person.challenges.filter(tries=1).count() == 1


def test_notice_can_be_taken_back_before_it_is_in_force(version, signatory):
    sign(version, signatory)
    given = withdraw(version, signatory)
    withdrawals.retract(withdrawal=given, mandate=signatory.mandate, by=signatory.person)

    entry = entry_of(version.covenant, signatory.organisation)
    assert entry is not None
    assert entry.leaves_on is None
    with pytest.raises(withdrawals.TooLate):
        withdrawals.retract(withdrawal=given, mandate=signatory.mandate, by=signatory.person)
    assert check_chain(version) == []


def test_who_comes_back_signs_for_a_second_stint(signatory, coalition, coordinator):
    text = factories.freeze(factories.make_draft(coalition, notice_months=0))
    version = open_round(text, coordinator).version
    sign(version, signatory)
    withdraw(version, signatory)
    assert register(version.covenant) == []

    again = sign(version, signatory)
    assert again.signature is not None
    assert again.signature.stint == 2
    assert [entry.stint for entry in register(version.covenant)] == [2]


def test_members_that_signed_are_known_by_their_membership(version, signatory, coalition):
    assert signed_membership_ids(coalition) == set()
    sign(version, signatory)
    membership = coalition.memberships.get(organisation=signatory.organisation)
    assert signed_membership_ids(coalition) == {membership.pk}
    assert signed_membership_ids(coalition, datetime.date(2020, 1, 1)) == set()


def test_a_party_that_merged_keeps_its_signature_and_shows_its_successor(
    version, signatory, coalition, coordinator
):
    heir = make_signatory(coalition, coordinator).organisation
    sign(version, signatory)
    gone = signatory.organisation
    gone.archived_at, gone.merged_into = timezone.now(), heir
    gone.save()

    (entry,) = register(version.covenant)
    assert [holder.pk for holder in entry.holders] == [gone.pk, heir.pk]
    assert signed_membership_ids(coalition) >= {coalition.memberships.get(organisation=heir).pk}


def follow(new: Organisation, *before: Organisation, since: datetime.date | None = None) -> None:
    """As is written down at a herindeling."""
    for old in before:
        OrganisationLink.objects.create(
            source=new, target=old, kind=LinkKind.SUCCESSOR_OF, valid_from=since or timezone.localdate()
        )


def test_a_new_municipality_goes_on_with_what_those_before_agreed(version, signatory, coalition, coordinator):
    """Two of them, and from the day of the herindeling on; their own signatures stay what they were."""
    other, new = make_signatory(coalition, coordinator), make_signatory(coalition, coordinator)
    sign(version, signatory)
    sign(version, other)
    follow(new.organisation, signatory.organisation, other.organisation)

    entries = register(version.covenant)
    assert {entry.organisation.pk for entry in entries} == {signatory.organisation.pk, other.organisation.pk}
    assert {entry.successors for entry in entries} == {((new.organisation.pk, new.organisation.name),)}
    assert all(entry.binds(new.organisation) for entry in entries)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert all(not entry.successors for entry in register(version.covenant, yesterday))

    member = coalition.memberships.get(organisation=new.organisation)
    assert member.pk in signed_membership_ids(coalition)
    assert new.organisation.pk in signed_organisation_ids(version)
    [signed_on] = columns()
    dated = coalition.memberships.annotate(signed_on=signed_on.annotation(coalition.pk)).get(pk=member.pk)
    assert dated.signed_on == timezone.localdate()
    assert len(life_of(member, coordinator)) == 2


def test_it_gives_notice_for_what_it_took_over_and_takes_that_back(
    version, signatory, coalition, coordinator
):
    new = make_signatory(coalition, coordinator)
    sign(version, signatory)
    follow(new.organisation, signatory.organisation)
    given = withdraw(version, new)
    assert given.party.organisation == signatory.organisation
    assert register(version.covenant)[0].leaves_on == given.effective_on
    withdrawals.retract(withdrawal=given, mandate=new.mandate, by=new.person)
    assert register(version.covenant)[0].leaves_on is None


def test_who_followed_a_follower_is_named_and_a_circle_ends(version, signatory, coalition, coordinator):
    second, third = make_signatory(coalition, coordinator), make_signatory(coalition, coordinator)
    sign(version, signatory)
    follow(second.organisation, signatory.organisation)
    follow(third.organisation, second.organisation)
    (entry,) = register(version.covenant)
    assert [holder.pk for holder in entry.successors] == [third.organisation.pk]
    follow(signatory.organisation, third.organisation)
    (entry,) = register(version.covenant)
    assert entry.successors == ()


def test_the_member_list_follows_every_step_on_its_day(version, signatory, coalition, coordinator):
    """A village became part of a town, and that of another; in between two rows were one organisation."""
    second, third = make_signatory(coalition, coordinator), make_signatory(coalition, coordinator)
    sign(version, signatory)
    gone = factories.make_organisation()
    gone.merged_into, gone.archived_at = second.organisation, timezone.now()
    gone.save()
    follow(gone, signatory.organisation)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    follow(third.organisation, second.organisation, since=tomorrow)
    # Two that follow each other end nowhere, and keep nobody waiting.
    follow(signatory.organisation, gone)

    def signed(day):
        rows = coalition.memberships.annotate(signed_on=column_of(day).annotation(coalition.pk))
        return {row.organisation_id for row in rows if row.signed_on}

    assert signed(timezone.localdate()) == {signatory.organisation.pk, second.organisation.pk}
    assert signed(tomorrow) == {signatory.organisation.pk, second.organisation.pk, third.organisation.pk}
    assert len(life_of(coalition.memberships.get(organisation=second.organisation), coordinator)) == 1
    [ask] = asks.asks_in(coalition, coordinator)
    assert ask.title == "1 organisatie heeft nog niet ondertekend"


def test_the_register_asks_no_more_where_nobody_was_followed(
    version, signatory, coalition, coordinator, django_assert_num_queries
):
    sign(version, signatory)
    with django_assert_num_queries(2):
        register(version.covenant)
    follow(make_signatory(coalition, coordinator).organisation, signatory.organisation)
    # Who follows, and whether somebody follows that one.
    with django_assert_num_queries(4):
        register(version.covenant)


def test_an_answer_keeps_both_rows_when_the_organisation_signs_later(version, signatory):
    declines.decline(version=version, mandate=signatory.mandate, kind="no", by=signatory.person)
    sign(version, signatory)
    assert version.declines.count() == 1
    assert len(register(version.covenant)) == 1
    assert check_chain(version) == []


def test_who_signed_cannot_decline_any_more(version, signatory):
    sign(version, signatory)
    with pytest.raises(declines.SignedAlready, match="opzeggen"):
        declines.decline(version=version, mandate=signatory.mandate, kind="no", by=signatory.person)


def test_the_parties_can_agree_on_a_shorter_term_and_the_notice_itself_stays(version, signatory, coordinator):
    sign(version, signatory)
    given = withdraw(version, signatory)
    day = timezone.localdate() + datetime.timedelta(days=7)
    for wrong in (given.effective_on, timezone.localdate() - datetime.timedelta(days=1)):
        with pytest.raises(Refused):
            withdrawals.shorten(withdrawal=given, effective_on=wrong, basis="Overleg", by=coordinator)
    withdrawals.shorten(withdrawal=given, effective_on=day, basis="Bestuurlijk overleg", by=coordinator)

    assert entry_of(version.covenant, signatory.organisation).leaves_on == day
    assert entry_of(version.covenant, signatory.organisation, day) is None
    given.refresh_from_db()
    assert given.effective_on > day
    assert Mail.objects.filter(purpose="withdrawal_shortened", recipient=signatory.person.email).exists()
    # What was agreed between parties is not taken back by one of them.
    with pytest.raises(withdrawals.TooLate):
        withdrawals.retract(withdrawal=given, mandate=signatory.mandate, by=signatory.person)
    with pytest.raises(withdrawals.ShorterAlready):
        withdrawals.shorten(withdrawal=given, effective_on=day, basis="Nog eens", by=coordinator)
    assert check_chain(version) == []
