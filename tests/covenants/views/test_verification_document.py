"""What the document with a code proves."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Coalition
from covenants import check_codes, seals, verification
from covenants.models import SealJob, SealKind
from partners import mandates
from portal import jobs
from tests.covenants import signing_cast
from tests.covenants.test_withdrawals import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealed_once")]


@pytest.fixture
def signature(sealed_version, signatory):
    return signing_cast.sign(sealed_version, signatory).signature


@pytest.fixture
def code(signature) -> str:
    return check_codes.code_for(f"statement/{signature.pk}").pk


def test_a_code_says_who_signed_what_and_when(client, code, signature):
    typed = f" {code[:4].lower()}-{code[4:8]}-{code[8:12]}-{code[12:]} "
    response = client.post(reverse("covenants:verification-code"), {"code": typed}, follow=True)
    text = response.content.decode()
    assert f"De ondertekening namens {signature.legal_name}" in text
    assert "Ans de Boer, bestuurder" in text
    assert "Het zegel volgt" in text


def test_a_power_that_was_revoked_later_is_shown_and_the_signature_stays(
    client, code, signature, signatory, coordinator
):
    mandates.revoke(mandate=signatory.mandate, reason="Andere functie.", by=coordinator)
    text = " ".join(
        client.get(reverse("covenants:verification-document", args=[code])).content.decode().split()
    )
    day = date_format(timezone.localdate(), "j F Y")
    assert f"De tekenbevoegdheid van Ans de Boer is ingetrokken op {day}." in text
    assert "de handtekening blijft gelden" in text
    assert "geen partij meer" not in text


def test_a_party_that_leaves_or_left_is_said_to(client, code, sealed_version, signatory, monkeypatch):
    given = withdraw(sealed_version, signatory)
    page = reverse("covenants:verification-document", args=[code])
    assert "heeft opgezegd en is partij tot" in client.get(page).content.decode()
    monkeypatch.setattr(verification.timezone, "localdate", lambda *_: given.effective_on)
    assert "Deze organisatie is nu geen partij meer." in client.get(page).content.decode()


def test_the_sealed_file_can_be_had_with_its_code(client, code, signature):
    address = reverse("covenants:verification-pdf", args=[code])
    assert client.get(address).status_code == 404
    jobs.work_due(SealJob)
    found = seals.find(kind=SealKind.STATEMENT, key=signature.pk)
    response = client.get(address)
    assert hashlib.sha256(response.content).hexdigest() == found.sha256
    assert f"verklaring-{signature.pk}.pdf" in response["Content-Disposition"]


def test_a_machine_gets_the_same_facts(client, code, signature):
    jobs.work_due(SealJob)
    found = client.get(reverse("covenants:verification-json", args=[code])).json()
    assert found["feiten"]["Organisatie"] == signature.legal_name
    assert found["zegel"]["sha256"] == seals.find(kind=SealKind.STATEMENT, key=signature.pk).sha256


def test_the_file_of_a_coalition_that_is_not_public_is_for_its_own_people(
    client, code, sealed_version, coordinator
):
    jobs.work_due(SealJob)
    Coalition.objects.update(is_public=False)
    address = reverse("covenants:verification-pdf", args=[code])
    assert client.get(address).status_code == 404
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 200


def test_a_code_of_nobody_is_said_to_be_unknown(client):
    for name in ("verification-document", "verification-json", "verification-pdf"):
        response = client.get(reverse(f"covenants:{name}", args=["0" * 16]))
        assert response.status_code == 404
    page = client.get(reverse("covenants:verification-document", args=["0" * 16]))
    assert "Wij kennen dit document niet." in page.content.decode()


def test_what_cannot_be_a_code_is_explained(client):
    response = client.post(reverse("covenants:verification-code"), {"code": "hallo"})
    assert response.status_code == 422
    assert "16 letters en cijfers" in response.content.decode()


def test_who_tries_codes_without_end_is_asked_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "verify_code": "2/m/ip"}
    address = reverse("covenants:verification-document", args=["0" * 16])
    assert [client.get(address).status_code for _ in range(3)] == [404, 404, 429]
