"""Sealing and checking, each beside bare pyHanko with the same key and the same file."""

import asyncio
import io
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

from django.test import Client, override_settings
from django.urls import reverse

from covenants import seals
from covenants.models import Artefact, SealJob, SealKind
from covenants.sealing import means, quicker
from covenants.sealing.rules import validation_rules
from portal import jobs
from portal.jobs import JobState
from tests import factories
from tests.bench.measure import report, seconds
from tests.covenants.pdfs import make_pdf

ROUNDS = 5
# So many that it hardly counts which of two workers takes the last one.
SEALS = 32
PROCESSES = 2
UPLOADS = 20
ROOT = Path(__file__).resolve().parent.parent.parent
# What one of two processes does in the reference: seal the same page so many times, and nothing else, with
# the signer of pyHanko itself, and by default with its timestamps; both are given with the same key as ours.
BARE = """
import io, sys, time
import django; django.setup()
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from covenants.sealing.means import current
chosen = current()
[timestamper] = chosen.timestampers()
if sys.argv[3] == "bare":
    vouching = timestamper.signer
    timestamper = DummyTimeStamper(
        vouching.signing_cert, vouching.signing_key, certs_to_embed=vouching.cert_registry
    )
async def signer():
    async with chosen.signer() as found:
        return found
import asyncio
ours = asyncio.run(signer())
signer = SimpleSigner(ours.signing_cert, ours.signing_key, cert_registry=ours.cert_registry)
pdf = open(sys.argv[1], "rb").read()
def seal():
    metadata = PdfSignatureMetadata(field_name="Zegel", md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES, embed_validation_info=True, use_pades_lta=True,
        validation_context=chosen.validation(fetches=False))
    sealer = PdfSigner(metadata, signer=signer, timestamper=timestamper)
    sealer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=io.BytesIO())
seal()
print("klaar", flush=True); sys.stdin.readline()
for _ in range(int(sys.argv[2])): seal()
print("gedaan", flush=True)
"""
# What one of two workers does: claim, seal, check and keep until nothing is left.
OURS = """
import sys
import django; django.setup()
from covenants import seals, sealing
from covenants.models import SealJob
from portal import jobs
import types
maker = types.ModuleType("bench_maker")
pdf = open(sys.argv[1], "rb").read()
maker.make = lambda key: sealing.seal(pdf, reason="Meting")
maker.keep = lambda key, artefact: None
sys.modules["bench_maker"] = maker
seals.MAKERS = dict.fromkeys(seals.MAKERS, "bench_maker")
sealing.seal(pdf, reason="Meting")
print("klaar", flush=True); sys.stdin.readline()
jobs.work_due(SealJob)
print("gedaan", flush=True)
"""


def _together(script: str, *arguments: str) -> float:
    """How many milliseconds a seal takes two processes, from both being warm until both are done."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdout.readline() == "klaar\n"
    started = time.perf_counter()
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        assert process.stdout.readline() == "gedaan\n"
    took = time.perf_counter() - started
    codes = [process.wait() for process in processes]
    assert codes == [0] * PROCESSES
    return 1000 * took / SEALS


def seal_throughput() -> None:
    """Time per seal of two workers, from a row that waits to a checked file that is kept.

    The reference has its timestamps from the same authority as ours, so that both do the same but for
    the work of a job and the check. Beside it stands what bare pyHanko takes with the authority of its
    own tests, which reads its key anew for each timestamp.
    """
    means.current()
    # Of a measurement that was broken off.
    SealJob.objects.filter(state=JobState.WAITING).delete()
    page = Path(os.environ["PORTAL_DATA_DIR"]) / "pagina.pdf"
    page.write_bytes(make_pdf())
    ours, reference, own_authority = [], [], []
    share = str(SEALS // PROCESSES)
    for number in range(ROUNDS):
        kept = Artefact.objects.count()
        for seal in range(SEALS):
            seals.order(kind=SealKind.STATEMENT, key=f"meting-{os.getpid()}-{number}-{seal}")
        ours.append(_together(OURS, str(page)))
        assert Artefact.objects.count() == kept + SEALS
        reference.append(_together(BARE, str(page), share, "ours"))
        own_authority.append(_together(BARE, str(page), share, "bare"))
    bare = round(statistics.median(own_authority), 5)
    report("seal_throughput", ours, reference, unit="ms", of="median", pyhanko_authority=bare)


def verify_upload() -> None:
    """The whole answer to an uploaded file of the archive, beside the bare long-term validation of it.

    Bare is without what makes it quicker here.
    """
    from asn1crypto import x509
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.ades import ades_lta_validation

    sealed = _archived_text()
    roots = means.current().roots

    @patch.object(generic, "read_hex_string_from_stream", quicker.reads_hex_string)
    @patch.object(x509.NameTypeAndValue, "_ldap_string_prep", quicker.prepares)
    def bare() -> None:
        [signature] = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures
        asyncio.run(ades_lta_validation(signature, validation_rules(roots)))

    client = Client()
    address = reverse("covenants:verification-upload")

    def ours() -> None:
        file = io.BytesIO(sealed)
        file.name = "document.pdf"
        response = client.post(address, {"bestand": file})
        assert response.status_code == 200

    limits = {"verify_upload": "100000/m/ip"}
    with override_settings(ALLOWED_HOSTS=["testserver"], ACCOUNT_RATE_LIMITS=limits):
        for _ in range(3):
            ours()
            bare()
        left, right = [], []
        for _ in range(UPLOADS):
            left.append(1000 * seconds(ours))
            right.append(1000 * seconds(bare))
    report("verify_upload", left, right, unit="ms", of="median")


def _archived_text() -> bytes:
    """The sealed text of a new covenant, as the archive keeps it."""
    version = factories.confirm_text(
        factories.make_draft(factories.make_coalition("Meting")),
        factories.make_person(),
        factories.make_person(),
    )
    jobs.work_due(SealJob)
    return bytes(Artefact.objects.with_bytes().get(subject=f"{SealKind.TEXT}/{version.pk}").content)


BENCHMARKS = {"seal_throughput": seal_throughput, "verify_upload": verify_upload}
