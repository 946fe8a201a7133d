"""Regions and their municipalities, for the administrator."""

import datetime

import pytest
from django.urls import reverse

from partners.areas import load_areas
from partners.models import Area, AreaKind
from tests import factories

pytestmark = pytest.mark.django_db
LIST = reverse("coalitions:platform-region-list")
DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def region(db):
    region = factories.make_area("GGD Zuid", kind=AreaKind.GGD_REGION, code="ggd-zuid")
    factories.put_in_region(region, factories.make_area("Stein", code="GM0971"))
    return region


@pytest.fixture
def weert(region):
    other = factories.make_area("GGD Noord", kind=AreaKind.GGD_REGION, code="ggd-noord")
    weert = factories.make_area("Weert", code="GM0988")
    factories.put_in_region(other, weert)
    return weert


@pytest.fixture
def edit(region):
    return reverse("coalitions:platform-region-edit", args=[region.code])


def members(region, on):
    return {area.name for area in Area.objects.members_of(region, on=on)}


def test_the_list_tells_of_a_day(log_in, administrator):
    load_areas()
    client = log_in(administrator)

    now = client.get(LIST)
    assert "GGD Limburg-Noord" in now.text
    assert "Weesp" not in now.text
    assert "Weesp" in client.get(LIST, {"op": "2022-01-01"}).text


def test_a_day_without_regions_is_explained(log_in, administrator, region):
    page = log_in(administrator).get(LIST, {"op": "1990-01-01"})

    assert "Op deze datum zijn er geen regio’s bekend." in page.text


def test_a_bad_day_is_explained(log_in, administrator, region):
    page = log_in(administrator).get(LIST, {"op": "gisteren"})

    assert page.status_code == 200
    assert "Vul een datum in" in page.text


def test_a_municipality_moves_from_a_day(log_in, administrator, region, weert, edit):
    answer = log_in(administrator).post(edit, {"municipality": "Weert", "on": "2026-01-01"}, follow=True)

    assert "Weert hoort vanaf 01-01-2026 bij GGD Zuid." in answer.text
    assert members(region, DAY) == {"Stein", "Weert"}
    assert members(region, DAY - datetime.timedelta(days=1)) == {"Stein"}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"municipality": "", "on": "2026-01-01"}, "Dit veld is verplicht"),
        ({"municipality": "Nergens", "on": "2026-01-01"}, "geen gemeente"),
        ({"municipality": "Weert, Stein", "on": "2026-01-01"}, "Vul één gemeente in."),
        ({"municipality": "Stein", "on": "2026-01-01"}, "hoort op deze datum al bij GGD Zuid"),
        ({"municipality": "Weert", "on": "straks"}, "Vul een datum in"),
    ],
)
def test_a_bad_move_is_explained(log_in, administrator, region, weert, edit, answers, words):
    page = log_in(administrator).post(edit, answers)

    assert page.status_code == 422
    assert words in page.text
    assert members(region, DAY) == {"Stein"}


def test_anonymous_is_sent_to_log_in(client, edit):
    for url in (LIST, edit):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("kind", [AreaKind.PROVINCE, AreaKind.MUNICIPALITY])
def test_only_a_ggd_region_is_edited(log_in, administrator, kind):
    area = factories.make_area(kind=kind)
    url = reverse("coalitions:platform-region-edit", args=[area.code])

    assert log_in(administrator).get(url).status_code == 404


def test_the_coordinator_is_refused(log_in, coordinator, weert, region, edit):
    client = log_in(coordinator)

    assert client.get(LIST).status_code == 403
    assert client.post(edit, {"municipality": "Weert", "on": "2026-01-01"}).status_code == 403
    assert members(region, DAY) == {"Stein"}


def test_the_list_asks_few_queries_for_the_whole_country(
    log_in, administrator, django_assert_max_num_queries
):
    load_areas()
    client = log_in(administrator)

    with django_assert_max_num_queries(12):
        client.get(LIST)
