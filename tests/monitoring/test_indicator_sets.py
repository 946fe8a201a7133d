"""A coalition chooses and orders its figures, also where two people do so at once."""

import pytest
from django.db import IntegrityError, connection, transaction

from monitoring import indicator_sets
from monitoring.catalogue import load_definitions
from monitoring.models import ChosenIndicator
from portal.acts import Refused

pytestmark = pytest.mark.django_db


def test_a_coalition_that_chose_nothing_has_the_whole_catalogue(coalition):
    assert indicator_sets.chosen_codes(coalition) == []
    assert indicator_sets.definitions_for(coalition) == list(load_definitions())


def test_figures_are_chosen_moved_and_left_out(coalition, coordinator):
    def codes():
        return [item.code for item in indicator_sets.definitions_for(coalition)]

    for code in ("vroeggeboorte", "big2", "tienermoeders"):
        indicator_sets.choose(coalition=coalition, code=code, by=coordinator)
    assert codes() == ["vroeggeboorte", "big2", "tienermoeders"]
    indicator_sets.move(coalition=coalition, code="tienermoeders", way="up", by=coordinator)
    indicator_sets.move(coalition=coalition, code="vroeggeboorte", way="down", by=coordinator)
    assert codes() == ["tienermoeders", "vroeggeboorte", "big2"]
    # At the end of the list nothing moves.
    indicator_sets.move(coalition=coalition, code="big2", way="down", by=coordinator)
    indicator_sets.move(coalition=coalition, code="tienermoeders", way="up", by=coordinator)
    indicator_sets.leave_out(coalition=coalition, code="vroeggeboorte", by=coordinator)
    indicator_sets.choose(coalition=coalition, code="vroeggeboorte", by=coordinator)
    assert codes() == ["tienermoeders", "big2", "vroeggeboorte"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_cannot_be_is_refused_with_a_sentence(coalition, coordinator):
    indicator_sets.choose(coalition=coalition, code="big2", by=coordinator)
    with pytest.raises(Refused, match="staat al in de lijst"):
        indicator_sets.choose(coalition=coalition, code="big2", by=coordinator)
    with pytest.raises(indicator_sets.Unknown):
        indicator_sets.choose(coalition=coalition, code="verzonnen", by=coordinator)
    for act in (
        lambda: indicator_sets.leave_out(coalition=coalition, code="tienermoeders", by=coordinator),
        lambda: indicator_sets.move(coalition=coalition, code="tienermoeders", way="up", by=coordinator),
    ):
        with pytest.raises(indicator_sets.NotChosen):
            act()
    assert indicator_sets.chosen_codes(coalition) == ["big2"]


def test_two_figures_at_one_place_are_refused_by_the_database(coalition):
    ChosenIndicator.objects.create(coalition=coalition, code="big2", place=1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChosenIndicator.objects.create(coalition=coalition, code="tienermoeders", place=1)
