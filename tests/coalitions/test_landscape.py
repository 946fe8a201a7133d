"""The map shows each coalition once, in its area, apart from the others."""

import math

import pytest

from coalitions import landscape
from coalitions.models import Coalition, Level, Phase
from tests import factories


def test_north_is_up_and_east_is_right():
    groningen = landscape.project(6.57, 53.22)
    maastricht = landscape.project(5.69, 50.85)
    the_hague = landscape.project(4.31, 52.08)
    assert groningen[1] < the_hague[1] < maastricht[1]
    assert the_hague[0] < maastricht[0] < groningen[0]


@pytest.mark.parametrize("place", [(3.36, 51.37), (7.21, 53.18), (5.69, 50.75), (4.86, 53.18)])
def test_the_corners_of_the_country_lie_on_the_map(place):
    x, y = landscape.project(*place)
    assert 0 < x < landscape.WIDTH
    assert 0 < y < landscape.HEIGHT


def test_marks_at_one_place_are_pushed_apart():
    points = landscape.spread([(100.0, 100.0)] * 3 + [(101.0, 100.0)])
    for first in range(4):
        for second in range(first + 1, 4):
            assert math.dist(points[first], points[second]) > landscape.DISTANCE - 1


def test_marks_that_are_apart_stay_where_they_are():
    points = [(10.0, 10.0), (200.0, 200.0)]
    assert landscape.spread(points) == points


def test_a_coalition_stands_in_the_middle_of_its_municipalities(db):
    areas = (factories.make_area(), factories.make_area())
    coalition = factories.make_coalition(municipalities=areas)
    (mark,) = landscape.draw([coalition]).marks
    corners = [landscape.project(area.longitude, area.latitude) for area in areas]
    assert (mark.x, mark.y) == pytest.approx(
        (
            sum(x for x, _ in corners) / 2,
            sum(y for _, y in corners) / 2,
        ),
        abs=0.1,
    )


def test_numbers_are_those_of_the_table_also_where_a_coalition_has_no_place(db):
    national = factories.make_coalition("Landelijk", level=Level.NATIONAL)
    local = factories.make_coalition("Lokaal", municipalities=(factories.make_area(),))
    (mark,) = landscape.draw([national, local]).marks
    assert (mark.number, mark.coalition) == (2, local)


def test_municipalities_are_drawn_once_taking_part_or_not(db):
    inside, _outside = factories.make_area(), factories.make_area()
    coalition = factories.make_coalition(municipalities=(inside,))
    drawn = landscape.draw([coalition])
    assert drawn.taking_part.count("M") == 1
    assert drawn.dots.count("M") == 1


def test_the_legend_names_the_phases_on_the_map_in_their_order(db):
    for phase in (Phase.EXECUTING, Phase.EXPLORING):
        factories.make_coalition(phase=phase, municipalities=(factories.make_area(),))
    drawn = landscape.draw(list(Coalition.objects.all()))
    assert drawn.phases == [Phase.EXPLORING, Phase.EXECUTING]


def test_many_coalitions_cost_as_many_queries_as_one(db, django_assert_num_queries):
    for _ in range(5):
        factories.make_coalition(municipalities=(factories.make_area(),))
    coalitions = list(Coalition.objects.all())
    with django_assert_num_queries(2):
        landscape.draw(coalitions)
