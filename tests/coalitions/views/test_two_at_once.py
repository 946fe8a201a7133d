"""Two people save the same page: the second sees what the first wrote, and decides knowingly."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from coalitions import conditions, fixed_facts, groups
from coalitions.models import Agreement, Condition, GroupKind, GroupState, ListEntry, ListKind, Requirement
from partners import organisation_details
from portal.revisions import meanwhile
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
MEANWHILE = "Intussen gewijzigd door Klaas Kwartiermaker om "


@pytest.fixture
def klaas(coalition):
    """A second coordinator."""
    person = factories.make_person("Klaas Kwartiermaker")
    factories.give_role(person, coalition)
    return person


def a_group(coalition, by):
    group = factories.make_group(coalition, by, name="Vaders")
    filled = {"name": "Vaders", "kind": GroupKind.LEARNING, "purpose": "Samen beter"}
    return reverse("coalitions:working-group-edit", args=[coalition.slug, group.slug]), filled, "purpose"


def an_agreement(coalition, by):
    kind = factories.make_type()
    agreement = Agreement.objects.create(
        coalition=coalition, title="Overdracht", version="1", valid_from=factories.today()
    )
    agreement.party_types.set([kind])
    day = factories.today().isoformat()
    filled = {"title": "Overdracht", "version": "1", "valid_from": day, "party_types": [kind.pk]}
    return reverse("coalitions:agreement-edit", args=[coalition.slug, agreement.pk]), filled, "title"


def a_talk_of_the_year(coalition, by):
    membership = factories.make_member(coalition)
    day = factories.today()
    conditions.write_review(
        membership=membership, year=YEAR, held_on=day, by=by, effort="Veel", result="Iets", follow_up=""
    )
    filled = {"held_on": day.isoformat(), "effort": "Veel", "result": "Iets", "follow_up": ""}
    url = reverse("coalitions:partner-review-edit", args=[coalition.slug, membership.pk, YEAR])
    return url, filled, "result"


def a_line(coalition, by):
    entry = ListEntry.objects.create(
        coalition=coalition, kind=ListKind.INITIATIVE, title="VoorZorg", owner=by
    )
    filled = {"title": "VoorZorg", "owner": by.pk}
    url = reverse("coalitions:list-entry-edit", args=[coalition.slug, "initiative", entry.pk])
    return url, filled, "title"


def a_role(coalition, by):
    role = coalition.roles.get(person=by)
    url = reverse("coalitions:role-edit", args=[coalition.slug, role.pk])
    return url, {"employer": "", "hours_per_week": ""}, "employer"


def a_place(coalition, by):
    organisation = factories.make_member(coalition).organisation
    place = organisation_details.add_location(organisation=organisation, by=by, city="Venlo")
    return reverse("coalitions:location-edit", args=[place.pk]), {"city": "Venlo"}, "street"


def a_portfolio(coalition, by):
    speaker = factories.make_representative(
        factories.make_person(), factories.make_member(coalition).organisation
    )
    return reverse("coalitions:colleague-edit", args=[speaker.pk]), {}, "portfolio"


def seen_on(page):
    return re.search(r'name="seen" value="(\w+)"', page)[1]


@pytest.mark.parametrize(
    "thing", [a_group, an_agreement, a_talk_of_the_year, a_line, a_role, a_place, a_portfolio]
)
def test_the_second_sees_both_values_and_may_write_over(log_in, coordinator, klaas, coalition, thing):
    url, filled, field = thing(coalition, coordinator)
    mine = log_in(coordinator)
    seen = seen_on(mine.get(url).text)
    other = log_in(klaas)
    sent = {**filled, field: "Van Klaas", "seen": seen_on(other.get(url).text)}
    assert other.post(url, sent).status_code == 302

    refused = mine.post(url, {**filled, field: "Van Carla", "seen": seen})
    assert MEANWHILE in refused.text
    assert "staat nu ‘Van Klaas’; jij vulde in ‘Van Carla’" in refused.text
    assert "Van Klaas" in log_in(klaas).get(url).text

    again = seen_on(refused.text)
    assert again != seen
    assert mine.post(url, {**filled, field: "Van Carla", "seen": again}).status_code == 302
    assert "Van Carla" in mine.get(url).text


@pytest.fixture
def measured(coalition, coordinator):
    """A year in which every condition is in place."""
    fixed_facts.load()
    scores = dict.fromkeys(Condition.objects.all(), ("in_place", ""))
    conditions.score_year(coalition=coalition, year=YEAR, scores=scores, by=coordinator)
    return reverse("coalitions:condition-score", args=[coalition.slug, YEAR])


def test_of_a_year_everybody_keeps_what_only_she_changed(log_in, coordinator, klaas, coalition, measured):
    first, second, *_ = Condition.objects.all()
    mine, other = log_in(coordinator), log_in(klaas)
    seen = seen_on(mine.get(measured).text)
    filled = {f"c{one.pk}_state": "in_place" for one in Condition.objects.all()} | {"seen": seen}
    other.post(measured, {**filled, f"c{first.pk}_state": "missing", f"c{second.pk}_state": "missing"})

    refused = mine.post(measured, {**filled, f"c{second.pk}_state": "attention"})
    assert refused.status_code == 422
    assert f"Bij ‘{second.name}: stand’ staat nu ‘Ontbreekt’; jij vulde in ‘Vraagt aandacht’" in refused.text
    assert f"Bij ‘{first.name}" not in refused.text

    fine = mine.post(measured, {**filled, f"c{second.pk}_state": "missing"})
    assert fine.status_code == 302
    scores = dict(coalition.condition_scores.filter(year=YEAR).values_list("condition", "score"))
    assert (scores[first.pk], scores[second.pk]) == ("missing", "missing")


def test_of_a_checklist_the_second_sees_both(log_in, coordinator, klaas, coalition):
    fixed_facts.load()
    area = coalition.municipalities().first()
    url = reverse("coalitions:requirement-check", args=[coalition.slug, area.code])
    one = Requirement.objects.first()
    filled = {f"r{each.pk}_state": "busy" for each in Requirement.objects.all()}
    mine = log_in(coordinator)
    filled["seen"] = seen_on(mine.get(url).text)
    log_in(klaas).post(url, filled)
    refused = mine.post(url, {**filled, f"r{one.pk}_state": "done"})
    assert MEANWHILE in refused.text
    assert "staat nu ‘Mee bezig’; jij vulde in ‘Gedaan’" in refused.text
    assert coalition.requirement_checks.get(requirement=one).state == "busy"


def test_a_line_is_dealt_with_once_by_two(log_in, coordinator, klaas, coalition):
    entry = ListEntry.objects.create(
        coalition=coalition, kind=ListKind.INITIATIVE, title="VoorZorg", owner=klaas
    )
    url = reverse("coalitions:list-entry-finish", args=[coalition.slug, "initiative", entry.pk])
    for person in (coordinator, klaas):
        log_in(person).post(url, {"afgehandeld": "ja"})
    entry.refresh_from_db()
    assert entry.done_on == factories.today()


def test_a_step_of_a_group_from_an_old_page_changes_nothing(log_in, coordinator, klaas, coalition):
    group = factories.make_group(coalition, coordinator, name="Vaders")
    groups.close(group=group, reason="Klaar", by=klaas)
    url = reverse("coalitions:working-group-step", args=[coalition.slug, group.slug, "stilleggen"])
    page = log_in(coordinator).post(url, {"seen": GroupState.ACTIVE}).text
    assert MEANWHILE in page
    assert "Je zag ‘Vaders’ op ‘Actief’ en koos ‘Ligt stil’, maar de stand is nu ‘Afgerond’" in page
    group.refresh_from_db()
    assert group.state == GroupState.CLOSED


@pytest.mark.parametrize("step", ["starten", "afwijzen", "stilleggen", "hervatten", "afronden"])
@pytest.mark.parametrize("state", [GroupState.CLOSED, GroupState.DECLINED])
def test_an_illegal_step_of_a_group_by_address_is_refused_with_the_reason(
    log_in, coordinator, coalition, state, step
):
    group = coalition.groups.create(
        name="Vaders",
        slug="vaders",
        purpose="x",
        state=state,
        proposed_on=factories.LONG_AGO,
        started_on=factories.LONG_AGO,
        ended_on=factories.today(),
        ending_reason="Klaar",
    )
    url = reverse("coalitions:working-group-step", args=[coalition.slug, group.slug, step])
    page = log_in(coordinator).post(url, {"reason": "Besproken", "lead": coordinator.pk, "seen": state}).text
    assert "Van daar kan de stap naar" in page
    group.refresh_from_db()
    assert group.state == state


def test_a_change_of_another_day_says_which_day():
    yesterday = timezone.now() - datetime.timedelta(days=1)
    day = date_format(timezone.localtime(yesterday), "j F Y")
    assert meanwhile("Klaas", yesterday).startswith(f"Intussen gewijzigd door Klaas op {day} om ")
    assert " op " not in meanwhile("Klaas", timezone.now())
    assert meanwhile() == "Intussen gewijzigd"
