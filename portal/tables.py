"""Tables out: a CSV or XLSX file with exactly the rows that a page shows, safe in a spreadsheet."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that starts like this is a formula to a spreadsheet, whoever typed it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """`text` with a leading quote where a spreadsheet would run it; `live` takes it off again."""
    return f"'{text}" if _looks_quoted(text) else text


def live(text: str) -> str:
    """What `inert` was given: a file that the portal wrote reads back as it was."""
    return text[1:] if text.startswith("'") and _looks_quoted(text) else text


def _looks_quoted(text: str) -> bool:
    """Whether a formula starts here, after quotes or at once; also a quote of somebody's own is
    then quoted, so that taking one off gives back what stood there."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def csv_response(*, filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The table as a Dutch CSV file."""
    return _download(
        csv_bytes(header=header, rows=rows), filename=filename, content_type="text/csv; charset=utf-8"
    )


def csv_bytes(*, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The table as Dutch CSV: semicolons, decimal comma, dd-mm-jjjj, UTF-8 with its mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(label) for label in header])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_response(
    *, filename: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The table as a workbook of one sheet; dates and numbers stay dates and numbers."""
    # What reads and writes workbooks takes as long to load as half the portal.
    from portal import workbooks

    content = workbooks.write(title=title, header=header, rows=rows)
    return _download(content, filename=filename, content_type=XLSX_TYPE)


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime.date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    return inert(str(value))


def _download(content: bytes, *, filename: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
