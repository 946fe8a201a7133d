"""Gems and their adoptions: every step, what PostgreSQL guards, and who may."""

import pytest
from django.db import IntegrityError, connection, transaction

from actions import adoptions, offers, practices, tools
from actions.models import (
    AdoptionState,
    Intervention,
    InterventionOffer,
    KitItem,
    OfferState,
    Practice,
    PracticeAdoption,
    PracticeState,
)
from actions.models.practices import ADOPTION_MOVES, PRACTICE_MOVES
from portal.acts import Refused
from portal.models import StoredFile
from tests import factories

pytestmark = pytest.mark.django_db

COMPLETE = {"approach": "Bellen", "result": "Eerder", "cost_note": "Niets", "contact": "projectleider"}


def illegal(states, moves):
    return [(a, b) for a in states for b in states if a != b and b not in moves.get(a, ())]


@transaction.atomic
def empty_every_kit():
    KitItem.objects.all().delete()
    check_now()


@transaction.atomic
def make_ready(practice):
    Practice.objects.filter(pk=practice.pk).update(state=PracticeState.PREBAKED)
    check_now()


def check_now():
    """Run what is deferred to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def membership(coalition, partner):
    return coalition.memberships.get()


def gem(coalition, membership, by, state=PracticeState.PREBAKED):
    practice = practices.write_down(
        coalition=coalition, owner=membership, title="Bellen", problem="Te laat", by=by, **COMPLETE
    )
    practices.add_kit_item(practice=practice, title="Brief", url="https://kit.example/", by=by)
    if state != PracticeState.LOCAL:
        practice = practices.nominate(practice=practice, by=by)
    if state in {PracticeState.PREBAKED, PracticeState.RETIRED}:
        practice = practices.prebake(practice=practice, by=by)
    return (
        practices.retire(practice=practice, reason="x", by=by) if state == PracticeState.RETIRED else practice
    )


@pytest.mark.parametrize(("start", "end"), illegal(PracticeState, PRACTICE_MOVES))
def test_an_illegal_move_of_a_gem_is_refused_by_operation_and_by_trigger(
    coalition, coordinator, membership, start, end
):
    practice = gem(coalition, membership, coordinator, start)
    operations = {
        PracticeState.NOMINATED: lambda: practices.nominate(practice=practice, by=coordinator),
        PracticeState.PREBAKED: lambda: practices.prebake(practice=practice, by=coordinator),
        PracticeState.RETIRED: lambda: practices.retire(practice=practice, reason="x", by=coordinator),
    }
    if end in operations:
        with pytest.raises(practices.IllegalPracticeStep):
            operations[end]()
    reason = "x" if end == PracticeState.RETIRED else ""
    with pytest.raises(IntegrityError, match="Deze stap kan niet"), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(state=end, retired_reason=reason)


@pytest.mark.parametrize(("start", "end"), illegal(AdoptionState, ADOPTION_MOVES))
def test_an_illegal_move_of_an_adoption_is_refused_by_operation_and_by_trigger(
    coalition, coordinator, membership, start, end
):
    practice = gem(coalition, membership, coordinator)
    municipality = coalition.municipalities().first()

    def act(adoption, state):
        words = {
            AdoptionState.PREPARING: (adoptions.prepare, {}),
            AdoptionState.RUNNING: (adoptions.start, {"adapted_text": "Zo"}),
            AdoptionState.SECURED: (adoptions.secure, {"lesson": "Les"}),
            AdoptionState.STOPPED: (adoptions.stop, {"lesson": "Les"}),
        }
        operation, extra = words[state]
        return operation(adoption=adoption, by=coordinator, **extra)

    adoption = adoptions.adopt(
        practice=practice, coalition=coalition, municipality=municipality, owner=membership, by=coordinator
    )
    paths = {
        AdoptionState.INTERESTED: (),
        AdoptionState.PREPARING: (AdoptionState.PREPARING,),
        AdoptionState.RUNNING: (AdoptionState.PREPARING, AdoptionState.RUNNING),
        AdoptionState.SECURED: (AdoptionState.PREPARING, AdoptionState.RUNNING, AdoptionState.SECURED),
        AdoptionState.STOPPED: (AdoptionState.STOPPED,),
    }
    for state in paths[start]:
        adoption = act(adoption, state)
    if end != AdoptionState.INTERESTED:
        with pytest.raises(adoptions.IllegalAdoptionStep):
            act(adoption, end)
    with pytest.raises(IntegrityError, match="Deze stap kan niet"), transaction.atomic():
        PracticeAdoption.objects.filter(pk=adoption.pk).update(
            state=end, lesson="x", adapted_text="x", started_on=factories.today()
        )


def test_a_gem_is_ready_when_its_words_are_complete_and_it_has_a_kit(coalition, coordinator, membership):
    practice = practices.write_down(
        coalition=coalition, owner=membership, title="Bellen", problem="Te laat", by=coordinator
    )
    practices.nominate(practice=practice, by=coordinator)
    with pytest.raises(Refused, match="kit is nog leeg"):
        practices.prebake(practice=practice, by=coordinator)
    item = practices.add_kit_item(
        practice=practice, title="Kaart", upload=factories.make_upload("kaart.pdf"), by=coordinator
    )
    with pytest.raises(Refused, match="wat het oplevert"):
        practices.prebake(practice=practice, by=coordinator)
    practices.edit(practice=practice, by=coordinator, **COMPLETE)
    practices.prebake(practice=practice, by=coordinator)
    with pytest.raises(Refused, match="heeft een kit"):
        practices.remove_kit_item(item=item, by=coordinator)
    with pytest.raises(IntegrityError, match="kit"):
        empty_every_kit()
    practices.add_kit_item(practice=practice, title="Brief", url="https://kit.example/", by=coordinator)
    practices.remove_kit_item(item=item, by=coordinator)
    assert not StoredFile.objects.exists()


def test_the_database_knows_no_gem_that_is_ready_without_a_kit(coalition, coordinator, membership):
    practice = gem(coalition, membership, coordinator, PracticeState.NOMINATED)
    KitItem.objects.all().delete()
    with pytest.raises(IntegrityError, match="kit"):
        make_ready(practice)
    with pytest.raises(Refused, match="Niet allebei"):
        practices.add_kit_item(practice=practice, title="x", by=coordinator)


def test_two_gems_with_one_title_have_two_addresses_and_a_retired_one_rests(
    coalition, coordinator, membership
):
    first = gem(coalition, membership, coordinator, PracticeState.RETIRED)
    second = gem(coalition, membership, coordinator)
    assert (first.slug, second.slug) == ("bellen", "bellen-2")
    with pytest.raises(practices.PracticeIsRetired):
        practices.edit(practice=first, title="Anders", by=coordinator)
    with pytest.raises(adoptions.NotReady):
        adoptions.adopt(
            practice=first,
            coalition=coalition,
            municipality=coalition.municipalities().first(),
            owner=membership,
            by=coordinator,
        )


def test_a_municipality_has_a_gem_once_and_may_begin_again_after_it_stopped(
    coalition, coordinator, membership
):
    practice = gem(coalition, membership, coordinator)
    where = {
        "practice": practice,
        "coalition": coalition,
        "municipality": coalition.municipalities().first(),
        "owner": membership,
        "by": coordinator,
    }
    adoption = adoptions.adopt(**where)
    with pytest.raises(Refused, match="al overgenomen"):
        adoptions.adopt(**where)
    with pytest.raises(adoptions.NotHere):
        adoptions.adopt(**{**where, "municipality": factories.make_area("Ver weg")})
    adoptions.prepare(adoption=adoption, by=coordinator)
    with pytest.raises(Refused, match="hoe jullie het hier doen"):
        adoptions.start(adoption=adoption, adapted_text=" ", by=coordinator)
    with pytest.raises(Refused, match="wat jullie geleerd hebben"):
        adoptions.stop(adoption=adoption, lesson=" ", by=coordinator)
    adoption = adoptions.stop(adoption=adoption, lesson="Geen uren", by=coordinator)
    with pytest.raises(adoptions.AdoptionIsOver):
        adoptions.edit(adoption=adoption, adapted_text="a", lesson="b", by=coordinator)
    adoptions.adopt(**where)
    assert Practice.objects.with_counts().get().adoption_count == 1


def test_who_reads_writes_and_takes_over(coalition, coordinator, partner, alderman, outsider):
    membership = coalition.memberships.get(organisation__name="Welzijn Maasdorp")
    local = gem(coalition, membership, coordinator, PracticeState.LOCAL)
    ready = gem(coalition, membership, coordinator)
    assert set(practices.visible_to(partner)) == {local, ready}
    assert set(practices.visible_to(outsider)) == {ready}
    assert set(practices.written_by(partner, coalition)) == {local, ready}
    assert not practices.written_by(alderman, coalition).exists()
    beesel = alderman.representatives.get().organisation.municipality
    adoption = adoptions.adopt(
        practice=ready, coalition=coalition, municipality=beesel, owner=membership, by=coordinator
    )
    for person in (coordinator, partner, alderman):
        assert list(adoptions.within(person, coalition)) == [adoption]


def test_a_new_stand_of_an_intervention_keeps_the_one_before(coalition, coordinator):
    intervention = Intervention.objects.create(slug="x", name="X", phase="all", description="x")
    where = {
        "intervention": intervention,
        "coalition": coalition,
        "municipality": coalition.municipalities().first(),
        "by": coordinator,
    }
    InterventionOffer.objects.create(
        intervention=intervention,
        coalition=coalition,
        municipality=where["municipality"],
        state=OfferState.EXPLORING,
        valid_from=factories.LONG_AGO,
    )
    offers.set_stand(state=OfferState.PREPARING, **where)
    offers.set_stand(state=OfferState.RUNNING, **where)
    rows = InterventionOffer.objects.order_by("pk")
    assert [row.state for row in rows] == ["exploring", "preparing", "running"]
    assert rows[0].valid_to == factories.today()
    assert InterventionOffer.objects.current().get().state == OfferState.RUNNING
    assert Intervention.objects.with_counts().get().offer_count == 1
    with pytest.raises(offers.NotHere):
        offers.set_stand(state=OfferState.RUNNING, **{**where, "municipality": factories.make_area("Ver")})


def test_a_tool_stands_there_once_and_a_member_uses_it_once(coalition, coordinator, membership):
    facts = {"kind": "guide", "title": "A", "url": "https://a.example/", "description": "x"}
    tool = tools.add(coalition=coalition, by=coordinator, **facts)
    with pytest.raises(Refused, match="staat er al"):
        tools.add(coalition=coalition, by=coordinator, **facts)
    for _ in range(2):
        tools.use(tool=tool, membership=membership, by=coordinator)
    assert tool.uses.count() == 1
    tools.use_no_longer(tool=tool, membership=membership, by=coordinator)
    tools.remove(tool=tool, by=coordinator)


def test_a_film_is_written_out_for_who_cannot_hear_or_see_it(coalition, coordinator, client):
    facts = {"kind": "film", "title": "Animatie", "url": "https://a.example/", "description": "x"}
    with pytest.raises(Refused, match="wat er gezegd en getoond wordt"):
        tools.add(coalition=coalition, by=coordinator, **facts)
    tools.add(coalition=coalition, by=coordinator, transcript="Een baby lacht.", **facts)
    page = client.get("/gereedschap/").text
    assert "Lees wat er gezegd en getoond wordt" in page
    assert "Een baby lacht." in page
