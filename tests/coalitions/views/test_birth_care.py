"""The public landscape of birth care."""

import pytest
from django.urls import reverse

from partners.models import LinkKind, Organisation
from tests import factories

LIST = reverse("coalitions:birth-care")


@pytest.fixture
def vsv(db):
    town = factories.make_area("Venlo")
    found = factories.make_organisation("VSV Noord", type_code="vsv", municipality=town)
    for code, kind in (
        ("consortium", LinkKind.PART_OF_CONSORTIUM),
        ("ros", LinkKind.IN_ROS),
        ("roaz", LinkKind.IN_ROAZ),
    ):
        head = factories.make_organisation(f"Hoofd {code}", type_code=code)
        Organisation.objects.filter(pk=head.pk).update(general_email=f"{code}@example.org")
        factories.link(found, head, kind)
    return found


def detail(organisation):
    return reverse("coalitions:birth-care-detail", args=[organisation.pk])


def test_everybody_goes_from_a_vsv_to_consortium_ros_and_roaz_in_two_clicks(client, vsv):
    page = client.get(LIST).text
    assert detail(vsv) in page
    page = client.get(detail(vsv)).text
    for code in ("consortium", "ros", "roaz"):
        head = Organisation.objects.get(type__code=code)
        assert detail(head) in page
        assert f"{code}@example.org" in client.get(detail(head)).text


def test_the_legend_ticks_kinds(client, vsv):
    practice = factories.make_organisation("Praktijk Kiem", type_code="verloskundigenpraktijk")
    assert practice.name not in client.get(LIST).text
    page = client.get(f"{LIST}?soort=verloskundigenpraktijk").text
    assert practice.name in page
    assert "VSV Noord" not in page
    assert practice.name in client.get(f"{LIST}?zoek=kiem").text
    assert "Geen organisaties met deze filters" in client.get(f"{LIST}?zoek=bestaatniet").text
    assert client.get(f"{LIST}?soort=verzonnen").status_code == 200


def test_map_and_list_have_the_same_numbers_and_links(client, vsv):
    page = client.get(LIST)
    (mark,) = page.context["landscape"].marks
    assert mark.row.organisation == vsv
    assert page.text.count(f'href="{detail(vsv)}"') == 2


def test_who_is_not_public_or_gone_is_not_there(client, vsv):
    Organisation.objects.filter(pk=vsv.pk).update(is_public=False)
    assert "VSV Noord" not in client.get(LIST).text
    assert client.get(detail(vsv)).status_code == 404
    welfare = factories.make_organisation(type_code="welzijn")
    assert client.get(detail(welfare)).status_code == 404
    assert client.post(LIST).status_code == 405


def test_a_merged_one_leads_on(client, vsv):
    gone = factories.make_organisation(type_code="vsv")
    Organisation.objects.filter(pk=gone.pk).update(merged_into=vsv, archived_at="2024-01-01T00:00Z")
    assert client.get(detail(gone))["Location"] == detail(vsv)


def test_no_person_is_named(client, vsv, partner):
    factories.make_representative(partner, vsv)
    assert "Petra Partner" not in client.get(detail(vsv)).text


def test_one_and_many_cost_the_same(client, vsv, cost_of):
    one = cost_of(client, LIST)
    for _ in range(5):
        factories.make_organisation(type_code="vsv", municipality=vsv.municipality)
    assert cost_of(client, LIST) == one <= 12
