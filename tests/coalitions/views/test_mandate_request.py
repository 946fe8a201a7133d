"""An organisation asks that one of its people may sign."""

import pytest
from django.urls import reverse

from partners.models import Mandate, MandateKind, Representative
from tests import factories


@pytest.fixture
def speaker(partner):
    return partner.representatives.get()


@pytest.fixture
def address(speaker):
    return reverse("coalitions:mandate-request", args=[speaker.organisation_id])


def answers(speaker, **changes):
    return {
        "representative": speaker.pk,
        "kind": MandateKind.DIRECTOR,
        "need": 1,
        "area": "",
        "note": "",
        "valid_from": factories.today().isoformat(),
        "valid_to": "",
        **changes,
    }


def test_works_with_evidence(log_in, partner, speaker, address, coalition):
    client = log_in(partner)
    assert "Welzijn Maasdorp" in client.get(address).text
    response = client.post(
        address,
        answers(
            speaker,
            kind=MandateKind.POWER_OF_ATTORNEY,
            need=2,
            area=coalition.area_id,
            evidence=factories.make_upload(),
        ),
    )
    mandate = Mandate.objects.get()
    assert response["Location"] == mandate.get_absolute_url()
    assert (mandate.need, mandate.area, mandate.evidence.name) == (2, coalition.area, "volmacht.pdf")


def test_anonymous_is_asked_to_log_in(client, address):
    assert client.get(address).status_code == 302


def test_an_outsider_and_a_coordinator_do_not_find_it(log_in, outsider, coordinator, address):
    for person in (outsider, coordinator):
        assert log_in(person).get(address).status_code == 404


def test_a_function_that_ended_a_minute_ago_asks_nothing(log_in, partner, speaker, address):
    Representative.objects.update(valid_to=factories.today())
    assert log_in(partner).post(address, answers(speaker)).status_code == 404
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": MandateKind.MANDATE_DECISION}, "Voeg het stuk toe"),
        ({"kind": "verzonnen"}, "geldige keuze"),
        ({"note": "111222333"}, "burgerservicenummer"),
        ({"valid_to": "2020-01-01"}, "na vandaag"),
        ({"valid_from": "31-31-2026"}, "dag-maand-jaar"),
        ({"representative": ""}, "verplicht"),
        (
            {"evidence": factories.make_upload("virus.pdf", b"MZ")},
            "hoort niet bij zijn naam",
        ),
    ],
)
def test_bad_input_is_told_at_its_field(log_in, partner, speaker, address, changes, words):
    response = log_in(partner).post(address, answers(speaker, **changes))
    assert response.status_code == 422
    assert words in response.text
    assert not Mandate.objects.exists()


def test_somebody_of_another_organisation_cannot_be_chosen(log_in, partner, alderman, speaker, address):
    foreign = alderman.representatives.get()
    log_in(partner).post(address, answers(speaker, representative=foreign.pk))
    assert not Mandate.objects.exists()


def test_the_same_request_twice_is_refused_in_words(log_in, partner, speaker, address):
    client = log_in(partner)
    client.post(address, answers(speaker))
    assert "wacht al een aanvraag" in client.post(address, answers(speaker)).text
    assert Mandate.objects.count() == 1
