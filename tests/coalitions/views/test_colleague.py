"""Colleagues of an organisation."""

import pytest
from django.urls import reverse

from coalitions.models import Seat
from partners.models import Invitation, Representative
from tests import factories


@pytest.fixture
def speaker(partner):
    return partner.representatives.get()


def test_a_colleague_is_invited_by_mail(log_in, partner, speaker):
    url = reverse("coalitions:colleague-invite", args=[speaker.organisation_id])
    client = log_in(partner)
    answers = {"name": "Cora Collega", "email": "cora@example.nl", "function": "manager"}
    page = client.post(url, answers, follow=True).text
    assert "Cora Collega spreekt nu ook voor Welzijn Maasdorp" in page
    assert Invitation.objects.get().invited_by == partner
    assert "heeft deze functie in deze periode al" in client.post(url, answers).text
    assert "verplicht" in client.post(url, {}).text


def test_a_function_ends_with_its_seats(log_in, coordinator, alderman):
    speaker = alderman.representatives.get()
    url = reverse("coalitions:colleague-end", args=[speaker.pk])
    client = log_in(coordinator)
    assert "spreekt niet meer voor" in client.get(url).text
    client.post(url)
    speaker.refresh_from_db()
    assert speaker.valid_to == factories.today()
    assert not Seat.objects.current().exists()
    assert client.post(url).status_code == 404


def test_the_last_one_does_not_leave_her_own_organisation_alone(log_in, partner, speaker):
    client = log_in(partner)
    url = reverse("coalitions:colleague-end", args=[speaker.pk])
    assert "Nodig eerst een collega uit" in client.post(url, follow=True).text
    factories.make_representative(factories.make_person(), speaker.organisation)
    assert client.post(url)["Location"] == reverse("coalitions:my-page")


def test_another_becomes_the_contact(log_in, partner, speaker):
    other = factories.make_representative(factories.make_person(), speaker.organisation)
    url = reverse("coalitions:colleague-edit", args=[other.pk])
    client = log_in(partner)
    assert client.get(url).status_code == 200
    client.post(url, {"portfolio": "Jeugd", "is_primary": "on"})
    other.refresh_from_db()
    speaker.refresh_from_db()
    assert (other.portfolio, other.is_primary, speaker.is_primary) == ("Jeugd", True, False)


def test_others_do_not_find_it(client, log_in, outsider, alderman, speaker):
    for name in ("colleague-edit", "colleague-end"):
        url = reverse(f"coalitions:{name}", args=[speaker.pk])
        client.logout()
        assert client.get(url).status_code == 302
        for person in (outsider, alderman):
            assert log_in(person).get(url).status_code == 404
    assert Representative.objects.current().filter(pk=speaker.pk).exists()
