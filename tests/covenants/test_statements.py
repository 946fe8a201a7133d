"""From a signature to its sealed proof: text, statement, mail and dossier, by the worker's own road."""

import hashlib
import io
import json
import subprocess

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from pyhanko.pdf_utils.reader import PdfFileReader

from covenants import chain, dossiers, seals, statements
from covenants.models import Artefact, CheckCode, CovenantVersion, SealJob, SealKind, VersionState
from covenants.sealing.checking import SealVerdict, check_file
from covenants.sealing.means import current
from portal import jobs
from portal.jobs import JobState
from portal.models import Mail
from tests import factories
from tests.covenants import signing_cast
from tests.covenants.signing_cast import Signatory, make_signatory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealed_once")]


def attachments(pdf: bytes) -> dict[str, bytes]:
    """The files inside a PDF, by name."""
    names = PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    return {
        str(names[number]): names[number + 1].get_object()["/EF"]["/F"].get_object().data
        for number in range(0, len(names), 2)
    }


def test_the_seal_freezes_the_text(sealed_version):
    artefact = seals.find(kind=SealKind.TEXT, key=sealed_version.pk)
    assert sealed_version.sha256 == artefact.sha256 == hashlib.sha256(artefact.content).hexdigest()
    assert sealed_version.state == VersionState.OPEN
    assert check_file(bytes(artefact.content), roots=current().roots).verdict == SealVerdict.VALID


def test_a_signature_ends_in_a_sealed_statement_with_its_evidence_inside(
    sealed_version, signatory: Signatory
):
    signed = signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    artefact = seals.find(kind=SealKind.STATEMENT, key=signed.signature.pk)
    content = bytes(artefact.content)
    assert check_file(content, roots=current().roots).verdict == SealVerdict.VALID
    assert len(PdfFileReader(io.BytesIO(content)).root["/Pages"]["/Kids"]) == 1
    evidence = json.loads(attachments(content)["bewijs.json"])
    assert evidence["sha256"] == sealed_version.sha256
    assert [json.loads(event["body"])["type"] for event in evidence["events"]] == ["signed", "party_signed"]
    for event in evidence["events"]:
        assert event["hash"] == chain.hash_of(event["prev_hash"], event["body"])


def test_the_page_says_what_was_signed_by_whom_and_what_it_is_worth(sealed_version, signatory: Signatory):
    signed = signing_cast.sign(sealed_version, signatory)
    page = statements.page_of(signed.signature)
    assert page["sha256"].split() == [sealed_version.sha256[start : start + 8] for start in range(0, 64, 8)]
    [signer] = page["signers"]
    assert (signer["name"], signer["function"]) == ("Ans de Boer", "bestuurder")
    assert signer["method"] == "ingelogd, en bevestigd met een code per mail"
    assert page["chain_head"].replace(" ", "") == statements.event_of(signed.signature).hash
    assert "niet geavanceerd en niet gekwalificeerd" in page["meaning"][0]
    assert (
        CheckCode.objects.get(pk=page["code"].replace("-", "")).subject == f"statement/{signed.signature.pk}"
    )


def test_the_proof_goes_to_who_signed_and_to_the_coordinator_with_every_hash(
    sealed_version, signatory: Signatory, coordinator
):
    signed = signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    mails = Mail.objects.filter(purpose="signature_proof")
    assert {mail.recipient for mail in mails} == {signatory.person.email, coordinator.email}
    artefact = seals.find(kind=SealKind.STATEMENT, key=signed.signature.pk)
    head = statements.event_of(signed.signature).hash
    for digest in (artefact.sha256, sealed_version.sha256, head):
        assert statements.in_groups(digest) in mails[0].text
    assert "/verificatie/" in mails[0].text
    assert {mail.attachment.sha256 for mail in mails} == {artefact.sha256}


def test_names_are_printed_as_they_are_and_never_run(sealed_version, coalition, coordinator):
    organisation = factories.make_organisation('#read("/etc/passwd") *Zorg* $x$ <b>')
    factories.make_member(coalition, organisation)
    signatory = make_signatory(coalition, coordinator, organisation=organisation)
    signed = signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    evidence = attachments(bytes(seals.find(kind=SealKind.STATEMENT, key=signed.signature.pk).content))
    assert organisation.name in json.loads(evidence["bewijs.json"])["events"][0]["body"].replace('\\"', '"')


def test_the_dossier_holds_text_and_every_statement_byte_for_byte(sealed_version, coalition, coordinator):
    for _ in range(2):
        signing_cast.sign(sealed_version, make_signatory(coalition, coordinator))
    jobs.work_due(SealJob)
    SealJob.objects.update(due_at="2020-01-01T00:00Z")
    jobs.work_due(SealJob)
    dossier = dossiers.newest(sealed_version)
    inside = attachments(bytes(dossier.content))
    kept = Artefact.objects.filter(kind__in=["text", "statement"]).values_list("sha256", flat=True)
    assert {hashlib.sha256(content).hexdigest() for content in inside.values()} == set(kept)
    assert len(inside) == 3
    assert check_file(bytes(dossier.content), roots=current().roots).verdict == SealVerdict.VALID


def test_the_dossier_says_since_when_the_text_holds(sealed_version, coalition, coordinator, tmp_path):
    for _ in range(2):
        signing_cast.sign(sealed_version, make_signatory(coalition, coordinator))
    key = f"{sealed_version.pk}-{CovenantVersion.objects.get(pk=sealed_version.pk).chain_length}"
    file = tmp_path / "dossier.pdf"
    file.write_bytes(dossiers.make(key).content)
    words = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    day = date_format(timezone.localdate(), "j F Y")
    assert f"Geldt sinds {day} tussen wie getekend heeft." in words


def test_of_many_signatures_in_a_row_one_dossier_is_made(sealed_version, coalition, coordinator):
    for _ in range(3):
        signing_cast.sign(sealed_version, make_signatory(coalition, coordinator))
        jobs.work_due(SealJob)
    waiting = SealJob.objects.filter(kind=SealKind.DOSSIER)
    assert waiting.filter(state=JobState.WAITING).count() == 3
    waiting.update(due_at="2020-01-01T00:00Z")
    jobs.work_due(SealJob)
    assert Artefact.objects.filter(kind="dossier").count() == 1
    assert waiting.filter(state=JobState.DONE).count() == 3
