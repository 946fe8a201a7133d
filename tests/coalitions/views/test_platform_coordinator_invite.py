"""The administrator invites the first coordinator, once more if need be."""

import pytest
from django.urls import reverse

from coalitions.models import Role
from partners.models import Invitation
from portal.models import Mail

pytestmark = pytest.mark.django_db
ANSWERS = {"coordinator_name": "Nora Nieuw", "coordinator_email": "nora@example.org"}


@pytest.fixture
def url(coalition):
    return reverse("coalitions:platform-coordinator-invite", args=[coalition.slug])


def test_who_coordinates_gets_a_new_invitation(log_in, administrator, coordinator, url):
    client = log_in(administrator)
    assert coordinator.email in client.get(url).text

    answer = client.post(url, follow=True)

    assert f"De uitnodiging gaat naar {coordinator.email}." in answer.text
    assert Invitation.objects.get().person == coordinator


def test_without_coordinator_the_page_asks_who_it_will_be(log_in, administrator, coalition, url):
    client = log_in(administrator)
    assert "heeft nog geen coördinator" in client.get(url).text

    client.post(url, ANSWERS)

    assert coalition.roles.get().role == Role.COORDINATOR
    assert Mail.objects.get().recipient == "nora@example.org"


def test_a_bad_address_is_explained(log_in, administrator, coalition, url):
    page = log_in(administrator).post(url, ANSWERS | {"coordinator_email": "geen adres"})

    assert "geldig e-mailadres" in page.text
    assert not coalition.roles.exists()


def test_a_refusal_is_explained(log_in, administrator, coordinator, url):
    coordinator.is_active = False
    coordinator.save()

    page = log_in(administrator).post(url)

    assert "staat uit" in page.text
    assert not Mail.objects.exists()


def test_anonymous_is_sent_to_log_in(client, url):
    assert client.post(url).status_code == 302


def test_an_unknown_coalition_does_not_exist(log_in, administrator):
    url = reverse("coalitions:platform-coordinator-invite", args=["nergens"])

    assert log_in(administrator).post(url).status_code == 404


def test_the_coordinator_is_refused(log_in, coordinator, url):
    assert log_in(coordinator).post(url).status_code == 403
    assert not Invitation.objects.exists()
