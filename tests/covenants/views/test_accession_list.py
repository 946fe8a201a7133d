"""The parties are asked, answer, and the coordinator writes the end of it down."""

import pytest
from django.urls import reverse

from covenants.models import Accession
from tests.covenants.test_accessions import parties  # noqa: F401

pytestmark = pytest.mark.django_db


def address(version, name: str = "accession-list", *args: int) -> str:
    covenant = version.covenant
    return reverse(f"covenants:{name}", args=[covenant.coalition.slug, covenant.slug, version.number, *args])


def test_from_the_question_to_the_decision(parties, signatory, coordinator, log_in):  # noqa: F811
    version, (first, _) = parties
    client = log_in(coordinator)
    asked = client.post(
        address(version, "accession-ask"), {"organisation": signatory.organisation.pk}, follow=True
    )
    assert "Stemt in: 0 van 2 partijen" in asked.content.decode()
    accession = Accession.objects.get()

    speaker = log_in(first.person)
    page = speaker.get(address(version)).content.decode()
    assert f"Stemt {first.organisation} ermee in" in page
    said = speaker.post(
        address(version, "accession-voice", accession.pk),
        {"organisation": first.organisation.pk, "answer": "ja", "note": "Welkom"},
        follow=True,
    )
    assert "vastgelegd" in said.content.decode()

    client = log_in(coordinator)
    decide = address(version, "accession-decide", accession.pk)
    refused = client.post(decide, {"decision": "ja"})
    assert refused.status_code == 422
    assert "Nog niet iedere partij stemde in." in refused.content.decode()
    done = client.post(decide, {"decision": "ja", "basis": "Bestuurlijk overleg"}, follow=True)
    assert f"{signatory.organisation} mag toetreden" in done.content.decode()


def test_nobody_answers_for_another(parties, signatory, coordinator, log_in):  # noqa: F811
    version, (first, second) = parties
    log_in(coordinator).post(address(version, "accession-ask"), {"organisation": signatory.organisation.pk})
    accession = Accession.objects.get()
    sent = {"organisation": second.organisation.pk, "answer": "nee"}
    voice = address(version, "accession-voice", accession.pk)
    page = log_in(first.person).post(voice, sent, follow=True)
    assert "U mag niet namens deze organisatie antwoorden." in page.content.decode()
    assert not accession.voices.exists()


def test_a_decision_without_an_answer_stays_open_with_what_is_missing(
    parties,  # noqa: F811
    signatory,
    coordinator,
    log_in,
):
    version, (first, _) = parties
    client = log_in(coordinator)
    client.post(address(version, "accession-ask"), {"organisation": signatory.organisation.pk})
    accession = Accession.objects.get()
    page = client.post(address(version, "accession-decide", accession.pk), {"basis": "Overleg van mei"})
    text = page.content.decode()
    assert page.status_code == 422
    fold = text[text.index("<details", text.index("Nog geen antwoord: 2")) :].partition("</details>")[0]
    assert fold.startswith('<details class="more" open>')
    assert "Kies of de organisatie mag toetreden." in fold
    assert 'value="Overleg van mei"' in fold

    voice = address(version, "accession-voice", accession.pk)
    sent = {"organisation": first.organisation.pk, "note": "Wij twijfelen nog"}
    page = log_in(first.person).post(voice, sent)
    assert page.status_code == 422
    assert "Kies of u instemt." in page.content.decode()
    assert 'value="Wij twijfelen nog"' in page.content.decode()


def test_who_is_too_late_reads_that_it_is_decided(parties, signatory, coordinator, log_in):  # noqa: F811
    version, (first, _) = parties
    client = log_in(coordinator)
    client.post(address(version, "accession-ask"), {"organisation": signatory.organisation.pk})
    accession = Accession.objects.get()
    decide = address(version, "accession-decide", accession.pk)
    client.post(decide, {"decision": "nee"})
    again = client.post(decide, {"decision": "ja", "basis": "Toch wel"}, follow=True)
    assert "Over deze toetreding is al besloten." in again.content.decode()
    voice = address(version, "accession-voice", accession.pk)
    said = log_in(first.person).post(
        voice, {"organisation": first.organisation.pk, "answer": "ja"}, follow=True
    )
    assert "Over deze toetreding is al besloten." in said.content.decode()


def test_who_chooses_nobody_is_told(parties, coordinator, log_in):  # noqa: F811
    version, _ = parties
    page = log_in(coordinator).post(address(version, "accession-ask"), {})
    assert page.status_code == 422
    assert "Kies een organisatie." in page.content.decode()


def test_others_find_nothing(parties, client, outsider, partner, log_in):  # noqa: F811
    version, _ = parties
    assert client.get(address(version)).status_code == 302
    assert log_in(outsider).get(address(version)).status_code == 404
    assert log_in(partner).post(address(version, "accession-ask"), {}).status_code == 403
