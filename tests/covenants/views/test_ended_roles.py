"""Whose role ends while she signs or gives notice hears that nothing was recorded; nobody else does."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from covenants import challenges
from covenants.models import ChallengePurpose, SignatureAct, Withdrawal
from partners.models import Representative
from tests.covenants.signing_cast import ask, code_of, make_signatory, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]


@pytest.fixture
def address(version, coalition):
    def address(name, *more):
        return reverse(
            f"covenants:{name}", args=[coalition.slug, version.covenant.slug, version.number, *more]
        )

    return address


def end(signatory):
    """From today somebody else speaks for the organisation."""
    Representative.objects.filter(person=signatory.person).update(
        valid_from=timezone.localdate() - datetime.timedelta(days=30), valid_to=timezone.localdate()
    )


def sent(asked):
    facts = {"doc_sha256": asked.doc_sha256, "consent_id": asked.consent_id, "key": asked.key}
    return {"answer": code_of(asked), **facts}


def test_who_loses_the_role_with_the_code_in_hand_hears_that_nothing_was_recorded(
    address, version, signatory, log_in
):
    client = log_in(signatory.person)
    asked = ask(version, signatory)
    end(signatory)
    for response in (
        client.get(address("signing-proof", asked.pk)),
        client.post(address("signing-proof", asked.pk), sent(asked)),
        client.post(address("signing-proof-again", asked.pk)),
    ):
        page = response.content.decode()
        assert response.status_code == 409
        assert "Uw handtekening is niet vastgelegd" in page
        assert "Er is niets vastgelegd." in page
        assert str(signatory.organisation) in page
        assert "Carla Coördinator" in page
    assert not SignatureAct.objects.exists()


def test_so_does_who_sends_the_form_under_the_text(address, signatory, log_in):
    client = log_in(signatory.person)
    client.get(address("signing"))
    end(signatory)
    assert client.post(address("signing"), {"read": "on"}).status_code == 409
    assert client.get(address("signing")).status_code == 404


def test_and_who_gives_notice(address, version, signatory, log_in):
    sign(version, signatory)
    client = log_in(signatory.person)
    asked = challenges.ask(
        version=version,
        mandate=signatory.mandate,
        method="mail",
        typed_name=signatory.person.name,
        by=signatory.person,
        purpose=ChallengePurpose.WITHDRAW,
    )
    end(signatory)
    response = client.post(address("withdrawal-proof", asked.pk), {"answer": code_of(asked)})
    assert (response.status_code, "Uw opzegging is niet vastgelegd" in response.content.decode()) == (
        409,
        True,
    )
    assert not Withdrawal.objects.exists()


def test_who_signed_before_is_not_told_that_nothing_was_recorded(address, version, signatory, log_in):
    client = log_in(signatory.person)
    asked = ask(version, signatory)
    client.post(address("signing-proof", asked.pk), sent(asked))
    assert SignatureAct.objects.exists()
    end(signatory)
    assert client.post(address("signing-proof", asked.pk), sent(asked)).status_code == 404
    assert client.post(address("signing")).status_code == 404


def test_what_was_asked_before_she_logged_in_now_is_no_act_of_now(address, version, signatory, log_in):
    asked = ask(version, signatory)
    end(signatory)
    assert log_in(signatory.person).get(address("signing-proof", asked.pk)).status_code == 404


def test_outsiders_find_nothing_also_with_the_address_of_a_question(
    address, version, signatory, outsider, coalition, coordinator, log_in
):
    asked = ask(version, signatory)
    assert log_in(outsider).get(address("signing-proof", asked.pk)).status_code == 404
    other = make_signatory(coalition, coordinator)
    client = log_in(other.person)
    end(other)
    assert client.get(address("signing-proof", asked.pk)).status_code == 404
    assert client.post(address("signing-proof", asked.pk), sent(asked)).status_code == 404
