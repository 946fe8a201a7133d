"""Small PDFs to seal."""

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter


def make_pdf(words: str = "Convenant") -> bytes:
    """One empty page; no two are the same."""
    writer = PdfFileWriter()
    stream = generic.StreamObject(stream_data=f"% {words}\nq Q".encode())
    writer.insert_page(PageObject(contents=writer.add_object(stream), media_box=(0, 0, 595, 842)))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
