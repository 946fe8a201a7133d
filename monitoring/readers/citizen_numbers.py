"""A table of counts brings no citizen service numbers along, not even in a column that nobody reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portal.findings import Findings
from portal.table_reader import Row
from portal.text_guard import find_bsn

BSN_LENGTH = 9
BSN_PROBLEM = "hier staat een getal dat een burgerservicenummer kan zijn. Verwijder deze kolom."


def refuse_citizen_numbers(
    columns: Mapping[str, int], header: Sequence[Any], body: Iterable[Row], findings: Findings
) -> Iterator[Row]:
    """The rows as they are, looked at on the way: text that no figure needs may not bring a citizen
    service number along; one error a column."""
    used = set(columns.values())
    unused = {place: str(cell).strip() for place, cell in enumerate(header) if place not in used}
    for row in body:
        place, cells = row
        for position, title in list(unused.items()) if unused else ():
            cell = cells[position] if position < len(cells) else ""
            # A workbook hands over such a number as a number.
            text = str(cell) if isinstance(cell, str | int) else ""
            if len(text) >= BSN_LENGTH and find_bsn(text):
                # Without the value: the number itself is not shown again.
                findings.error(place, title or str(position + 1), "", BSN_PROBLEM)
                del unused[position]
        yield row
