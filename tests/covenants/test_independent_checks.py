"""Others than we confirm the seal: pdfsig, openssl and qpdf, with the commands that the archive tells."""

import asyncio
import hashlib
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from asn1crypto import pem
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from covenants import exports
from covenants.models import SealJob
from covenants.sealing import means
from portal import jobs
from tests.covenants import signing_cast

needs_pdfsig = pytest.mark.skipif(
    not shutil.which("pdfsig") and os.environ.get("PORTAL_REQUIRES_BROWSER") != "yes",
    reason="needs pdfsig (poppler-utils)",
)
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealed_once")]


@pytest.fixture
def folder(sealed_version, signatory, tmp_path: Path) -> Path:
    """The archive of a covenant, unpacked."""
    signing_cast.sign(sealed_version, signatory)
    jobs.work_due(SealJob)
    SealJob.objects.update(due_at=timezone.now())
    jobs.work_due(SealJob)
    zipfile.ZipFile(io.BytesIO(exports.export(sealed_version.covenant))).extractall(tmp_path)
    return tmp_path


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@needs_pdfsig
def test_pdfsig_finds_every_seal_valid(folder):
    for path in sorted(folder.glob("bestanden/*.pdf")):
        text = run("pdfsig", str(path), folder=folder)
        assert text.count("Signature is Valid") == 1, text
        assert "Signature Type: ETSI.CAdES.detached" in text


@needs_pdfsig
def test_pdfsig_refuses_a_changed_file(folder):
    [path] = folder.glob("bestanden/tekst-*.pdf")
    content = bytearray(path.read_bytes())
    content[len(content) // 4] ^= 1
    path.write_bytes(bytes(content))
    assert "Signature is Valid" not in run("pdfsig", str(path), folder=folder)


@needs_openssl
@needs_pdfsig
def test_openssl_confirms_the_seal_with_the_commands_of_the_explanation(folder):
    [path] = folder.glob("bestanden/tekst-*.pdf")
    name = f"bestanden/{path.name}"
    explanation = (folder / "LEESMIJ.md").read_text()
    listing = run("pdfsig", name, folder=folder)
    ranges = re.search(r"Signed Ranges: \[(\d+) - (\d+)\], \[(\d+) - (\d+)\]", listing)
    assert ranges, listing
    lines = re.findall(r"^    (.*(?:\\\n.*)?)$", explanation, re.MULTILINE)
    start = next(number for number, line in enumerate(lines) if line.startswith("pdfsig -dump"))
    end = next(number for number, line in enumerate(lines) if line.startswith("NAAM="))
    script = "\n".join(lines[start:end]).replace("tekst-1.pdf", path.name)
    script = f"set -e\nB={ranges[2]}; C={ranges[3]}; D={ranges[4]}\n" + script.replace(
        "head -c B", "head -c $B"
    )
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "verification successful" in done.stderr.lower()


@needs_openssl
def test_openssl_refuses_one_changed_bit(folder):
    [path] = folder.glob("bestanden/tekst-*.pdf")
    [seal] = PdfFileReader(io.BytesIO(path.read_bytes())).embedded_regular_signatures
    (folder / "zegel.der").write_bytes(seal.pkcs7_content)
    (folder / "wortels.pem").write_bytes(
        b"".join(root.read_bytes() for root in folder.glob("certificaten/wortel-*.pem"))
    )
    start, length, resumed, rest = (int(number) for number in seal.byte_range)
    content = path.read_bytes()
    covered = bytearray(content[start : start + length] + content[resumed : resumed + rest])
    command = [
        *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "zegel.der"),
        *("-content", "bytes", "-CAfile", "wortels.pem", "-purpose", "any", "-out", "/dev/null"),
    ]
    (folder / "bytes").write_bytes(covered)
    assert "verification successful" in run(*command, folder=folder).lower()
    covered[100] ^= 1
    (folder / "bytes").write_bytes(covered)
    assert "verification failure" in run(*command, folder=folder).lower()


@needs_openssl
def test_openssl_confirms_the_time_of_our_own_authority(tmp_path):
    """Which is nobody's but ours, and answers as one of the outside world does."""
    content = b"iets met een tijd"
    chosen = means.current()
    [authority] = chosen.timestampers()
    token = asyncio.run(authority.async_timestamp(hashlib.sha256(content).digest(), "sha256"))
    (tmp_path / "tijd.der").write_bytes(token.dump())
    (tmp_path / "iets").write_bytes(content)
    (tmp_path / "wortel.pem").write_bytes(pem.armor("CERTIFICATE", chosen.roots[0].dump()))
    command = ["openssl", "ts", "-verify", "-token_in", "-in", "tijd.der", "-CAfile", "wortel.pem", "-data"]
    assert "Verification: OK" in run(*command, "iets", folder=tmp_path)
    assert "Verification: FAILED" in run(*command, "wortel.pem", folder=tmp_path)


def test_no_view_takes_the_bytes_that_are_signed(client, sealed_version, coalition, coordinator):
    """The hash and the answer to a question go in; whatever file comes along is not looked at."""
    signatory = signing_cast.make_signatory(coalition, coordinator)
    client.force_login(signatory.person, backend="django.contrib.auth.backends.ModelBackend")
    asked = signing_cast.ask(sealed_version, signatory)
    address = reverse(
        "covenants:signing-proof",
        args=[coalition.slug, sealed_version.covenant.slug, sealed_version.number, asked.pk],
    )
    files = {name: io.BytesIO(b"%PDF-1.7 anders") for name in ("pdf", "bestand", "document", "file")}
    client.post(address, {"answer": signing_cast.code_of(asked), **files})
    views = Path(exports.__file__).parent / "views"
    readers = {path.name for path in views.glob("*.py") if "request.FILES" in path.read_text()}
    assert readers <= {"verification.py", "outside.py", "draft_paste.py"}
    before = sealed_version.sha256
    sealed_version.refresh_from_db()
    assert sealed_version.sha256 == before
