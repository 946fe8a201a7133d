"""Checking a document, for anybody: three answers for every kind of file, and never an error."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from covenants import sealing, seals
from covenants.models import Artefact, SealJob, SealKind
from covenants.sealing import guarded, handing_over, own_keys
from covenants.sealing.means import current, own_means
from covenants.verification import MAX_SIZE
from tests.covenants.pdfs import make_pdf, make_slow_pdf

pytestmark = pytest.mark.django_db

PAGE = "/verificatie/"
UPLOAD = "/verificatie/bestand/"


@pytest.fixture(scope="module")
def sealed_bytes() -> bytes:
    return sealing.seal(make_pdf(), reason="Proef", means=current()).content


@pytest.fixture
def known(sealed_version) -> bytes:
    """The sealed text of a version, from the archive."""
    return bytes(seals.find(kind=SealKind.TEXT, key=sealed_version.pk).content)


def upload(client, content: bytes, *, name: str = "document.pdf"):
    return client.post(UPLOAD, {"bestand": SimpleUploadedFile(name, content)})


def words(response) -> str:
    return " ".join(response.content.decode().split())


def drawn_over(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stream = generic.StreamObject(stream_data=b"0 0 m 500 500 l S")
    writer.add_stream_to_page(0, writer.add_object(stream))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def saved_again(content: bytes) -> bytes:
    output = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(content))).write(output)
    return output.getvalue()


def encrypted(content: bytes) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(content)))
    writer.encrypt("geheim")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def flipped(content: bytes) -> bytes:
    changed = bytearray(content)
    changed[200] ^= 1
    return bytes(changed)


def test_everybody_sees_both_ways_to_check(client):
    text = words(client.get(PAGE))
    assert 'type="file"' in text
    assert "Controlecode" in text


def test_a_file_from_the_archive_is_real_and_unchanged(client, known, sealed_version):
    text = words(upload(client, known))
    assert "Dit document is echt en niet gewijzigd." in text
    assert "byte voor byte een bestand uit ons archief" in text
    assert "Na het verzegelen is er niets gewijzigd" in text
    assert f"{sealed_version.covenant.title}, versie 1" in text
    assert "testzegel en niet rechtsgeldig" in text


def test_bytes_behind_the_original_are_named_and_the_original_is_shown(client, known, sealed_version):
    text = words(upload(client, known + b"\n% iets erachter"))
    assert "Het zegel klopt, maar dit bestand is niet het origineel." in text
    assert "Het begint met een bestand uit ons archief" in text
    assert "Download het verzegelde origineel" in text
    assert f"{sealed_version.covenant.title}, versie 1" in text


def test_a_page_drawn_over_is_named(client, known):
    text = words(upload(client, drawn_over(known)))
    assert "Dit document is gewijzigd na het verzegelen." in text
    assert "Het begint met een bestand uit ons archief" in text


def test_a_changed_bit_is_named(client, known):
    assert "Dit document is gewijzigd na het verzegelen." in words(upload(client, flipped(known)))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        # What is wrong, and what she can do.
        (lambda sealed: b"", "Lever de PDF in zoals je haar kreeg. Een foto of een scan"),
        (lambda sealed: b"MZ" + b"\0" * 100, "Lever de PDF in zoals je haar kreeg. Een foto of een scan"),
        (lambda sealed: make_pdf(), "altijd een zegel, en dit niet. Vraag om het verzegelde bestand."),
        (lambda sealed: sealed[:-4000], ""),
        (lambda sealed: b"%PDF-1.7\nrommel", "Download het opnieuw waar je het vond"),
        (lambda sealed: encrypted(make_pdf()), "Onze documenten hebben dat niet. Lever de PDF in"),
        (saved_again, ""),
    ],
    ids=["leeg", "programma", "zonder-zegel", "afgebroken", "rommel", "wachtwoord", "opnieuw-opgeslagen"],
)
def test_every_other_file_gets_a_plain_verdict(client, sealed_bytes, make, sentence):
    response = upload(client, make(sealed_bytes))
    assert response.status_code == 200
    text = words(response)
    assert sentence in text
    assert "Dit document is echt" not in text
    assert "Dit bestand staat niet in ons archief." in text


def test_the_seal_of_another_authority_is_not_ours(client, tmp_path):
    others = own_means(own_keys.read_or_make(tmp_path / "anders"))
    text = words(upload(client, sealing.seal(make_pdf(), reason="Proef", means=others).content))
    assert "Wij kennen dit document niet." in text
    assert "een zegel op van iemand anders" in text


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client):
    response = client.post(UPLOAD, {}, CONTENT_LENGTH=str(MAX_SIZE * 2))
    assert response.status_code == 413
    assert "Dit bestand is te groot" in words(response)


@pytest.fixture
def little_time(monkeypatch):
    """A checker that has a second for each file, so that how fast the machine is does not matter."""
    monkeypatch.setattr(handing_over, "CPU_SECONDS", 1)
    guarded.stop()
    yield
    guarded.stop()


@pytest.mark.usefixtures("little_time")
def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_is_checked(client, known):
    text = words(upload(client, make_slow_pdf()))
    assert "Dit bestand is te ingewikkeld om hier te controleren." in text
    assert "Dit document is echt en niet gewijzigd." in words(upload(client, known))


def test_no_file_at_all_is_asked_for_again(client):
    response = client.post(UPLOAD, {})
    assert response.status_code == 422
    assert "Kies eerst een bestand." in words(response)


def test_the_token_is_asked_although_the_size_comes_first(client_with_csrf):
    assert upload(client_with_csrf, b"%PDF-").status_code == 403


@pytest.fixture
def client_with_csrf():
    from django.test import Client

    return Client(enforce_csrf_checks=True)


def test_nothing_of_an_upload_is_kept_or_sealed(client, sealed_bytes):
    upload(client, sealed_bytes)
    assert not Artefact.objects.exists()
    assert not SealJob.objects.exists()


def test_who_uploads_without_end_is_asked_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "verify_upload": "2/m/ip"}
    answers = [upload(client, b"geen pdf").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_the_page_itself_only_reads(client):
    assert client.post(PAGE).status_code == 405
    assert client.get(UPLOAD).status_code == 405
    assert client.get(reverse("covenants:verification-code")).status_code == 405
