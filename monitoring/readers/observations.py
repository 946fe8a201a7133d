"""Tables of counts delivered by partners or taken from a source: one row is one figure."""

import itertools
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from monitoring.catalogue import Definition, load_definitions
from monitoring.readers.citizen_numbers import refuse_citizen_numbers
from monitoring.readers.headings import BIRTH_CARE, HEADER_WITHIN, MARK, laid_out, plain, split_header
from monitoring.readers.reading import (
    COUNTRY,
    COUNTRY_CODES,
    LIMITS,
    NO_FIGURE,
    PSEUDO_MUNICIPALITY,
    Layout,
    Number,
    Reading,
    StagedRow,
    Status,
    skipped_pseudo,
)
from monitoring.readers.values import (
    NO_MARK,
    UNKNOWN_PERIOD,
    DecimalMark,
    decimal_marks,
    is_window,
    mark,
    municipality_code,
    native_number,
    parse_number,
    period,
)
from portal.findings import Findings, Unreadable
from portal.numbers import dutch_number
from portal.table_reader import Row, read_table

# Of a period the codes of hospitals by their exact names.
Hospitals = Callable[[str], Mapping[str, str]]
MOST_DIGITS = 15
HUNDRED = 100
# Which of two reasons is told where numerator and denominator each have their own.
GRAVEST: tuple[Status, ...] = (
    "withheld_by_source",
    "unreliable",
    "not_available",
    "not_delivered",
    "not_applicable",
)


def _no_hospitals(_period: str) -> Mapping[str, str]:
    return {}


def read_observation_table(
    source: BinaryIO,
    filename: str,
    *,
    decimal_mark: DecimalMark | None = None,
    definitions: Iterable[Definition] | None = None,
    layout: Layout | None = None,
    names: Mapping[str, str] | None = None,
    hospitals: Hospitals | None = None,
) -> Reading:
    """The figures in a CSV or XLSX table with a numerator and a denominator in each row.

    `decimal_mark` fixes how numbers are written where the file itself leaves that open, `layout`
    which column holds what. `names` gives the code of an area by its exact name, and `hospitals` of a
    period that of a hospital.
    """
    known = load_definitions() if definitions is None else definitions
    reading = Reading()
    reading.rows = _read(
        source,
        filename,
        reading,
        mark=decimal_mark or (layout.decimal_mark if layout else None),
        definitions={definition.code: definition for definition in known},
        layout=layout,
        names=names or {},
        hospitals=hospitals or _no_hospitals,
    )
    return reading


def _read(
    source: BinaryIO,
    filename: str,
    reading: Reading,
    *,
    mark: DecimalMark | None,
    definitions: Mapping[str, Definition],
    layout: Layout | None,
    names: Mapping[str, str],
    hospitals: Hospitals,
) -> Iterator[StagedRow]:
    """The file is read twice: what holds for all of it, such as the decimal mark, follows from all of it."""
    findings = reading.findings
    try:
        rows = read_table(source, filename, findings, limits=LIMITS)
        head = list(itertools.islice(rows, HEADER_WITHIN))
        index, columns = laid_out(head, layout, findings) if layout else split_header(head, findings)
        place, header = head[index]
        body = _counted(itertools.chain(head[index + 1 :], rows), reading)
        body = refuse_citizen_numbers(columns, header, body, findings)
        sign = mark or _decimal_mark(columns, body, findings)
        deque(body, maxlen=0)
        if not reading.total:
            raise Unreadable("Onder de kolomkoppen staan geen rijen. Vul het bestand aan.")
        table = _Table(columns, sign, definitions, findings)
        table.fixed = layout.fixed if layout else {}
        table.names, table.hospitals = names, hospitals
        table.is_birth_care = plain(header[columns["gemeentecode"]]) in BIRTH_CARE
        again = read_table(source, filename, Findings(), limits=LIMITS)
        yield from table.staged(row for row in again if row[0] > place)
    except Unreadable as problem:
        findings.refuse(str(problem))
    else:
        table.note_what_was_changed()


def _counted(rows: Iterable[Row], reading: Reading) -> Iterator[Row]:
    for row in rows:
        reading.total += 1
        yield row


def _decimal_mark(columns: Mapping[str, int], body: Iterable[Row], findings: Findings) -> DecimalMark:
    """The decimal mark of the whole file; two kinds, or one that can be read twice, is an error."""
    first: dict[DecimalMark, tuple[int, str, str]] = {}
    open_to_two: tuple[int, str, str] | None = None
    for place, column, text in _written_numbers(columns, body):
        marks = decimal_marks(text)
        if len(marks) == 1:
            (sign,) = marks
            first.setdefault(sign, (place, column, text))
            if len(first) == 2:
                break
        elif marks and open_to_two is None:
            open_to_two = (place, column, text)
    if len(first) == 2:
        (row, column, text), (other_row, _, other) = sorted(first.values())[::-1]
        findings.error(
            row,
            column,
            text,
            f"'{text}' gebruikt een ander decimaalteken dan '{other}' in rij {other_row}."
            " Gebruik in het hele bestand een komma of in het hele bestand een punt.",
        )
    elif not first and open_to_two:
        row, column, text = open_to_two
        findings.error(
            row,
            column,
            text,
            f"'{text}' is op twee manieren te lezen. Schrijf aantallen zonder punt of komma, bijvoorbeeld"
            " 1234, of kies bij de kolommen hoe getallen geschreven zijn.",
        )
    return next(iter(first), ",")


def _written_numbers(columns: Mapping[str, int], body: Iterable[Row]) -> Iterator[tuple[int, str, str]]:
    wanted = [(column, columns[column]) for column in ("teller", "noemer")]
    for place, cells in body:
        for column, position in wanted:
            cell = cells[position] if position < len(cells) else ""
            # Whole numbers are by far the most: they say nothing about the mark.
            if isinstance(cell, str) and not cell.isdigit() and (text := cell.strip()):
                yield place, column, text


class _Table:
    """The rows of one table, checked one by one; what was changed on the way is counted."""

    def __init__(
        self,
        columns: Mapping[str, int],
        decimal_mark: DecimalMark,
        definitions: Mapping[str, Definition],
        findings: Findings,
    ) -> None:
        self.columns = columns
        self.decimal_mark: DecimalMark = decimal_mark
        self.definitions = definitions
        self.findings = findings
        self.fixed: Mapping[str, str] = {}
        self.names: Mapping[str, str] = {}
        self.hospitals: Hospitals = _no_hospitals
        self.is_birth_care = False
        self.rewritten: Counter[tuple[str, str]] = Counter()
        self.pseudo = 0

    def staged(self, body: Iterable[Row]) -> Iterator[StagedRow]:
        last = max(self.columns.values())
        for place, cells in body:
            short = last + 1 - len(cells)
            full = cells + ("",) * short if short > 0 else cells
            if row := self._row(
                place, {**self.fixed, **{name: full[at] for name, at in self.columns.items()}}
            ):
                yield row

    def note_what_was_changed(self) -> None:
        if self.rewritten:
            (written, code), _ = next(iter(self.rewritten.items()))
            what = "VSV's" if self.is_birth_care else "codes"
            self.findings.notes.append(
                f"Anders geschreven {what}: {dutch_number(self.rewritten.total())},"
                # A hospital has a number of its own below the code of its VSV.
                f" bijvoorbeeld '{written}' als {code.partition('/')[0]}."
            )
        if self.pseudo:
            self.findings.notes.append(skipped_pseudo(self.pseudo))

    def _row(self, place: int, cells: Mapping[str, Any]) -> StagedRow | None:
        code = self._code(place, cells["gemeentecode"], cells["periode"])
        if code == PSEUDO_MUNICIPALITY:
            self.pseudo += 1
            return None
        when = self._period(place, cells["periode"])
        indicator = self._indicator(place, cells["indicator"])
        x = self._value(place, "teller", cells["teller"])
        n = self._value(place, "noemer", cells["noemer"])
        marked = self._marked(place, cells[MARK]) if MARK in cells else "reported"
        if code is None or when is None or indicator is None or x is None or n is None or marked is None:
            return None
        numerator = None if isinstance(x, str) else x
        denominator = None if isinstance(n, str) else n
        status: Status = "reported"
        if numerator is None or denominator is None or marked != "reported":
            status = next(status for status in GRAVEST if status in (x, n, marked))
        if not self._is_possible(place, indicator, numerator, denominator):
            return None
        if status != "reported":
            numerator = None
        return StagedRow(place, code, when, indicator, numerator, denominator, status)

    def _code(self, place: int, cell: Any, when: Any) -> str | None:
        code = None if self.is_birth_care else municipality_code(cell)
        # By far most are written as they should be.
        if code is not None and code == cell:
            return code
        written = unicodedata.normalize("NFC", cell).strip() if isinstance(cell, str) else cell
        if self.is_birth_care:
            return self._birth_care(place, written, when)
        code = code or self._named(written, when)
        if code is None and written in COUNTRY_CODES:
            return COUNTRY
        if code is None:
            problem = (
                f"'{cell}' is geen gemeentecode, en geen naam zoals die bij Gemeenten staat."
                " Een gemeentecode is GM met vier cijfers. Een regio schrijf je met haar hele naam of haar"
                " code: GGD Limburg-Noord, PV31 of NL."
            )
            self.findings.error(place, "gemeentecode", cell, problem)
        elif cell != code:
            self.rewritten[str(cell), code] += 1
        return code

    def _named(self, written: Any, when: Any) -> str | None:
        """The code of the area with this name, or of the VSV that this hospital belonged to in the period."""
        if not isinstance(written, str):
            return None
        found = {self.names.get(written), self.hospitals(period(when) or UNKNOWN_PERIOD).get(written)}
        codes = found - {None}
        return codes.pop() if len(codes) == 1 else None

    def _birth_care(self, place: int, written: Any, when: Any) -> str | None:
        """The code of a VSV, or of the one that this hospital belonged to in the period."""
        code = self._named(written, when) or ""
        if not code.startswith("VSV"):
            problem = (
                f"'{written}' is geen VSV en geen ziekenhuis dat toen bij één VSV met een code hoorde."
                " Gebruik een code of naam van de lijst met VSV's."
            )
            self.findings.error(place, "vsv", written, problem)
            return None
        if written != code:
            self.rewritten[written, code] += 1
        return code

    def _period(self, place: int, cell: Any) -> str | None:
        when = period(cell)
        if when is None:
            problem = f"'{cell}' is geen periode. Vul een jaar in, bijvoorbeeld 2022."
            if is_window(cell):
                # Laid beside single years, or beside a window that overlaps it, such a sum tells a year.
                problem = (
                    f"'{cell}' is meer dan één jaar. Lever elk jaar apart; het portaal telt jaren zelf op."
                )
            self.findings.error(place, "periode", cell, problem)
        return when

    def _indicator(self, place: int, cell: Any) -> str | None:
        code = str(cell).strip()
        if not code:
            self.findings.error(place, "indicator", cell, "de code van de indicator ontbreekt.")
        return code or None

    def _value(self, place: int, column: str, cell: Any) -> Number | Status | None:
        """The number, else the status that the mark stands for, else None with an error noted."""
        found: Number | Status | None
        # By far most cells are plain whole numbers; this line is what a large file costs.
        if type(cell) is str and cell.isdecimal() and len(cell) <= MOST_DIGITS:
            return int(cell)
        if isinstance(cell, str):
            found = self._written(cell.strip())
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            found = mark(str(int(cell))) if cell in NO_FIGURE else native_number(cell)
        else:
            found = None
        if found is None or (not isinstance(found, str) and found < 0):
            problem = (
                f"'{cell}' is geen aantal. Vul een getal van 0 of meer in,"
                " of laat de cel leeg als het cijfer er niet is."
            )
            self.findings.error(place, column, cell, problem)
            return None
        return found

    def _marked(self, place: int, cell: Any) -> Status | None:
        """What the source says of the number beside this cell; None with an error noted."""
        written = str(cell).strip()
        found: Status | None = "reported" if written.lower() in NO_MARK else mark(written)
        if found is None:
            problem = (
                f"'{cell}' is geen markering die wij kennen. Schrijf ‘onbetrouwbaar’ waar de bron dat zegt,"
                " en laat de cel anders leeg."
            )
            self.findings.error(place, MARK, cell, problem)
        return found

    def _written(self, text: str) -> Number | Status | None:
        status = mark(text)
        if status is not None:
            return status
        value = parse_number(text, self.decimal_mark)
        if value is None and (other := decimal_marks(text)):
            # The other mark is one error for the whole file and noted as such, not per row.
            return parse_number(text, next(iter(other)))
        return value

    def _is_possible(self, place: int, indicator: str, x: Number | None, n: Number | None) -> bool:
        definition = self.definitions.get(indicator)
        counts_persons = definition is None or definition.is_share or definition.at_risk
        error = self.findings.error
        if definition and not definition.has_counts:
            return self._is_share_of_hundred(place, x, n)
        if x is not None and x != int(x):
            error(place, "teller", _dutch(x), f"'{_dutch(x)}' is geen heel getal. Tel hele personen.")
        elif n is not None and n != int(n) and counts_persons:
            error(place, "noemer", _dutch(n), f"'{_dutch(n)}' is geen heel getal. Tel hele personen.")
        elif x is not None and n == 0 and x > 0:
            problem = f"'{_dutch(x)}' bij een noemer van 0 kan niet. Controleer beide aantallen."
            error(place, "teller", _dutch(x), problem)
        elif x is not None and n is not None and definition and definition.is_share and x > n:
            problem = f"'{_dutch(x)}' is meer dan de noemer {_dutch(n)}. Controleer beide aantallen."
            error(place, "teller", _dutch(x), problem)
        else:
            return True
        return False

    def _is_share_of_hundred(self, place: int, x: Number | None, n: Number | None) -> bool:
        """Whether a percentage without counts stands there as so many of a hundred."""
        if self.is_birth_care:
            problem = "de bron van dit cijfer geeft geen aantallen, en dus geen cijfer van een VSV."
            self.findings.error(place, "vsv", "", problem)
        elif n is not None and n != HUNDRED:
            problem = (
                f"'{_dutch(n)}' kan hier niet: de bron van dit cijfer geeft geen aantallen. Zet het"
                " percentage in de kolom teller, en 100 in de kolom noemer."
            )
            self.findings.error(place, "noemer", _dutch(n), problem)
        elif x is not None and x > HUNDRED:
            self.findings.error(place, "teller", _dutch(x), f"'{_dutch(x)}' is meer dan 100 procent.")
        else:
            return True
        return False


def _dutch(value: Number) -> str:
    return str(value).replace(".", ",")
