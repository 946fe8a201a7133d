"""The open data of CBS (OData v4), page by page, as a table that comes in like any other delivery.

Table ids and codes of measures change every year: they are arguments, never code.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from monitoring.readers.values import municipality_code, period
from portal.tables import csv_bytes

HEADER = ("gemeentecode", "periode", "indicator", "teller", "noemer")
TIMEOUT = 30
MOST_PAGES = 500
MOST_BYTES = 20 * 1024 * 1024
# How CBS says why there is no number (ValueAttribute); anything else without a number is unknown.
MARKS = {"Confidential": "x", "Impossible": "n.v.t.", "Unreliable": "onbetrouwbaar"}


class Unavailable(Exception):
    """CBS gives no answer, or another than expected; the sentence is for who asked."""


def fetch_table(
    table: str, *, indicator: str, numerator: str, denominator: str, region: str, time: str
) -> bytes:
    """One indicator of a CBS table as a CSV file: two measures beside each other, per municipality.

    `region` and `time` name the dimensions. Raises Unavailable where the service does not answer.
    """
    if not settings.PORTAL_CBS_ODATA_URL.startswith(("https://", "http://127.0.0.1")):
        raise Unavailable("De verbinding met het CBS staat uit. Zet PORTAL_CBS_ODATA_URL in de omgeving.")
    wanted = " or ".join(f"Measure eq '{code}'" for code in (numerator, denominator))
    query = urllib.parse.urlencode({"$filter": wanted})
    base = settings.PORTAL_CBS_ODATA_URL.rstrip("/")
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in _rows(f"{base}/{urllib.parse.quote(table)}/Observations?{query}", base=base):
        try:
            # Codes of regions are padded with blanks.
            code, when = municipality_code(str(row[region]).strip()), period(str(row[time]).strip())
            measure, value = str(row["Measure"]).strip(), _value(row)
        except KeyError as missing:
            raise Unavailable(f"De tabel van het CBS heeft geen kolom {missing}.") from None
        # A table holds the country and regions as well; only municipalities are asked for.
        if code and when:
            found.setdefault((code, when), {})[measure] = value
    if not found:
        raise Unavailable("De tabel van het CBS heeft geen cijfers per gemeente voor deze metingen.")
    rows = [
        (code, when, indicator, counts.get(numerator, ""), counts.get(denominator, ""))
        for (code, when), counts in sorted(found.items())
    ]
    return csv_bytes(header=HEADER, rows=rows)


def _value(row: dict[str, Any]) -> str:
    value = row["Value"]
    mark = MARKS.get(str(row.get("ValueAttribute")))
    # A number that its source calls unreliable is none.
    if mark or value is None:
        return mark or "."
    return str(int(value)) if float(value).is_integer() else str(value).replace(".", ",")


def _rows(url: str, *, base: str) -> Iterator[dict[str, Any]]:
    """The rows of every page; a next page elsewhere than at this service is refused."""
    pages = 0
    address: str | None = url
    while address:
        pages += 1
        if pages > MOST_PAGES or not address.startswith(f"{base}/"):
            raise Unavailable("Het antwoord van het CBS is anders dan verwacht. Probeer het later opnieuw.")
        page = _page(address)
        yield from page["value"]
        address = page.get("@odata.nextLink")


def _page(address: str) -> dict[str, Any]:
    # Every address begins with that of the setting, which is of the web.
    request = urllib.request.Request(address, headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            content = json.loads(answer.read(MOST_BYTES))
    except (urllib.error.URLError, OSError, ValueError) as problem:
        raise Unavailable("Het CBS geeft nu geen antwoord. Probeer het later opnieuw.") from problem
    if not isinstance(content, dict) or not isinstance(content.get("value"), list):
        raise Unavailable("Het antwoord van het CBS is anders dan verwacht. Probeer het later opnieuw.")
    return content
