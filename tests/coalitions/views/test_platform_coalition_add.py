"""The administrator brings a coalition into being."""

import datetime

import pytest
from django.urls import reverse

from coalitions.models import Coalition, Level, Role
from partners.models import AreaKind, Invitation
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("coalitions:platform-coalition-add")
ANSWERS = {
    "name": "Rond Venlo",
    "level": "regional",
    "parent": "",
    "others": "Venlo, gm0889",
    "from_date": "2026-03-01",
    "coordinator_name": "Nora Nieuw",
    "coordinator_email": "nora@example.org",
    "employer": "Robuust",
    "hours_per_week": "24",
}


IN_REGION = "?streek=ggd_region.ggd-noord"


@pytest.fixture
def places(db):
    return [
        factories.make_area("Venlo", code="GM0983"),
        factories.make_area("Beesel", code="GM0889"),
        factories.make_area("Bergen (L.)", code="GM0893"),
        factories.make_area("Bergen (NH.)", code="GM0373"),
    ]


@pytest.fixture
def region(places):
    region = factories.make_area("GGD Noord", kind=AreaKind.GGD_REGION, code="ggd-noord")
    factories.put_in_region(region, *places[:3])
    return region


def test_a_coalition_begins_with_its_coordinator(log_in, administrator, places):
    answer = log_in(administrator).post(URL, ANSWERS, follow=True)

    assert answer.redirect_chain[0][0] == reverse("coalitions:platform")
    assert "De coalitie Rond Venlo staat klaar." in answer.text
    coalition = Coalition.objects.get()
    assert (coalition.slug, coalition.level) == ("rond-venlo", Level.REGIONAL)
    on = datetime.date(2026, 3, 1)
    assert {area.name for area in coalition.municipalities(on=on)} == {"Venlo", "Beesel"}
    role = coalition.roles.get()
    assert (role.role, role.employer, role.hours_per_week) == (Role.COORDINATOR, "Robuust", 24)
    assert Invitation.objects.get().person == role.person
    assert Mail.objects.get().recipient == "nora@example.org"


def test_the_form_says_when_municipalities_may_stay_away(log_in, administrator, region):
    open_form, with_region = (log_in(administrator).get(URL + query).text for query in ("", IN_REGION))

    rule = "Alleen bij een landelijke coalitie mag dit leeg blijven."
    assert rule in open_form
    assert rule not in with_region
    assert 'Gemeenten <span class="form-field__optional">' not in " ".join(open_form.split())
    assert 'Andere gemeenten <span class="form-field__optional">' in " ".join(with_region.split())


def test_a_region_fills_in_its_municipalities(log_in, administrator, region, places):
    client = log_in(administrator)
    url = URL + IN_REGION

    page = client.get(url)
    form = page.context["form"]
    assert list(form["chosen"].value()) == [area.pk for area in form["chosen"].field.queryset]
    assert page.text.count(" checked") == 4  # three municipalities and the level

    client.post(url, ANSWERS | {"others": "GM0373", "chosen": [places[0].pk, places[1].pk]})
    coalition = Coalition.objects.get()
    names = {area.name for area in coalition.municipalities(on=datetime.date(2026, 3, 1))}
    assert names == {"Venlo", "Beesel", "Bergen (NH.)"}


@pytest.mark.parametrize("streek", ["onzin", "ggd_region.onzin", "coalition.x"])
def test_an_unknown_region_fills_in_nothing(log_in, administrator, region, streek):
    page = log_in(administrator).get(URL, {"streek": streek})

    assert page.status_code == 200
    assert "chosen" not in page.context["form"].fields


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Dit veld is verplicht"),
        ({"others": ""}, "Kies ten minste één gemeente."),
        ({"others": "Bergen"}, "komt vaker voor. Kies Bergen (L.) (GM0893) of Bergen (NH.)"),
        ({"others": "Vennlo"}, "is op deze datum geen gemeente. Bedoel je Venlo?"),
        ({"others": "Atlantis"}, "‘Atlantis’ is op deze datum geen gemeente."),
        ({"from_date": "straks"}, "Vul een datum in als dag-maand-jaar"),
        ({"from_date": "2019-01-01"}, "‘Venlo’ is op deze datum geen gemeente."),
        ({"coordinator_email": "geen adres"}, "geldig e-mailadres"),
        ({"hours_per_week": "61"}, "60"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_stored(log_in, administrator, places, change, words):
    page = log_in(administrator).post(URL, ANSWERS | change)

    assert page.status_code == 422
    assert words in page.text
    assert not Coalition.objects.exists()
    assert not Mail.objects.exists()


def test_a_name_that_is_taken_is_explained(log_in, administrator, places):
    client = log_in(administrator)
    client.post(URL, ANSWERS)

    page = client.post(URL, ANSWERS | {"coordinator_email": "ander@example.org"})

    assert "Er is al een coalitie met het webadres ‘rond-venlo’" in page.text
    assert Mail.objects.count() == 1


def test_a_coordinator_who_cannot_be_invited_leaves_no_coalition(log_in, administrator, places):
    closed = factories.make_person("Gert", email="nora@example.org")
    closed.is_active = False
    closed.save()

    page = log_in(administrator).post(URL, ANSWERS)

    assert "staat uit" in page.text
    assert not Coalition.objects.exists()


def test_anonymous_is_sent_to_log_in(client):
    assert client.post(URL, ANSWERS).status_code == 302
    assert not Coalition.objects.exists()


@pytest.mark.parametrize("who", ["coordinator", "partner", "outsider"])
def test_others_are_refused(log_in, request, who):
    client = log_in(request.getfixturevalue(who))

    assert client.get(URL).status_code == 403
    assert client.post(URL, ANSWERS).status_code == 403


def test_it_asks_few_queries_with_a_whole_province(
    log_in, administrator, region, django_assert_max_num_queries
):
    factories.put_in_region(region, *(factories.make_area() for _ in range(40)))
    client = log_in(administrator)

    with django_assert_max_num_queries(12):
        client.get(f"{URL}?streek=ggd_region.ggd-noord")
