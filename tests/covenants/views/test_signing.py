"""From the mail to the confirmation, as the pages do it."""

import re

import pytest
from django.forms import FileField
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from covenants import rounds, texts
from covenants.models import PartySignature, Reading, SignatureAct
from covenants.signing_forms import DeclineForm, ProofForm, SigningForm, WithdrawalForm
from tests import factories
from tests.covenants.signing_cast import (
    code_of,
    make_round,
    make_signatory,
    sign,
    supersede,
    token_for,
)
from tests.covenants.signing_cast import open_round as open_round_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]


@pytest.fixture
def url(version, coalition):
    return reverse("covenants:signing", args=[coalition.slug, version.covenant.slug, version.number])


def filled_in(signatory, **changes):
    sent = {
        "read": "on",
        "may": "on",
        "typed_name": signatory.person.name,
        "method": "mail",
    }
    return {name: value for name, value in {**sent, **changes}.items() if value is not None}


def hidden_fields(page: str) -> dict[str, str]:
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}


def test_a_signer_reads_ticks_types_and_proves(url, signatory, version, log_in):
    client = log_in(signatory.person)
    page = client.get(url).content.decode()
    assert "Partijen werken samen aan de eerste duizend dagen." in page
    assert "Wat betekent tekenen?" in page
    assert "Carla Coördinator" in page
    assert f"Ik mag namens {signatory.organisation} tekenen." in page

    proof = client.post(url, filled_in(signatory))
    assert proof.status_code == 302
    asked = signatory.person.challenges.get()
    sent = hidden_fields(client.get(proof["Location"]).content.decode())
    assert set(sent) == {"doc_sha256", "consent_id", "key"}
    done = client.post(proof["Location"], {**sent, "answer": code_of(asked)}, follow=True)
    text = done.content.decode()
    assert "Uw handtekening is vastgelegd op" in text
    assert "U krijgt het bewijs per mail." in text
    assert "Zegel volgt" in text
    assert PartySignature.objects.get().organisation == signatory.organisation


def test_sending_the_proof_twice_shows_the_same_page(url, signatory, log_in):
    client = log_in(signatory.person)
    proof = client.post(url, filled_in(signatory))["Location"]
    asked = signatory.person.challenges.get()
    sent = {
        "doc_sha256": asked.doc_sha256,
        "consent_id": asked.consent_id,
        "key": str(asked.key),
        "answer": code_of(asked),
    }
    first, second = client.post(proof, sent), client.post(proof, sent)
    # And so does the button that goes back.
    assert first["Location"] == second["Location"] == client.get(proof)["Location"]
    assert SignatureAct.objects.count() == 1


def test_the_first_of_two_is_told_for_whom_it_waits_and_until_when(
    url, version, coalition, coordinator, log_in
):
    first = make_signatory(coalition, coordinator, name="Eva Eerste", need=2)
    second = make_signatory(coalition, coordinator, organisation=first.organisation, name="Tom Twee", need=2)
    client = log_in(first.person)
    proof = client.post(url, filled_in(first))["Location"]
    asked = first.person.challenges.get()
    sent = {"doc_sha256": asked.doc_sha256, "consent_id": asked.consent_id, "key": str(asked.key)}
    page = client.post(proof, {**sent, "answer": code_of(asked)}, follow=True)
    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert "1 van 2" in text
    assert "Wacht op Tom Twee." in text
    assert "Daarna vervalt uw handtekening" in text
    # Neither of them can take that back by an answer without a signature.
    decline = reverse("covenants:decline", args=[coalition.slug, version.covenant.slug, version.number])
    for refused in (client.get(decline), log_in(second.person).post(decline, {"kind": "no"})):
        assert refused.status_code == 409
        assert "Van uw organisatie staat er al een handtekening." in refused.content.decode()
    # The page of the other tells who signed, and she completes it.
    assert "Eva Eerste tekende al." in log_in(second.person).get(url).content.decode()
    assert sign(version, second).signature is not None


def test_looking_uses_nothing_up_and_remembers_that_the_text_was_opened(url, signatory, log_in):
    client = log_in(signatory.person)
    client.get(url)
    client.get(url)
    assert Reading.objects.filter(person=signatory.person).count() == 1
    assert not SignatureAct.objects.exists()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("read", "Zet een vinkje als u de tekst gelezen hebt."),
        ("may", "Zet een vinkje als u mag tekenen."),
        ("typed_name", "Typ uw volledige naam."),
    ],
)
def test_what_is_missing_is_named(url, signatory, log_in, field, words):
    page = log_in(signatory.person).post(url, filled_in(signatory, **{field: None}))
    assert words in page.content.decode()
    assert not signatory.person.challenges.exists()


def test_a_wrong_code_is_told_and_a_right_one_still_works(url, signatory, log_in):
    client = log_in(signatory.person)
    proof = client.post(url, filled_in(signatory))["Location"]
    asked = signatory.person.challenges.get()
    code = code_of(asked)
    sent = {"doc_sha256": asked.doc_sha256, "consent_id": asked.consent_id, "key": str(asked.key)}
    wrong = client.post(proof, {**sent, "answer": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 400
    assert "Deze code klopt niet of werkt niet meer." in wrong.content.decode()
    assert client.post(proof, {**sent, "answer": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_a_secretary_reads_and_cannot_sign(url, signatory, log_in):
    secretary = factories.make_person("Sep Secretaris")
    factories.make_representative(secretary, signatory.organisation, function="secretaris")
    client = log_in(secretary)
    page = client.get(url)
    assert page.status_code == 200
    text = page.content.decode()
    assert "U kunt deze tekst lezen en doorsturen, niet tekenen" in text
    assert "Ans de Boer" in text
    assert 'name="typed_name"' not in text
    assert client.post(url, filled_in(signatory)).status_code == 409


def test_a_coordinator_cannot_sign_for_another(url, signatory, coordinator, log_in):
    client = log_in(coordinator)
    assert client.post(url, filled_in(signatory)).status_code == 409
    assert not coordinator.challenges.exists()


def test_a_proof_of_somebody_else_does_not_exist(url, signatory, version, coalition, coordinator, log_in):
    proof = log_in(signatory.person).post(url, filled_in(signatory))["Location"]
    other = make_signatory(coalition, coordinator)
    assert log_in(other.person).get(proof).status_code == 404


def test_anonymous_visitors_log_in_first(url, client):
    assert client.get(url)["Location"].startswith(reverse("account_login"))


def test_outsiders_find_nothing(url, outsider, log_in):
    assert log_in(outsider).get(url).status_code == 404


def test_a_reader_of_figures_is_refused(url, coalition, log_in):
    reader = factories.make_person()
    factories.give_role(reader, coalition, "reader")
    assert log_in(reader).get(url).status_code == 403


def test_a_version_that_does_not_exist_is_not_found(signatory, version, coalition, log_in):
    url = reverse("covenants:signing", args=[coalition.slug, version.covenant.slug, 9])
    assert log_in(signatory.person).get(url).status_code == 404


def test_two_documents_with_the_same_version_number_are_signed_each_at_its_own_address(
    url, signatory, version, coalition, coordinator, log_in
):
    second = factories.make_draft(coalition, "Intentieverklaring vaderschap")
    second = open_round_of(factories.freeze(second), coordinator).version
    other = reverse("covenants:signing", args=[coalition.slug, second.covenant.slug, second.number])
    client = log_in(signatory.person)
    assert "Intentieverklaring vaderschap" not in client.get(url).content.decode()
    assert "Intentieverklaring vaderschap" in client.get(other).content.decode()
    client.post(other, filled_in(signatory))
    assert signatory.person.challenges.get().version == second
    # A question about one document is not answered at the address of the other.
    asked = signatory.person.challenges.get()
    wrong = reverse(
        "covenants:signing-proof", args=[coalition.slug, version.covenant.slug, version.number, asked.pk]
    )
    assert client.get(wrong).status_code == 404


def test_two_mandates_ask_for_which_organisation(url, signatory, coalition, coordinator, log_in):
    second = factories.make_organisation("Kraamzorg De Peel")
    factories.make_member(coalition, second)
    representative = factories.make_representative(signatory.person, second, function="bestuurder")
    factories.give_mandate(representative, checked_by=coordinator)
    page = log_in(signatory.person).get(f"{url}?organisatie={second.pk}").content.decode()
    assert "Namens welke organisatie?" in page
    assert "Ik mag namens Kraamzorg De Peel tekenen." in page


def test_an_answer_without_a_signature_is_kept_and_signing_stays_possible(
    url, signatory, version, coalition, log_in
):
    client = log_in(signatory.person)
    decline = reverse("covenants:decline", args=[coalition.slug, version.covenant.slug, version.number])
    client.post(decline, {"kind": "reservation", "expected_on": "2030-01-01", "note": "Na de zomer"})
    page = client.get(url).content.decode()
    assert "Dit antwoordde uw organisatie eerder" in page
    assert client.post(url, filled_in(signatory)).status_code == 302
    assert version.declines.get().note == "Na de zomer"


def test_declining_after_signing_points_to_withdrawal(signatory, version, coalition, log_in):
    sign(version, signatory)
    decline = reverse("covenants:decline", args=[coalition.slug, version.covenant.slug, version.number])
    client = log_in(signatory.person)
    leave = reverse("covenants:withdrawal", args=[coalition.slug, version.covenant.slug, version.number])
    for answered in (client.get(decline), client.post(decline, {"kind": "no"})):
        assert answered.status_code == 409
        assert "U hebt al getekend" in answered.content.decode()
        assert f'href="{leave}"' in answered.content.decode()


# --- The link in the mail ------------------------------------------------------------------------


@pytest.fixture
def invited(coalition, coordinator):
    """Somebody who may sign and never logged in."""
    return make_signatory(coalition, coordinator, name="Bo Bestuurder", logs_in=False)


@pytest.fixture
def link(invited, coalition, coordinator):
    round = make_round(coalition, coordinator, invites=True)
    token = token_for(invited)
    return reverse(
        "covenants:signing-link",
        args=[coalition.slug, round.version.covenant.slug, round.version.number, token],
    )


def test_who_never_logged_in_comes_from_the_mail_to_the_confirmation_in_four_screens(link, invited, client):
    screens = [client.get(link)]
    assert "U komt voor het eerst in het portaal." in screens[-1].content.decode()
    screens.append(client.post(link, {"name": "Bo Bestuurder"}, follow=True))
    page = screens[-1].request["PATH_INFO"]
    screens.append(client.post(page, filled_in(invited), follow=True))
    proof = screens[-1].request["PATH_INFO"]
    asked = invited.person.challenges.get()
    sent = {"doc_sha256": asked.doc_sha256, "consent_id": asked.consent_id, "key": str(asked.key)}
    screens.append(client.post(proof, {**sent, "answer": code_of(asked)}, follow=True))

    assert [screen.status_code for screen in screens] == [200] * 4
    assert "Uw handtekening is vastgelegd op" in screens[-1].content.decode()


def test_a_mail_scanner_that_follows_the_link_uses_nothing_up(link, client):
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200


def test_the_link_opens_an_account_once(link, invited, client):
    client.post(link, {"name": "Bo Bestuurder"})
    client.logout()
    again = client.post(link, {"name": "Iemand Anders"})
    assert again["Location"].startswith(reverse("account_request_login_code"))
    invited.person.refresh_from_db()
    assert invited.person.name == "Bo Bestuurder"


def test_a_forwarded_link_is_refused_to_who_is_somebody_else(link, partner, log_in):
    refused = log_in(partner).get(link)
    assert refused.status_code == 403
    assert "voor iemand anders" in refused.content.decode()


def test_a_link_that_was_signed_with_leads_to_the_evidence(link, invited, client):
    client.post(link, {"name": "Bo Bestuurder"})
    version = invited.person.signing_invitations.get().round.version
    sign(version, invited)
    assert "/ondertekend/" in client.get(link)["Location"]


def test_a_link_that_ran_out_offers_a_new_one_to_the_invited_address_only(link, invited, client, coalition):
    invitations = invited.person.signing_invitations
    invitations.update(expires_at="2020-01-01T00:00Z")
    gone = client.get(link)
    assert gone.status_code == 410
    assert "Vraag een nieuwe link" in gone.content.decode()
    for _ in range(2):
        assert client.post(f"{link}nieuw/").status_code == 200
    assert invitations.count() == 2
    fresh = link.replace(link.split("/")[-2], token_for(invited))
    assert client.get(fresh).status_code == 200


def test_a_link_that_was_taken_back_is_gone(link, invited, client):
    invited.person.signing_invitations.update(revoked_at="2020-01-01T00:00Z")
    gone = client.get(link)
    assert gone.status_code == 410
    assert "ingetrokken" in gone.content.decode()


def test_guessing_links_is_stopped(link, client):
    other = link.replace(link.split("/")[-2], "x" * 43)
    statuses = [client.get(other).status_code for _ in range(35)]
    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_a_link_of_another_version_is_not_known(link, client, coalition):
    assert client.get(link.replace("/versie-1/", "/versie-2/")).status_code == 404


def test_no_page_takes_the_bytes_that_are_signed(url, signatory, version, log_in):
    client = log_in(signatory.person)
    proof = client.post(url, filled_in(signatory, document=factories.make_upload()))["Location"]
    asked = signatory.person.challenges.get()
    client.post(
        proof,
        {
            "doc_sha256": asked.doc_sha256,
            "consent_id": asked.consent_id,
            "key": str(asked.key),
            "answer": code_of(asked),
            "document": factories.make_upload("convenant.pdf", b"%PDF-1.7 een andere tekst"),
        },
    )
    signed = SignatureAct.objects.get()
    assert signed.doc_sha256 == version.sha256
    for form in (SigningForm, ProofForm, WithdrawalForm, DeclineForm):
        assert not any(isinstance(field, FileField) for field in form.base_fields.values())


def test_a_text_that_was_replaced_meanwhile_points_to_the_one_that_holds(
    url, signatory, version, coalition, coordinator, log_in
):
    client = log_in(signatory.person)
    proof = client.post(url, filled_in(signatory))["Location"]
    asked = signatory.person.challenges.get()
    code = code_of(asked)
    supersede(version)
    newer = factories.freeze(texts.new_version(covenant=version.covenant, by=coordinator))
    open_round_of(newer, coordinator)
    sent = {"doc_sha256": asked.doc_sha256, "consent_id": asked.consent_id, "key": str(asked.key)}
    refused = client.post(proof, {**sent, "answer": code})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "niet meer de geldende" in page
    assert reverse("covenants:signing", args=[coalition.slug, newer.covenant.slug, 2]) in page


def test_who_comes_back_without_a_password_asks_for_a_code_at_once(link, invited, client):
    """And then signs; who has a password or a passkey chooses on the page to log in."""
    client.post(link, {"name": "Ans de Boer"})
    client.logout()
    answer = client.get(link)
    assert answer["Location"].startswith(f"{reverse('account_request_login_code')}?next=")
    asked = client.post(answer["Location"], {"email": invited.person.email}, follow=True)
    assert "/ondertekenen/" in asked.content.decode()
    invited.person.refresh_from_db()
    invited.person.set_password("kansrijke-start")
    invited.person.save()
    assert client.get(link)["Location"].startswith(f"{reverse('account_login')}?next=")


def test_a_round_that_was_closed_early_says_when_that_was(url, signatory, version, coordinator, log_in):
    rounds.close_round(round=version.rounds.get(), by=coordinator)
    page = log_in(signatory.person).get(url).content.decode()
    assert f"De ronde is gesloten op {date_format(timezone.localdate(), 'j F Y')}, " in page


def test_who_signs_a_new_version_sees_what_changed_and_what_holds_until_then(
    signatory, version, coalition, coordinator, log_in
):
    sign(version, signatory)
    newer = factories.freeze(texts.new_version(covenant=version.covenant, by=coordinator))
    open_round_of(newer, coordinator)
    address = [coalition.slug, newer.covenant.slug, 2]
    page = log_in(signatory.person).get(reverse("covenants:signing", args=address)).content.decode()
    assert reverse("covenants:version-difference", args=address) in page
    assert f"{signatory.organisation} is al partij bij versie 1." in page
    assert "Nog niemand. U kunt de eerste zijn." in page
    assert "Versie 1 blijft gelden voor 1 partij, tot zij deze tekst tekenen." in page
