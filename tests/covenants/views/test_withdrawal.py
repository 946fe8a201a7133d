"""Giving notice, as the pages do it."""

import pytest
from django.urls import reverse

from covenants.models import Withdrawal
from tests.covenants.signing_cast import code_of, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]


@pytest.fixture
def url(version, coalition):
    return reverse("covenants:withdrawal", args=[coalition.slug, version.covenant.slug, version.number])


def test_a_party_gives_notice_and_takes_it_back(url, version, signatory, log_in):
    sign(version, signatory)
    client = log_in(signatory.person)
    assert "Ik begrijp dat" in client.get(url).content.decode()
    sent = {"understood": "on", "typed_name": "Ans de Boer", "method": "mail", "reason": "Wij stoppen."}
    proof = client.post(url, sent)["Location"]
    asked = signatory.person.challenges.get(purpose="withdraw")
    page = client.get(proof).content.decode()
    assert f"Zeg op namens {signatory.organisation}" in page
    answer = {
        "doc_sha256": asked.doc_sha256,
        "consent_id": asked.consent_id,
        "key": str(asked.key),
        "answer": code_of(asked),
    }
    # Sent twice, or gone back to: what came of it, and not that nothing was done.
    for done in (
        client.post(proof, answer, follow=True),
        client.post(proof, answer, follow=True),
        client.get(proof, follow=True),
    ):
        assert "Uw organisatie heeft opgezegd" in done.content.decode()
    given = Withdrawal.objects.get()
    back = client.post(f"{url}{given.pk}/terug/", follow=True)
    assert "Uw organisatie blijft partij." in back.content.decode()
    given.refresh_from_db()
    assert given.retracted_at is not None


def test_who_is_no_party_has_nothing_to_give_up(url, signatory, log_in):
    assert "geen partij" in log_in(signatory.person).get(url).content.decode()


def test_what_is_missing_is_named(url, version, signatory, log_in):
    sign(version, signatory)
    page = log_in(signatory.person).post(url, {"typed_name": "Ans de Boer", "method": "mail"})
    assert "Zet een vinkje als u dit begrijpt." in page.content.decode()


def test_anonymous_visitors_log_in_first(url, client):
    assert client.get(url)["Location"].startswith(reverse("account_login"))


def test_outsiders_find_nothing(url, outsider, log_in):
    assert log_in(outsider).get(url).status_code == 404


def test_who_may_not_sign_is_refused(url, partner, log_in):
    assert log_in(partner).get(url).status_code == 403


def test_taking_back_is_an_act_of_the_leaving_party(url, version, signatory, coordinator, log_in):
    assert log_in(signatory.person).get(f"{url}1/terug/").status_code == 405
    assert log_in(signatory.person).post(f"{url}1/terug/").status_code == 404
