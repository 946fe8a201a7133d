import pytest
from django.db import IntegrityError, transaction

from monitoring import interpretations
from monitoring.models import Aggregate, Interpretation
from portal.acts import Refused
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

TEXT = "Wij herkennen dit in de spreekkamer."


@pytest.fixture
def figure(early_births, coalition) -> Aggregate:
    return Aggregate.objects.select_related("indicator", "area", "period").get(
        area=coalition.area, period__code="2023", indicator__code="vroeggeboorte"
    )


def test_a_reading_keeps_who_when_and_the_figure_of_that_moment(coalition, partner, figure):
    (own,) = interpretations.organisations_of(partner, coalition)
    row = interpretations.write(coalition=coalition, figure=figure, text=TEXT, by=partner, organisation=own)
    assert (row.organisation, row.value, row.status) == (own, figure.value, "reported")
    assert row.release_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Interpretation.objects.filter(pk=row.pk).update(text="Toch niet.")


def test_it_survives_an_update_and_says_that_the_figure_was_revised(coalition, coordinator, figure, deliver):
    row = interpretations.write(coalition=coalition, figure=figure, text=TEXT, by=coordinator)
    assert not interpretations.is_revised(row, figure)
    deliver(("GM0988", 2023, "vroeggeboorte", 50, 400), filename="nieuw.csv")
    now = Aggregate.objects.get(area=coalition.area, period=figure.period, indicator=figure.indicator)
    assert interpretations.is_revised(row, now)
    assert interpretations.is_revised(row, None)


def test_a_new_shared_reading_takes_the_place_of_the_old_one(coalition, coordinator, figure):
    first, second = (
        interpretations.write(coalition=coalition, figure=figure, text=TEXT, by=coordinator, is_shared=True)
        for _ in range(2)
    )
    assert list(Interpretation.objects.standing()) == [second]
    first.refresh_from_db()
    assert first.withdrawn_by == coordinator


def test_nobody_writes_for_somebody_else_and_only_the_coordinator_for_all(
    coalition, partner, analyst, figure
):
    other = factories.make_organisation("Een ander")
    factories.make_member(coalition, other)
    for organisation in (None, other):
        with pytest.raises(interpretations.NotYours):
            interpretations.write(
                coalition=coalition, figure=figure, text=TEXT, by=partner, organisation=organisation
            )
    with pytest.raises(interpretations.OnlyCoordinator):
        interpretations.write(coalition=coalition, figure=figure, text=TEXT, by=analyst, is_shared=True)
    with pytest.raises(Refused):
        interpretations.write(coalition=coalition, figure=figure, text="Kort", by=analyst)
    assert not Interpretation.objects.exists()


def test_the_writer_and_the_coordinator_take_a_reading_back_once(
    coalition, coordinator, analyst, partner, figure
):
    row = interpretations.write(coalition=coalition, figure=figure, text=TEXT, by=analyst)
    with pytest.raises(interpretations.NotYours):
        interpretations.withdraw(interpretation=row, by=partner)
    interpretations.withdraw(interpretation=row, by=coordinator)
    with pytest.raises(interpretations.TakenBack):
        interpretations.withdraw(interpretation=row, by=analyst)
