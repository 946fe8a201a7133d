"""A coalition begins, changes its area, and goes from phase to phase."""

import datetime
import itertools

import pytest
from django.db import IntegrityError, transaction

from coalitions import founding
from coalitions.models import Coalition, Level, Phase, Role
from coalitions.models.coalitions import PHASE_MOVES
from partners.models import Area, AreaKind, AreaMember
from portal.acts import Refused
from portal.revisions import ChangedMeanwhile, revision_of
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 1)
LATER = datetime.date(2026, 9, 1)


@pytest.fixture
def venlo():
    return factories.make_area("Venlo", code="GM0983")


@pytest.fixture
def beesel():
    return factories.make_area("Beesel", code="GM0889")


@pytest.fixture
def founded(administrator, venlo):
    return founding.found_coalition(
        name="Rond Venlo",
        level=Level.REGIONAL,
        municipalities=[venlo],
        from_date=DAY,
        by=administrator,
    )


def codes(coalition: Coalition, on: datetime.date) -> set[str]:
    return set(coalition.municipalities(on=on).values_list("code", flat=True))


def test_a_coalition_begins_with_its_area(founded):
    assert founded.slug == "rond-venlo"
    assert founded.phase == Phase.EXPLORING
    assert (founded.area.kind, founded.area.code) == (AreaKind.COALITION, "rond-venlo")
    assert codes(founded, DAY) == {"GM0983"}
    assert codes(founded, DAY - datetime.timedelta(days=1)) == set()


def test_history_tells_who_founded_it(founded, administrator):
    event = founded.events.get()

    assert event.pgh_context.metadata["user"] == administrator.pk


def test_a_second_coalition_of_the_same_name_is_refused(founded, administrator, beesel):
    with pytest.raises(founding.NameTaken, match="rond-venlo"):
        founding.found_coalition(
            name="Rond Venlo",
            level=Level.LOCAL,
            municipalities=[beesel],
            from_date=DAY,
            by=administrator,
        )


@pytest.mark.parametrize("level", [Level.LOCAL, Level.REGIONAL])
def test_a_coalition_needs_a_municipality(administrator, level):
    with pytest.raises(founding.WithoutMunicipality):
        founding.found_coalition(
            name="Nergens", level=level, municipalities=[], from_date=DAY, by=administrator
        )
    assert not Area.objects.filter(kind=AreaKind.COALITION).exists()


def test_the_national_coalition_needs_no_municipality(administrator):
    coalition = founding.found_coalition(
        name="Landelijk",
        level=Level.NATIONAL,
        municipalities=[],
        from_date=DAY,
        by=administrator,
    )

    assert not coalition.municipalities(on=DAY).exists()


def test_a_municipality_that_no_longer_exists_is_refused(administrator):
    gone = factories.make_area("Haaren", valid_to=datetime.date(2021, 1, 1))

    with pytest.raises(founding.NotAMunicipality, match="Haaren is op 01-03-2026 geen gemeente"):
        founding.found_coalition(
            name="Rond Haaren",
            level=Level.LOCAL,
            municipalities=[gone],
            from_date=DAY,
            by=administrator,
        )


def test_a_province_is_no_municipality(administrator):
    province = factories.make_area("Limburg", kind=AreaKind.PROVINCE)

    with pytest.raises(founding.NotAMunicipality):
        founding.found_coalition(
            name="Limburg",
            level=Level.REGIONAL,
            municipalities=[province],
            from_date=DAY,
            by=administrator,
        )


def test_nothing_is_left_behind_when_a_later_step_fails(administrator, venlo):
    local = factories.make_coalition("Lokaal", level=Level.LOCAL)
    areas, links = Area.objects.count(), AreaMember.objects.count()

    with pytest.raises(Refused, match="Een lokale coalitie hoort bij"):
        founding.found_coalition(
            name="Verkeerd om",
            level=Level.REGIONAL,
            parent=local,
            municipalities=[venlo],
            from_date=DAY,
            by=administrator,
        )

    assert not Coalition.objects.filter(slug="verkeerd-om").exists()
    assert (Area.objects.count(), AreaMember.objects.count()) == (areas, links)


def test_a_coalition_moves_under_a_wider_one(founded, administrator):
    national = factories.make_coalition("Landelijk", level=Level.NATIONAL)

    assert founding.change_parent(coalition=founded, parent=national, by=administrator).parent == national


def test_a_coalition_never_stands_under_itself_or_a_narrower_one(founded, administrator):
    local = factories.make_coalition("Lokaal", level=Level.LOCAL)

    for parent in (founded, local):
        with pytest.raises(Refused, match="Een lokale coalitie hoort bij"):
            founding.change_parent(coalition=founded, parent=parent, by=administrator)
    founded.refresh_from_db()
    assert founded.parent is None


def test_the_area_changes_from_a_day_and_what_was_stays(founded, administrator, venlo, beesel):
    founding.change_area(coalition=founded, add=[beesel], remove=[venlo], on=LATER, by=administrator)

    assert codes(founded, DAY) == {"GM0983"}
    assert codes(founded, LATER) == {"GM0889"}


def test_a_municipality_is_not_added_twice(founded, administrator, venlo):
    with pytest.raises(founding.AlreadyInArea, match="Venlo"):
        founding.change_area(coalition=founded, add=[venlo], on=LATER, by=administrator)


def test_a_municipality_is_not_added_before_a_period_that_is_planned(founded, administrator, beesel):
    founding.change_area(coalition=founded, add=[beesel], on=LATER, by=administrator)

    with pytest.raises(founding.AlreadyInArea):
        founding.change_area(coalition=founded, add=[beesel], on=DAY, by=administrator)


def test_a_municipality_outside_the_area_is_not_removed(founded, administrator, beesel):
    with pytest.raises(founding.NotInArea, match="Beesel"):
        founding.change_area(coalition=founded, remove=[beesel], on=LATER, by=administrator)


def test_the_last_municipality_stays(founded, administrator, venlo):
    with pytest.raises(founding.WithoutMunicipality):
        founding.change_area(coalition=founded, remove=[venlo], on=LATER, by=administrator)
    assert codes(founded, LATER) == {"GM0983"}


PHASES = [
    (start, to, to in PHASE_MOVES.get(start, ())) for start, to in itertools.permutations(Phase.values, 2)
]


def test_the_table_of_phases_is_the_one_of_the_description():
    assert {(start, to) for start, to, allowed in PHASES if allowed} == {
        ("exploring", "building"), ("exploring", "ended"),
        ("building", "founded"), ("building", "paused"), ("building", "ended"),
        ("founded", "executing"), ("founded", "ended"),
        ("executing", "sustaining"), ("executing", "paused"), ("executing", "ended"),
        ("sustaining", "ended"),
        ("paused", "building"), ("paused", "executing"), ("paused", "ended"),
    }  # fmt: skip


@pytest.mark.parametrize(("start", "to", "allowed"), PHASES)
def test_phase_move_by_operation_and_by_sql(administrator, start, to, allowed):
    by_operation = factories.make_coalition(phase=start)
    by_sql = factories.make_coalition(phase=start)
    for coalition in (by_operation, by_sql):
        factories.give_role(administrator, coalition, Role.COMMISSIONER)

    if allowed:
        assert founding.move_phase(coalition=by_operation, to=to, by=administrator).phase == to
        assert Coalition.objects.filter(pk=by_sql.pk).update(phase=to) == 1
        return
    with pytest.raises(founding.IllegalPhase, match="gaat niet van"):
        founding.move_phase(coalition=by_operation, to=to, by=administrator)
    with pytest.raises(IntegrityError, match="kan niet rechtstreeks"), transaction.atomic():
        Coalition.objects.filter(pk=by_sql.pk).update(phase=to)


def test_a_coalition_is_founded_with_a_commissioner(administrator):
    coalition = factories.make_coalition(phase=Phase.BUILDING)

    with pytest.raises(founding.WithoutCommissioner):
        founding.move_phase(coalition=coalition, to=Phase.FOUNDED, by=administrator)
    with pytest.raises(IntegrityError, match="heeft een coalitie een opdrachtgever"), transaction.atomic():
        Coalition.objects.filter(pk=coalition.pk).update(phase=Phase.FOUNDED)
    factories.give_role(factories.make_person(), coalition, Role.COMMISSIONER)
    founding.move_phase(coalition=coalition, to=Phase.FOUNDED, by=administrator, reason="Getekend")

    step = coalition.phase_steps.get()
    assert (step.from_phase, step.to_phase, step.reason) == ("building", "founded", "Getekend")
    assert step.recorded_by == administrator


def test_who_moves_an_old_phase_hears_who_moved_it(administrator):
    coalition = factories.make_coalition(phase=Phase.EXECUTING)
    founding.move_phase(coalition=coalition, to=Phase.PAUSED, by=administrator)

    with pytest.raises(founding.PhaseChanged, match=f"Intussen gewijzigd door {administrator}.*‘gepauzeerd’"):
        founding.move_phase(coalition=coalition, to=Phase.SUSTAINING, by=administrator, seen=Phase.EXECUTING)
    coalition.refresh_from_db()
    assert coalition.phase == Phase.PAUSED


def test_phase_steps_are_evidence(administrator):
    coalition = factories.make_coalition(phase=Phase.EXECUTING)
    founding.move_phase(coalition=coalition, to=Phase.PAUSED, by=administrator)
    for change in (
        lambda: coalition.phase_steps.update(reason="anders"),
        lambda: coalition.phase_steps.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
            change()


def test_of_two_who_change_the_profile_the_second_sees_both_values(coalition, administrator):
    seen = revision_of(coalition)
    founding.change_profile(coalition=coalition, by=administrator, seen=seen, mission="Samen")
    with pytest.raises(ChangedMeanwhile, match="nu ‘Samen’; jij vulde in ‘Alleen’"):
        founding.change_profile(coalition=coalition, by=administrator, seen=seen, mission="Alleen")
    with pytest.raises(TypeError, match="phase"):
        founding.change_profile(coalition=coalition, by=administrator, phase=Phase.ENDED)
