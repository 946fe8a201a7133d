"""One mandate, its evidence, and the decision on it."""

import pytest
from django.urls import reverse

from partners import mandates
from partners.models import MandateKind, MandateStatus
from tests import factories


@pytest.fixture
def mandate(partner):
    return mandates.request(
        representative=partner.representatives.get(),
        kind=MandateKind.POWER_OF_ATTORNEY,
        evidence=factories.make_upload(content=b"%PDF-1.7 geheim"),
        by=partner,
    )


def address(name, mandate):
    return reverse(f"coalitions:mandate-{name}", args=[mandate.pk])


def test_the_coordinator_looks_and_checks(log_in, coordinator, mandate):
    client = log_in(coordinator)
    page = client.get(address("detail", mandate)).text
    assert "Volmacht" in page
    assert "Ja, dit klopt" in page
    assert client.get(address("evidence", mandate)).content == b"%PDF-1.7 geheim"

    page = client.post(address("check", mandate), follow=True).text
    assert "is gecontroleerd" in page
    mandate.refresh_from_db()
    assert mandate.status == MandateStatus.CHECKED


def test_the_administrator_checks_as_well(log_in, administrator, mandate):
    log_in(administrator).post(address("check", mandate))
    mandate.refresh_from_db()
    assert mandate.checked_by == administrator


def test_the_organisation_reads_it_and_decides_nothing(log_in, partner, mandate):
    client = log_in(partner)
    page = client.get(address("detail", mandate)).text
    assert "volmacht.pdf" in page
    assert "Ja, dit klopt" not in page
    assert client.get(address("evidence", mandate)).status_code == 200
    for name in ("check", "revoke"):
        assert client.post(address(name, mandate), {"reason": "x"}).status_code == 403


def test_a_coordinator_does_not_decide_on_her_own(log_in, coordinator, coalition):
    organisation = factories.make_member(coalition).organisation
    own = factories.give_mandate(factories.make_representative(coordinator, organisation), checked_by=None)
    client = log_in(coordinator)

    page = client.get(address("detail", own)).text
    assert "Iemand anders controleert dit" in page
    assert "Ja, dit klopt" not in page
    assert "Iemand anders beslist erover" in client.post(address("check", own), follow=True).text
    own.refresh_from_db()
    assert own.status == MandateStatus.UNCHECKED


def test_it_is_revoked_with_a_reason(log_in, coordinator, mandate):
    client = log_in(coordinator)
    assert "Waarom?" in client.get(address("revoke", mandate)).text
    assert "verplicht" in client.post(address("revoke", mandate), {"reason": ""}).text
    page = client.post(address("revoke", mandate), {"reason": "De volmacht is te oud"}, follow=True).text
    assert "De volmacht is te oud" in page
    assert "al ingetrokken" in client.post(address("revoke", mandate), {"reason": "Weer"}).text


def test_anonymous_is_asked_to_log_in(client, mandate):
    for name in ("detail", "evidence", "check", "revoke"):
        assert client.get(address(name, mandate)).status_code == 302


def test_a_coordinator_elsewhere_does_not_find_it(log_in, outsider, mandate):
    client = log_in(outsider)
    for name in ("detail", "evidence", "revoke"):
        assert client.get(address(name, mandate)).status_code == 404
    assert client.post(address("check", mandate)).status_code == 404


def test_another_partner_does_not_see_the_evidence(log_in, alderman, mandate):
    assert log_in(alderman).get(address("evidence", mandate)).status_code == 404


def test_wrong_methods_and_no_evidence(log_in, coordinator, partner, mandate):
    client = log_in(coordinator)
    assert client.get(address("check", mandate)).status_code == 405
    assert client.post(address("evidence", mandate)).status_code == 405
    bare = factories.give_mandate(partner.representatives.get(), checked_by=None)
    assert client.get(address("evidence", bare)).status_code == 404
