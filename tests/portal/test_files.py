"""Files come in when they are what they say, and go out as a download."""

import hashlib

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from portal import files
from portal.models import FileContent, StoredFile

PDF = b"%PDF-1.7 opdracht"


class DocumentForm(forms.Form):
    document = files.UploadField(label="Document")


def errors_of(name: str, content: bytes) -> str:
    form = DocumentForm(files={"document": SimpleUploadedFile(name, content)})
    return " ".join(form.errors.get("document", []))


@pytest.mark.parametrize(
    ("name", "content"), [("opdracht.pdf", PDF), ("OPDRACHT.PDF", PDF), ("brief.docx", b"PK\x03\x04rest")]
)
def test_a_document_of_a_known_kind_comes_in(name, content):
    assert errors_of(name, content) == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.exe", b"MZ", "Dit soort bestand kan niet"),
        ("zonder-soort", PDF, "Dit soort bestand kan niet"),
        ("opdracht.pdf", b"<html>", "hoort niet bij zijn naam"),
        ("leeg.pdf", b"", "leeg"),
        ("x" * 151 + ".pdf", PDF, "150"),
    ],
)
def test_anything_else_is_refused_in_words(name, content, words):
    assert words in errors_of(name, content)


def test_a_file_that_is_too_large_is_refused():
    upload = SimpleUploadedFile("groot.pdf", PDF)
    upload.size = files.MAX_SIZE + 1
    form = DocumentForm(files={"document": upload})
    assert "ten hoogste 10 MB" in form.errors["document"][0]


@pytest.mark.django_db
def test_what_was_stored_comes_out_the_same_and_as_a_download():
    file = files.store(SimpleUploadedFile("Opdracht Zoë.pdf", PDF))

    response = files.download(StoredFile.objects.get(pk=file.pk))

    assert response.content == PDF
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_content_goes_with_the_file():
    file = files.store(SimpleUploadedFile("opdracht.pdf", PDF))
    file.delete()
    assert not FileContent.objects.exists()
