"""The seal itself: what is made, what its check says, and what a changed file gets."""

import io
import random
from pathlib import Path

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from covenants import sealing
from covenants.sealing import SealedPdf, own_keys
from covenants.sealing.checking import SealVerdict, check_file
from covenants.sealing.checking_process import SAMPLE
from covenants.sealing.findings import TEST_MARK
from covenants.sealing.means import SealMeans, own_means
from tests.covenants.pdfs import make_pdf


@pytest.fixture(scope="module")
def means(tmp_path_factory: pytest.TempPathFactory) -> SealMeans:
    return own_means(own_keys.read_or_make(tmp_path_factory.mktemp("zegel")))


@pytest.fixture(scope="module")
def rendered() -> bytes:
    return make_pdf()


@pytest.fixture(scope="module")
def sealed(rendered: bytes, means: SealMeans) -> SealedPdf:
    return sealing.seal(rendered, reason="Vastgesteld", location="Venlo", means=means)


def test_a_seal_is_long_lived_and_leaves_the_rendered_bytes_in_front(
    rendered: bytes, sealed: SealedPdf, means: SealMeans
) -> None:
    report = check_file(sealed.content, roots=means.roots)
    assert report.verdict == SealVerdict.VALID
    assert report.indication == "AdESPassed.OK"
    assert report.is_test
    assert report.timestamps == 1
    assert not report.has_bytes_after
    assert sealed.content.startswith(rendered)
    assert sealed.sha256 == report.sha256


def test_a_seal_is_an_approval_and_no_certification(sealed: SealedPdf) -> None:
    reader = PdfFileReader(io.BytesIO(sealed.content))
    [signature] = reader.embedded_regular_signatures
    assert signature.docmdp_level is None
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.signer_cert.public_key.curve == ("named", "secp256r1")


def test_no_bit_of_a_sealed_file_changes_unseen(sealed: SealedPdf, means: SealMeans) -> None:
    chance = random.Random(4)
    [signature] = PdfFileReader(io.BytesIO(sealed.content)).embedded_regular_signatures
    start, length, resumed, rest = (int(number) for number in signature.byte_range)
    covered = [*range(start, start + length), *range(resumed, resumed + rest)]
    for place in chance.sample(covered, 200):
        changed = bytearray(sealed.content)
        changed[place] ^= 1 << chance.randrange(8)
        report = check_file(bytes(changed), roots=means.roots)
        assert report.verdict != SealVerdict.VALID, place


def test_a_page_drawn_over_in_an_update_is_seen(sealed: SealedPdf, means: SealMeans) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed.content))
    stream = generic.StreamObject(stream_data=b"0 0 m 500 500 l S")
    writer.add_stream_to_page(0, writer.add_object(stream))
    output = io.BytesIO()
    writer.write(output)
    assert check_file(output.getvalue(), roots=means.roots).verdict == SealVerdict.CHANGED


def test_bytes_behind_the_seal_are_told_apart(sealed: SealedPdf, means: SealMeans) -> None:
    report = check_file(sealed.content + b"\n% iets erachter\n", roots=means.roots)
    assert (report.verdict, report.has_bytes_after) == (SealVerdict.VALID, True)


def test_a_seal_that_was_cut_off_is_gone(means: SealMeans) -> None:
    assert check_file(make_pdf(), roots=means.roots).verdict == SealVerdict.NO_SEAL


def test_the_seal_of_somebody_else_is_foreign(sealed: SealedPdf, tmp_path: Path) -> None:
    others = own_means(own_keys.read_or_make(tmp_path / "anders"))
    assert check_file(sealed.content, roots=others.roots).verdict == SealVerdict.FOREIGN


def test_the_page_with_which_a_checker_warms_up_is_whole() -> None:
    root = x509.Certificate.load((SAMPLE / "root.der").read_bytes())
    found = check_file((SAMPLE / "document.pdf").read_bytes(), roots=[root])
    assert found.verdict == SealVerdict.VALID


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b"", SealVerdict.NOT_PDF),
        (b"MZ geen pdf", SealVerdict.NOT_PDF),
        (b"%PDF-1.7\n", SealVerdict.BROKEN),
        (b"%PDF-1.7\n" + b"\0" * 4096, SealVerdict.BROKEN),
    ],
)
def test_anything_at_all_gets_a_verdict(content: bytes, verdict: SealVerdict, means: SealMeans) -> None:
    assert check_file(content, roots=means.roots).verdict == verdict


def test_a_renewed_file_starts_with_the_sealed_bytes(sealed: SealedPdf, means: SealMeans) -> None:
    renewed = sealing.renew(sealed.content, means=means)
    assert renewed.content.startswith(sealed.content)
    assert renewed.report.timestamps == 2
    assert renewed.report.verdict == SealVerdict.VALID
    assert renewed.sealed_at == sealed.sealed_at


def test_keys_are_made_once_and_for_nobody_else_to_read(tmp_path: Path) -> None:
    first = own_keys.read_or_make(tmp_path / "zegel")
    own_keys.read_or_make.cache_clear()
    again = own_keys.read_or_make(tmp_path / "zegel")
    assert first.seal == again.seal
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "zegel").glob("*.key")} == {0o600}
    for certificate in (first.root, first.seal, first.timestamp):
        assert TEST_MARK in certificate.subject.rfc4514_string()
