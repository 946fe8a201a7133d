"""Small PDFs to seal."""

import io
import tempfile
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from covenants import sealing
from covenants.sealing import own_keys
from covenants.sealing.means import own_means


def write_sample(folder: Path) -> None:
    """Seal a page with keys that nobody keeps, for `covenants.sealing.checking_process` to warm up with."""
    with tempfile.TemporaryDirectory() as keys:
        means = own_means(own_keys.read_or_make(Path(keys)))
    folder.mkdir(exist_ok=True)
    (folder / "document.pdf").write_bytes(sealing.seal(make_pdf(), reason="Voorbeeld", means=means).content)
    (folder / "root.der").write_bytes(means.roots[0].dump())


def make_pdf(words: str = "Convenant") -> bytes:
    """One empty page; no two are the same."""
    writer = PdfFileWriter()
    stream = generic.StreamObject(stream_data=f"% {words}\nq Q".encode())
    writer.insert_page(PageObject(contents=writer.add_object(stream), media_box=(0, 0, 595, 842)))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def make_slow_pdf(revisions: int = 100_000) -> bytes:
    """A page under so many revisions that a reader needs seconds for it, in less than 20 MB."""
    content = bytearray(make_pdf())
    previous = content.rindex(b"startxref")
    place = int(content[previous + len(b"startxref") :].split()[0])
    for _ in range(revisions):
        start = len(content) + 1
        content += b"\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 9/Root 1 0 R/Prev %d>>\n" % place
        content += b"startxref\n%d\n%%%%EOF" % start
        place = start
    return bytes(content)
