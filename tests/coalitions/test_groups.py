"""Working groups: every step, who may be in one, and what PostgreSQL guards."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from coalitions import groups
from coalitions.access import ActingRole, Permission, groups_within, roles_in
from coalitions.models import (
    GroupKind,
    GroupRole,
    GroupState,
    Role,
    WorkingGroup,
    WorkingGroupSeat,
    WorkingGroupSupport,
)
from partners.models import Representative
from portal.acts import Refused
from portal.models import StoredFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(coalition, partner):
    return groups.propose(
        coalition=coalition,
        name="Preconceptiezorg",
        purpose="Goede zorg vooraf",
        kind=GroupKind.WORKING_GROUP,
        is_open=False,
        by=partner,
    )


@pytest.fixture
def group(coalition, partner):
    return factories.make_group(coalition, partner, name="Signaleren")


def check_now():
    """Run what is deferred to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_proposal_is_supported_by_who_thought_of_it(proposal, partner):
    assert (proposal.state, proposal.slug) == (GroupState.PROPOSED, "preconceptiezorg")
    assert proposal.supporters.get().person == partner


def test_a_name_is_taken_once(coalition, partner, proposal):
    with pytest.raises(Refused, match="Er is al een groep met deze naam"):
        groups.propose(
            coalition=coalition,
            name="Preconceptiezorg",
            purpose="x",
            kind="learning",
            is_open=True,
            by=partner,
        )


def test_a_purpose_with_a_citizen_number_is_refused(coalition, partner):
    with pytest.raises(Refused, match="burgerservicenummer"):
        groups.propose(
            coalition=coalition, name="A", purpose="kind 111222333", kind="learning", is_open=True, by=partner
        )


def test_support_counts_once_and_can_be_withdrawn(proposal, alderman):
    groups.support(group=proposal, by=alderman)
    groups.support(group=proposal, by=alderman)
    assert proposal.supporters.count() == 2
    groups.withdraw_support(group=proposal, by=alderman)
    assert proposal.supporters.count() == 1


def test_only_a_proposal_is_supported(group, alderman):
    for operation in (groups.support, groups.withdraw_support):
        with pytest.raises(groups.OnlyProposals):
            operation(group=group, by=alderman)


def test_starting_needs_a_lead_from_the_coalition(proposal, coordinator, partner, outsider):
    with pytest.raises(groups.NotInCoalition):
        groups.start(group=proposal, lead=outsider, by=coordinator)
    proposal.refresh_from_db()
    assert proposal.state == GroupState.PROPOSED
    started = groups.start(group=proposal, lead=partner, by=coordinator)
    check_now()
    assert (started.state, started.started_on) == (GroupState.ACTIVE, factories.today())
    assert started.seats.get().role == GroupRole.LEAD


def test_a_group_rests_goes_on_and_is_closed_with_a_reason(group, coordinator):
    group = groups.rest(group=group, by=coordinator)
    group = groups.resume(group=group, by=coordinator)
    with pytest.raises(Refused, match="Vul in waarom"):
        groups.close(group=group, reason=" ", by=coordinator)
    group = groups.close(group=group, reason="Klaar", by=coordinator)
    assert (group.state, group.ending_reason) == (GroupState.CLOSED, "Klaar")
    assert not group.seats.current().exists()


def test_a_proposal_that_does_not_go_on_has_a_reason(proposal, coordinator):
    group = groups.decline(group=proposal, reason="Loopt al elders", by=coordinator)
    assert (group.state, group.ended_on) == (GroupState.DECLINED, factories.today())


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (GroupState.PROPOSED, {"start", "decline"}),
        (GroupState.ACTIVE, {"rest", "close"}),
        (GroupState.RESTING, {"resume", "close"}),
        (GroupState.CLOSED, set()),
        (GroupState.DECLINED, set()),
    ],
)
def test_every_other_step_is_refused(coalition, coordinator, partner, state, allowed):
    arguments = {
        "start": {"lead": partner},
        "decline": {"reason": "x"},
        "rest": {},
        "resume": {},
        "close": {"reason": "x"},
    }
    for name, extra in arguments.items():
        if name not in allowed:
            group = group_in(coalition, state, coordinator, partner)
            with pytest.raises(groups.IllegalGroupStep):
                getattr(groups, name)(group=group, by=coordinator, **extra)
            WorkingGroup.objects.filter(pk=group.pk).update(slug=f"weg-{name}")


def group_in(coalition, state, by, lead):
    if state in {GroupState.PROPOSED, GroupState.DECLINED}:
        group = groups.propose(
            coalition=coalition, name=state, purpose="x", kind="learning", is_open=True, by=by
        )
        return groups.decline(group=group, reason="x", by=by) if state == GroupState.DECLINED else group
    group = factories.make_group(coalition, lead)
    if state == GroupState.RESTING:
        return groups.rest(group=group, by=by)
    return groups.close(group=group, reason="x", by=by) if state == GroupState.CLOSED else group


def test_the_database_refuses_an_illegal_move_and_a_group_without_a_lead(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingGroup.objects.filter(pk=group.pk).update(state=GroupState.PROPOSED)
    with pytest.raises(IntegrityError, match="altijd een trekker"):
        end_all_seats(group)
    with pytest.raises(IntegrityError, match="altijd een trekker"):
        begin_without_a_lead(group.coalition)


@transaction.atomic
def end_all_seats(group):
    WorkingGroupSeat.objects.filter(group=group).update(valid_to=factories.today())
    check_now()


@transaction.atomic
def begin_without_a_lead(coalition):
    WorkingGroup.objects.create(
        coalition=coalition,
        name="Leeg",
        slug="leeg",
        purpose="x",
        state=GroupState.ACTIVE,
        proposed_on=factories.today(),
        started_on=factories.today(),
    )
    check_now()


def test_support_is_given_once_in_the_database(proposal, partner):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingGroupSupport.objects.create(group=proposal, person=partner)


def test_people_get_another_role_and_the_lead_hands_over(group, coordinator, partner):
    groups.add_person(group=group, person=coordinator, role=GroupRole.MEMBER, by=partner)
    with pytest.raises(Refused, match="zit al in deze groep"):
        groups.add_person(group=group, person=coordinator, role=GroupRole.MEMBER, by=partner)
    groups.add_person(group=group, person=coordinator, role=GroupRole.LEAD, by=partner)
    groups.end_seat(seat=group.seats.current().get(person=partner), by=coordinator)
    check_now()
    assert group.seats.current().get().person == coordinator


@pytest.mark.django_db(transaction=True)
def test_the_last_lead_of_an_active_group_stays(group, coordinator):
    with pytest.raises(Refused, match="altijd een trekker"):
        groups.end_seat(seat=group.seats.get(), by=coordinator)
    assert group.seats.current().exists()


def test_an_open_group_lets_people_in_and_another_does_not(group, alderman, coordinator):
    with pytest.raises(groups.NotOpen):
        groups.join(group=group, by=alderman)
    group = groups.edit(group=group, is_open=True, by=coordinator)
    assert groups.join(group=group, by=alderman).role == GroupRole.MEMBER


def test_nothing_changes_in_a_group_that_is_over(group, coordinator, partner):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    group = groups.close(group=group, reason="Klaar", by=coordinator)
    for act in (
        lambda: groups.edit(group=group, name="B", by=coordinator),
        lambda: groups.add_person(group=group, person=partner, role=GroupRole.LEAD, by=coordinator),
        lambda: groups.add_document(group=group, title="a", upload=upload, by=coordinator),
    ):
        with pytest.raises(groups.GroupIsOver):
            act()


def test_a_document_comes_and_goes_with_its_file(group, coordinator):
    upload = SimpleUploadedFile("verslag.pdf", b"%PDF-1.7 tekst")
    document = groups.add_document(group=group, title="Verslag", upload=upload, by=coordinator)
    assert document.file.name == "verslag.pdf"
    groups.remove_document(document=document, by=coordinator)
    assert not StoredFile.objects.exists()


def test_a_lead_has_the_role_while_she_leads_and_takes_part(coalition, group, partner):
    def roles():
        partner.__dict__.pop("_reach", None)
        return roles_in(partner, coalition)

    assert roles() == {ActingRole.PARTNER, ActingRole.GROUP_LEAD}
    assert list(groups_within(partner, Permission.GROUP_MANAGE, coalition)) == [group]
    Representative.objects.filter(person=partner).update(valid_to=factories.today())
    assert roles() == frozenset()
    factories.give_role(partner, coalition, Role.TEAM)
    assert roles() == {ActingRole.TEAM, ActingRole.GROUP_LEAD}
    WorkingGroup.objects.filter(pk=group.pk).update(
        state=GroupState.CLOSED, ended_on=factories.today(), ending_reason="x"
    )
    assert roles() == {ActingRole.TEAM}
