import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.template.loader import render_to_string

from coalitions.models import Coalition
from monitoring import indicator_sets, keeping
from monitoring.models import Total
from monitoring.panels import panels
from portal.hooks import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

NOBODY = AnonymousUser()


def words(panel) -> str:
    return " ".join(render_to_string(panel.template, {"panel": panel}).split())


@pytest.mark.parametrize("place", [Place.COALITION, Place.WORKPLACE])
def test_a_coalition_shows_its_figures_beside_the_country(early_births, coalition, place):
    (panel,) = panels(place, coalition, NOBODY)
    text = words(panel)
    assert "Vroeggeboorte" in text
    assert "7,6%" in text
    assert "7,0%" in text
    assert "Demonstratiecijfer: verzonnen" in text
    assert f"/coalities/{coalition.slug}/cijfers/" in text


def test_a_municipality_shows_why_a_figure_is_not_there(early_births, coalition):
    beesel = coalition.municipalities().get(code="GM0889")
    (panel,) = panels(Place.MUNICIPALITY, beesel, NOBODY)
    text = words(panel)
    assert "Niet getoond: te kleine aantallen" in text
    assert "Te klein om jaarlijks te tonen" in text
    assert "6,4%" not in text


def test_a_municipality_shows_margin_trend_and_source_of_each_figure(early_births, coalition):
    venlo = coalition.municipalities().get(code="GM0983")
    (panel,) = panels(Place.MUNICIPALITY, venlo, NOBODY)
    text = words(panel)
    assert "6,7%" in text
    assert "(5,2 tot 8,5)" in text
    assert "Nog niet te zeggen" in text
    assert "2023. Demonstratiecijfers" in text
    assert "(verzonnen)" in text
    assert "Nog niet aangeleverd: 30 cijfers" in text


def test_figures_stand_beside_the_country_in_the_same_period(early_births, coalition, country):
    # The country is ahead: what it has in 2023 is not compared with the region in 2022.
    before = words(*panels(Place.COALITION, coalition, NOBODY))
    assert "2023" in before
    Total.objects.filter(area=coalition.area, period__code="2023").delete()
    # What is published never changes, so that it stays on the page as it was drawn.
    assert words(*panels(Place.COALITION, coalition, NOBODY)) == before
    cache.clear()
    keeping.forget_near()
    text = words(*panels(Place.COALITION, coalition, NOBODY))
    assert "2022" in text
    assert "2023" not in text


def test_other_pages_get_nothing(early_births):
    assert panels(Place.PLATFORM, None, NOBODY) == []


def test_a_block_costs_few_queries(early_births, coalition, django_assert_num_queries):
    panels(Place.COALITION, coalition, NOBODY)
    with django_assert_num_queries(1):
        panels(Place.COALITION, coalition, NOBODY)
    beesel = coalition.municipalities().get(code="GM0889")
    panels(Place.MUNICIPALITY, beesel, NOBODY)
    # What the coalition chose, and of which release the figures are; they were drawn before.
    with django_assert_num_queries(1):
        panels(Place.MUNICIPALITY, beesel, NOBODY)


def test_a_municipality_shows_the_set_of_its_coalition_first(early_births, coalition, coordinator):
    beesel = coalition.municipalities().get(code="GM0889")
    (panel,) = panels(Place.MUNICIPALITY, beesel, NOBODY)
    assert "koos" not in words(panel)
    indicator_sets.choose(coalition=coalition, code="big2", by=coordinator)
    (panel,) = panels(Place.MUNICIPALITY, beesel, NOBODY)
    text = words(panel)
    assert f'Dit zijn de cijfers die <a href="{coalition.get_absolute_url()}">Maas en Peel</a> koos.' in text
    chosen, others = text.split("<summary>Alle cijfers: nog 1 andere</summary>")
    assert "Van deze cijfers is er nog geen voor Beesel." in chosen
    assert "Vroeggeboorte" in others
    Coalition.objects.filter(pk=coalition.pk).update(is_public=False)
    (panel,) = panels(Place.MUNICIPALITY, beesel, NOBODY)
    assert "koos" not in words(panel), "what a coalition that is not public chose is its own matter"
