"""Two rows that are one organisation become one, and neither loses its history."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from coalitions.models import MembershipState, Seat, SeatLevel
from partners import duplicates, merging
from partners.models import (
    LinkKind,
    Mandate,
    MergeProposal,
    MergeState,
    Organisation,
    OrganisationLink,
    Representative,
)
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = factories.today()


@pytest.fixture
def kept(db):
    return factories.make_organisation("Kraamzorg Noord", type_code="kraamzorg")


@pytest.fixture
def gone(db):
    return factories.make_organisation("Kraamzorg Maasduinen", type_code="kraamzorg")


def test_people_mandates_and_names_come_along(kept, gone, partner, coordinator):
    speaker = factories.make_representative(partner, gone, function="manager", is_primary=True)
    mandate = factories.give_mandate(speaker, checked_by=coordinator)
    Organisation.objects.filter(pk=gone.pk).update(kvk="12345678", phone="077 1234567")

    merging.merge(kept=kept, gone=gone, by=coordinator)

    speaker.refresh_from_db()
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (speaker.organisation, speaker.is_primary) == (kept, True)
    assert list(Mandate.objects.valid()) == [mandate]
    assert (gone.merged_into, gone.kvk) == (kept, None)
    assert gone.archived_at
    assert (kept.kvk, kept.phone) == ("12345678", "077 1234567")
    assert [alias.name for alias in kept.aliases.all()] == ["Kraamzorg Maasduinen"]
    assert set(Organisation.objects.same_as(kept)) == {kept, gone}


def test_its_own_facts_are_not_overwritten(kept, gone, partner, coordinator):
    contact = factories.make_representative(coordinator, kept, is_primary=True)
    other = factories.make_representative(partner, gone, function="manager", is_primary=True)
    Organisation.objects.filter(pk=kept.pk).update(kvk="11111111", phone="1")
    Organisation.objects.filter(pk=gone.pk).update(kvk="22222222", phone="2")

    merging.merge(kept=kept, gone=gone, by=coordinator)

    kept.refresh_from_db()
    gone.refresh_from_db()
    contact.refresh_from_db()
    other.refresh_from_db()
    assert (kept.kvk, kept.phone, gone.kvk) == ("11111111", "1", "22222222")
    assert (contact.is_primary, other.is_primary) == (True, False)


def test_a_function_held_at_both_stays_where_it_was_and_ends(kept, gone, partner, coordinator):
    for organisation in (kept, gone):
        factories.make_representative(partner, organisation, function="manager")

    lines = merging.merge(kept=kept, gone=gone, by=coordinator)

    left = Representative.objects.get(organisation=gone)
    assert left.valid_to == TODAY
    assert any("eindigt vandaag" in line for line in lines)


def test_both_spells_of_one_coalition_stay(kept, gone, coalition, coordinator, partner):
    first = factories.make_member(coalition, gone, joined_on=datetime.date(2021, 1, 1))
    second = factories.make_member(coalition, kept, state=MembershipState.IN_TALKS, joined_on=None)
    speaker = factories.make_representative(partner, kept)

    merging.merge(kept=kept, gone=gone, by=coordinator)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.organisation, first.state, first.joined_on.year) == (kept, MembershipState.MEMBER, 2021)
    assert (second.organisation, second.state, second.left_on) == (kept, MembershipState.DECLINED, TODAY)
    assert "Samengevoegd" in second.leave_reason
    assert "stond op naam van Kraamzorg Maasduinen" in first.steps.last().reason
    assert speaker.organisation == kept


def test_who_sat_for_the_spell_that_ends_sits_on(kept, gone, coalition, coordinator, partner):
    older = factories.make_member(coalition, kept, joined_on=datetime.date(2020, 1, 1))
    younger = factories.make_member(coalition, gone)
    speaker = factories.make_representative(partner, gone)
    old_seat = factories.give_seat(younger, speaker, SeatLevel.MANAGEMENT)

    merging.merge(kept=kept, gone=gone, by=coordinator)

    old_seat.refresh_from_db()
    assert (old_seat.membership, old_seat.valid_to) == (younger, TODAY)
    new_seat = Seat.objects.current().get()
    assert (new_seat.membership, new_seat.representative, new_seat.level) == (
        older,
        speaker,
        SeatLevel.MANAGEMENT,
    )


def test_the_stronger_spell_may_be_that_of_the_row_that_goes(kept, gone, coalition, coordinator, partner):
    weaker = factories.make_member(coalition, kept, joined_on=datetime.date(2022, 1, 1))
    stronger = factories.make_member(coalition, gone, joined_on=datetime.date(2020, 1, 1))
    factories.give_seat(weaker, factories.make_representative(partner, kept))

    merging.merge(kept=kept, gone=gone, by=coordinator)

    assert Seat.objects.current().get().membership == stronger
    assert kept.memberships.get(left_on__isnull=True) == stronger
    weaker.refresh_from_db()
    assert weaker.state == MembershipState.LEFT


def test_a_spell_of_before_and_one_elsewhere_come_along(kept, gone, coalition, coordinator):
    old = factories.make_member(coalition, gone, state=MembershipState.LEFT)
    factories.make_member(coalition, kept)
    elsewhere = factories.make_member(factories.make_coalition(), gone)

    merging.merge(kept=kept, gone=gone, by=coordinator)

    assert set(kept.memberships.values_list("pk", flat=True)) >= {old.pk, elsewhere.pk}
    assert not gone.memberships.exists()


def test_links_come_along_but_none_leads_to_itself_or_stands_twice(kept, gone, coordinator):
    vsv = factories.make_organisation(type_code="vsv")
    for source in (kept, gone):
        factories.link(source, vsv, LinkKind.MEMBER_OF_VSV)
    between = factories.link(gone, kept, LinkKind.PART_OF)
    other = factories.make_organisation()
    moves = factories.link(other, gone, LinkKind.REFERS_TO)

    merging.merge(kept=kept, gone=gone, by=coordinator)

    moves.refresh_from_db()
    between.refresh_from_db()
    assert moves.target == kept
    assert (between.source, between.valid_to) == (gone, TODAY)
    assert OrganisationLink.objects.current().filter(target=vsv).get().source == kept


def test_what_was_merged_before_leads_to_the_last_one(kept, gone, coordinator):
    first = factories.make_organisation()
    merging.merge(kept=gone, gone=first, by=coordinator)
    merging.merge(kept=kept, gone=gone, by=coordinator)
    first.refresh_from_db()
    assert first.merged_into == kept


def test_the_preview_says_what_happens_and_changes_nothing(kept, gone, coalition, coordinator, partner):
    factories.make_member(coalition, gone)
    factories.make_representative(partner, gone)

    lines = merging.preview(kept=kept, gone=gone, by=coordinator)

    gone.refresh_from_db()
    assert gone.merged_into is None
    assert gone.memberships.count() == 1
    assert not kept.aliases.exists()
    assert lines == merging.merge(kept=kept, gone=gone, by=coordinator)
    assert "Het lidmaatschap in Maas en Peel (lid) gaat mee." in lines


def test_nothing_is_left_behind_when_a_later_step_fails(kept, gone, partner, coordinator, monkeypatch):
    factories.make_representative(partner, gone)
    monkeypatch.setattr(merging, "_take_over", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merging.merge(kept=kept, gone=gone, by=coordinator)
    assert Representative.objects.filter(organisation=gone).exists()


def test_refusals(kept, gone, coordinator):
    with pytest.raises(merging.SameRow):
        merging.merge(kept=kept, gone=kept, by=coordinator)
    merging.merge(kept=kept, gone=gone, by=coordinator)
    with pytest.raises(merging.AlreadyMerged, match="Kraamzorg Maasduinen is al samengevoegd"):
        merging.merge(kept=kept, gone=gone, by=coordinator)
    towns = [
        factories.make_organisation(type_code="gemeente", municipality=factories.make_area())
        for _ in range(2)
    ]
    with pytest.raises(merging.TwoGovernments):
        merging.merge(kept=towns[0], gone=towns[1], by=coordinator)
    with pytest.raises(IntegrityError, match="not_merged_into_itself"), transaction.atomic():
        Organisation.objects.filter(pk=kept.pk).update(merged_into=kept.pk, archived_at="2026-01-01T00:00Z")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_crosswise_one_wins(db):
    one, other = factories.make_organisation(), factories.make_organisation()
    answers: list[str] = []
    start = threading.Barrier(2)

    def run(kept, gone):
        try:
            start.wait(timeout=10)
            merging.merge(kept=kept, gone=gone, by=factories.make_person(email=None))
            answers.append("done")
        except Refused as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(answers) == ["AlreadyMerged", "done"]


# --- Proposals ------------------------------------------------------------------------------------


def test_a_proposal_waits_and_goes_with_the_merge(kept, gone, coordinator, administrator):
    proposal = merging.propose(kept=kept, gone=gone, reason="Zelfde KvK", by=coordinator)
    with pytest.raises(Refused, match="wacht al een voorstel"):
        merging.propose(kept=kept, gone=gone, reason="Nog eens", by=coordinator)
    merging.merge(kept=kept, gone=gone, by=administrator)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (MergeState.MERGED, administrator)


def test_a_proposal_is_rejected_once_and_says_why(kept, gone, coordinator, administrator):
    proposal = merging.propose(kept=kept, gone=gone, reason="Lijkt erop", by=coordinator)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        merging.reject(proposal=proposal, answer=" ", by=administrator)
    merging.reject(proposal=proposal, answer="Twee vestigingen", by=administrator)
    with pytest.raises(merging.AlreadyDecided):
        merging.reject(proposal=proposal, answer="Nee", by=administrator)
    with pytest.raises(IntegrityError, match="al besloten"), transaction.atomic():
        MergeProposal.objects.update(state=MergeState.OPEN, decided_by=None, decided_at=None)


# --- Duplicates -----------------------------------------------------------------------------------


def pairs(*organisations):
    return [
        (pair.first, pair.second) for pair in duplicates.suggested_pairs([one.pk for one in organisations])
    ]


def test_the_same_name_in_the_same_municipality_is_suggested():
    venlo, beesel = factories.make_area(), factories.make_area()
    one = factories.make_organisation("Praktijk De Wieg", municipality=venlo)
    other = factories.make_organisation("praktijk de wíeg", type_code="anders", municipality=venlo)
    far = factories.make_organisation("Praktijk De Wieg", municipality=beesel)
    assert pairs(one, other, far) == [(one, other)]


def test_another_name_counts_and_what_differs_in_a_number_does_not():
    one = factories.make_organisation("Welzijn Noord 1")
    two = factories.make_organisation("Welzijn Noord 2")
    known = factories.make_organisation("Iets heel anders")
    assert pairs(one, two, known) == []
    known.aliases.create(name="Welzijn Noord 1")
    assert pairs(one, two, known) == [(one, known)]


def test_a_name_that_looks_like_it_is_a_suggestion_only():
    one = factories.make_organisation("Verloskundigenpraktijk De Ooievaar")
    other = factories.make_organisation("Verloskundige praktijk De Ooievaar")
    (pair,) = duplicates.suggested_pairs([one.pk, other.pk])
    assert pair.ground == "naam lijkt erop"


def test_who_was_kept_apart_is_not_suggested_again(coordinator):
    one, other = (factories.make_organisation("De Wieg") for _ in range(2))
    assert pairs(one, other)
    merging.keep_apart(first=other, second=one, reason="Twee praktijken", by=coordinator)
    assert pairs(one, other) == []


def test_numbers_are_certain_and_names_are_not():
    one = factories.make_organisation("Kraamzorg Maas")
    Organisation.objects.filter(pk=one.pk).update(kvk="12345678")
    other = factories.make_organisation("Kraamzorg Maás")
    found = duplicates.matches(name="kraamzorg maas", kvk="12345678")
    assert [(match.organisation, match.is_certain) for match in found] == [(one, True), (other, False)]
    assert duplicates.matches(name="", kvk="") == []
    assert [match.organisation for match in duplicates.matches(name="kraamzorg maas", exclude=one)] == [other]
