"""A plan that is no longer true is not saved, and what was saved can be taken back."""

import datetime

import pytest
from django.utils import timezone

from coalitions import members
from coalitions.imports import plans
from coalitions.models import (
    CoalitionRole,
    ImportWork,
    MemberImport,
    Membership,
    MembershipState,
    MembershipStep,
    Seat,
)
from partners.models import Organisation, Person, Representative
from partners.organisations import change_organisation
from portal import jobs
from portal.import_plans import Fate, PlanStep
from tests import factories
from tests.at_once import at_the_same_time
from tests.coalitions.imports.tables import PEOPLE, checked, csv_of, fates, saved

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = ["Naam", "Soort", "Telefoon"]


@pytest.fixture
def welzijn(coalition):
    factories.make_type("welzijn")
    organisation = factories.make_organisation("Welzijn")
    Organisation.objects.filter(pk=organisation.pk).update(phone="1")
    factories.make_member(coalition, organisation)
    return organisation


def test_a_value_that_somebody_changed_meanwhile_is_shown_with_who_did_it(coalition, coordinator, welzijn):
    plan = checked(coalition, coordinator, csv_of(HEADER, ["Welzijn", "", "2"], ["Nieuw", "welzijn", ""]))
    other = factories.make_person("Ander")
    change_organisation(organisation=welzijn, by=other, phone="3")
    with pytest.raises(plans.StalePlan):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    plan.refresh_from_db()
    assert plan.step == PlanStep.CHECKED
    assert plan.stale[0].startswith("Regel 2: Telefoon was ‘1’, is nu ‘3’. Gewijzigd door Ander om ")
    assert plan.rows.first().changes == {"phone": ["3", "2"]}
    assert not Organisation.objects.filter(name="Nieuw").exists()

    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    welzijn.refresh_from_db()
    assert welzijn.phone == "2"


def test_an_organisation_that_somebody_added_meanwhile_makes_the_plan_stale(coalition, coordinator, welzijn):
    plan = checked(coalition, coordinator, csv_of(HEADER, ["Nieuw", "welzijn", ""]))
    members.put_on_list(
        coalition=coalition, organisation=factories.make_organisation("Nieuw"), by=coordinator
    )
    with pytest.raises(plans.StalePlan):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    plan.refresh_from_db()
    assert plan.stale == ["Regel 2: was ‘Nieuw’, is nu ‘Ongewijzigd’."]


def test_a_change_that_the_table_does_not_touch_leaves_the_plan_as_it_is(coalition, coordinator, welzijn):
    plan = checked(coalition, coordinator, csv_of(HEADER, ["Welzijn", "", "2"]))
    change_organisation(organisation=welzijn, by=coordinator, short_name="W")
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    welzijn.refresh_from_db()
    assert (welzijn.phone, welzijn.short_name) == ("2", "W")


def test_of_two_who_confirm_the_same_new_organisation_one_is_told_that_it_is_there(
    coalition, coordinator, welzijn
):
    content = csv_of(HEADER, ["Nieuw", "welzijn", ""])
    pair = [checked(coalition, coordinator, content) for _ in range(2)]
    outcomes = at_the_same_time(
        *(lambda plan=plan: plans.confirm(plan=plan, skips_errors=False, by=coordinator) for plan in pair)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MemberImport", "StalePlan"]
    assert Organisation.objects.filter(name="Nieuw").count() == 1


def test_one_plan_confirmed_twice_at_once_is_saved_once(coalition, coordinator, welzijn):
    plan = checked(coalition, coordinator, csv_of(HEADER, ["Nieuw", "welzijn", ""]))
    outcomes = at_the_same_time(*[lambda: plans.confirm(plan=plan, skips_errors=False, by=coordinator)] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MemberImport", "NotNow"]
    assert Organisation.objects.filter(name="Nieuw").count() == 1


def test_a_worker_saves_nothing_for_who_lost_the_role(coalition, coordinator, welzijn):
    factories.give_role(factories.make_person(), coalition)
    content = csv_of(HEADER, *(["Nieuw " + str(n), "welzijn", ""] for n in range(501)))
    plan = checked(coalition, coordinator, content)
    jobs.work_due(ImportWork)
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    CoalitionRole.objects.filter(person=coordinator).update(valid_to=factories.today())
    jobs.work_due(ImportWork)
    plan.refresh_from_db()
    assert (plan.step, plan.stale) == (
        PlanStep.CHECKED,
        ["Carla Coördinator is intussen geen coördinator meer van deze coalitie."],
    )
    assert coalition.memberships.count() == 1


def test_what_came_in_goes_to_the_archive_and_comes_back_with_the_next_import(
    coalition, coordinator, welzijn
):
    content = csv_of(HEADER, ["Nieuw", "welzijn", "5"], ["Welzijn", "", "2"])
    plan = plans.take_back(plan=saved(coalition, coordinator, content), by=coordinator)
    new = Organisation.objects.get(name="Nieuw")
    spell = new.memberships.get()
    assert (plan.step, plan.counts["taken_back"], plan.counts["stayed"]) == (PlanStep.UNDONE, 2, 0)
    assert new.archived_at is not None
    assert (spell.state, spell.leave_reason) == (MembershipState.DECLINED, "Import teruggedraaid")
    assert MembershipStep.objects.filter(membership=spell).count() == 2
    welzijn.refresh_from_db()
    assert welzijn.phone == "1"

    content = csv_of(HEADER, ["Nieuw", "welzijn", "6"])
    again = checked(coalition, coordinator, content)
    assert (again.rows.get().fate, again.rows.get().organisation) == (Fate.CREATE, new)
    plans.confirm(plan=again, skips_errors=False, by=coordinator)
    new.refresh_from_db()
    assert (new.archived_at, new.phone) == (None, "6")
    assert new.memberships.get(left_on__isnull=True).state == MembershipState.PROSPECT


def test_what_somebody_touched_since_stays(coalition, coordinator, welzijn):
    content = csv_of(HEADER, ["Nieuw", "welzijn", ""], ["Ander", "welzijn", ""], ["Welzijn", "", "2"])
    plan = saved(coalition, coordinator, content)
    members.start_talks(membership=Membership.objects.get(organisation__name="Nieuw"), by=coordinator)
    change_organisation(organisation=welzijn, by=coordinator, phone="9")
    plan = plans.take_back(plan=plan, by=coordinator)
    assert (plan.counts["taken_back"], plan.counts["stayed"]) == (1, 2)
    assert Membership.objects.get(organisation__name="Nieuw").state == MembershipState.IN_TALKS
    welzijn.refresh_from_db()
    assert welzijn.phone == "9"


def test_a_state_that_may_go_back_goes_back(coalition, coordinator, welzijn):
    plan = saved(coalition, coordinator, csv_of(["Naam", "Stand"], ["Welzijn", "Lid, nu niet actief"]))
    assert welzijn.memberships.get().state == MembershipState.DORMANT
    plans.take_back(plan=plan, by=coordinator)
    assert welzijn.memberships.get().state == MembershipState.MEMBER


def test_after_a_day_it_is_too_late(coalition, coordinator, welzijn):
    plan = saved(coalition, coordinator, csv_of(HEADER, ["Nieuw", "welzijn", ""]))
    MemberImport.objects.update(saved_at=timezone.now() - datetime.timedelta(hours=24, seconds=1))
    with pytest.raises(plans.TooLate):
        plans.take_back(plan=plan, by=coordinator)


def test_people_that_came_in_are_gone_and_corrections_are_undone(coalition, coordinator, welzijn):
    known = factories.make_person("Oud", email="oud@example.org", logs_in=False)
    Person.objects.filter(pk=known.pk).update(password="!niets")
    factories.make_representative(known, welzijn, function="x", is_primary=True)
    header = ["Organisatie", "Naam", "Functie", "Mailadres", "Niveau", "Eerste aanspreekpunt"]
    content = csv_of(
        header,
        ["Welzijn", "Oude Naam", "x", "oud@example.org", "bestuur", "nee"],
        ["Welzijn", "Nieuw", "y", "nieuw@example.org", "bestuur", "ja"],
    )
    plan = saved(coalition, coordinator, content, kind=PEOPLE)
    assert Seat.objects.count() == 2
    plan = plans.take_back(plan=plan, by=coordinator)
    assert plan.counts["stayed"] == 0
    assert not Seat.objects.exists()
    assert not Person.objects.filter(email="nieuw@example.org").exists()
    known.refresh_from_db()
    assert known.name == "Oud"
    assert Representative.objects.get(organisation=welzijn).is_primary


def test_a_person_who_is_used_since_stays(coalition, coordinator, welzijn):
    header = ["Organisatie", "Naam", "Functie"]
    plan = saved(coalition, coordinator, csv_of(header, ["Welzijn", "Nieuw", "y"]), kind=PEOPLE)
    speaker = Representative.objects.get(person__name="Nieuw")
    factories.give_mandate(speaker, checked_by=coordinator)
    plan = plans.take_back(plan=plan, by=coordinator)
    assert (plan.counts["taken_back"], plan.counts["stayed"]) == (0, 1)
    assert Representative.objects.filter(pk=speaker.pk).exists()


def test_undone_is_not_undone_twice(coalition, coordinator, welzijn):
    plan = saved(coalition, coordinator, csv_of(HEADER, ["Nieuw", "welzijn", ""]))
    plans.take_back(plan=plan, by=coordinator)
    with pytest.raises(plans.NotNow):
        plans.take_back(plan=plan, by=coordinator)


def test_the_restricted_role_may_check_save_and_undo(as_app, coalition, coordinator, welzijn):
    with as_app():
        plan = saved(coalition, coordinator, csv_of(HEADER, ["Nieuw", "welzijn", ""]))
        plans.take_back(plan=plan, by=coordinator)
    assert fates(plan) == [Fate.CREATE]
