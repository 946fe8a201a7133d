"""What the page of one indicator shows, made from rows that were already read: pure, no queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format

from monitoring import burden, sentences
from monitoring.catalogue import Definition
from monitoring.intervals import Z998
from monitoring.levels import LEVEL_WORDS
from monitoring.models import Aggregate
from monitoring.presenters.readings import Reading, address, period_of, read, same_period
from monitoring.presenters.themes import THEME_NAMES
from monitoring.provenance import Provenance
from monitoring.selection import AREA, PERIOD, Selection
from partners.models import AreaKind
from portal.addresses import address_of

FAVOURABLE = {
    "lower": "Lager is gunstiger",
    "higher": "Hoger is gunstiger",
    "none": "Geen oordeel: hoger of lager is niet beter of slechter",
}
OLDER = "Cijfers van een eerdere versie staan hier niet bij: die zijn anders geteld"
_LEVELS = {
    "buurt": "Cijfers tot op de buurt",
    "wijk": "Cijfers tot op de wijk",
    "gemeente": "Cijfers per gemeente",
    "regio": "Cijfers per regio",
}

# Words, address, and whether it is the one on the screen.
Choice = tuple[str, str, bool]


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """One area in a table of figures."""

    name: str
    url: str
    reading: Reading
    origin_url: str
    # The number behind the words, to sort by; None where they give a reason instead.
    value: float | None = None
    # Three years together, where the figure itself is not shown.
    pooled: Reading | None = None


def area_rows(
    figures: Iterable[Aggregate],
    definition: Definition,
    *,
    country: Aggregate | None,
    windows: Iterable[Aggregate] = (),
) -> list[AreaRow]:
    """One row per area, in the order given; `windows` are three years together, around this period."""
    url = address(definition, None)
    pooled = {window.area_id: read(window, definition) for window in windows if window.value is not None}
    rows = []
    for figure in figures:
        reading = read(figure, definition, country=country)
        rows.append(
            AreaRow(
                name=figure.area.name,
                url=f"{url}?gebied={figure.area.code}",
                reading=reading,
                origin_url=origin_url(figure, definition),
                value=None if reading.missing else figure.value,
                pooled=pooled.get(figure.area_id) if figure.status in sentences.SUPPRESSED else None,
            )
        )
    return rows


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    """One period in the table beside a time line."""

    period: str
    own: Reading
    country: Reading
    region: Reading
    origin_url: str


def period_rows(
    own: Sequence[Aggregate],
    national: Sequence[Aggregate],
    definition: Definition,
    *,
    regional: Sequence[Aggregate] = (),
) -> list[PeriodRow]:
    """One row per period of the area, oldest first; `regional` is of the region it is laid beside."""
    rows = []
    for figure in own:
        benchmark = same_period(national, figure)
        rows.append(
            PeriodRow(
                period=period_of(figure),
                own=read(figure, definition, country=benchmark),
                country=read(benchmark, definition),
                region=read(same_period(regional, figure), definition),
                origin_url=origin_url(figure, definition),
            )
        )
    return rows


def origin_url(figure: Aggregate, definition: Definition) -> str:
    """Where the files and rows of a figure stand; empty where the figure is not shown."""
    # Three years together come from the rows of each of these years.
    if figure.value is None or figure.period_id < 0:
        return ""
    words = urlencode({AREA: figure.area.code, PERIOD: figure.period.code})
    return f"{address_of('monitoring:figure-origin', definition.code)}?{words}"


def choices(chosen: Selection) -> list[tuple[str, str, list[Choice]]]:
    """What can be chosen by a link: the name, a word for its addresses, and the choices of each."""
    period = chosen.period.code if chosen.period else ""
    beside = chosen.beside.word if chosen.beside else ""
    found = [
        (
            "Periode",
            "periode",
            [(one.label, chosen.address(periode=one.code), one.code == period) for one in chosen.periods],
        ),
        (
            "Vergelijk met",
            "vergelijk",
            [
                ("Nederland", chosen.address(vergelijk="", niveau=""), not beside),
                *(
                    (one.label, chosen.address(vergelijk=one.word, niveau=""), one.word == beside)
                    for one in chosen.besides()
                ),
            ],
        ),
        (
            "Laat zien per",
            "niveau",
            [
                (
                    AreaKind(kind).label,
                    chosen.address(niveau="" if place == 0 else LEVEL_WORDS[kind]),
                    kind == chosen.level,
                )
                for place, kind in enumerate(chosen.levels)
            ],
        ),
    ]
    # One choice is none.
    return [group for group in found if len(group[2]) > 1]


def beside_sentence(chosen: Selection) -> str:
    """How the area stands to what it is laid beside, other than the country."""
    if chosen.beside is None or chosen.figure is None:
        return ""
    if chosen.beside.region is None:
        return sentences.beside_peers(chosen.municipalities, chosen.definition, label=chosen.beside.label)
    region, definition = chosen.region_figure, chosen.definition
    words = f"{chosen.beside.label}: {read(region, definition).full}."
    found = burden.against_rest(chosen.figure, region, definition, z=Z998)
    return f"{words} {sentences.beside_region(found, chosen.beside.label)}".strip()


def origin_facts(
    definition: Definition, calculated: datetime | None, *, has_older: bool = False
) -> list[tuple[str, ...]]:
    """What a careful reader asks of a figure: term, answer and sometimes an address.

    `has_older` where figures came in under an earlier version: they never stand on one line with these.
    """
    older = f". {OLDER}" if has_older else ""
    national = f" ({definition.spec_code} in de landelijke set)" if definition.spec_code else ""
    checked = "" if definition.is_verified else ". Ongeverifieerd: nog niet nagekeken bij de bron"
    moment = timezone.localtime(calculated) if calculated else None
    return [
        ("Bron", definition.source.name, definition.source.url),
        ("Licentie", definition.source.licence),
        ("Opmerking bij de bron", definition.source.note),
        ("Teller", definition.numerator),
        ("Noemer", definition.denominator),
        ("Eenheid", sentences.unit_in_full(definition)),
        ("Wat is gunstig?", FAVOURABLE[definition.direction]),
        ("Kleine aantallen", sentences.disclosure(definition)),
        ("Wat geeft de bron?", f"{_LEVELS[definition.lowest_level]}, {_how_often(definition)}"),
        ("Wat tonen wij?", _shown_of(definition)),
        ("Thema", f"{THEME_NAMES[definition.theme]}{national}"),
        ("Omschrijving", f"Versie {definition.version}{checked}{older}"),
        ("Berekend op", f"{date_format(moment, 'j F Y, H.i')} uur" if moment else ""),
    ]


def _shown_of(definition: Definition) -> str:
    """What is shown of an indicator of which persons are few nearly everywhere; empty for the others."""
    if not definition.is_by_region:
        return ""
    if definition.pooled_only:
        return "Alleen per regio, en alleen drie jaren samen"
    if definition.pooled_level == "regio":
        return "Alleen per regio"
    return "Per regio. Van een gemeente alleen drie jaren samen"


def _how_often(definition: Definition) -> str:
    if definition.period_kind == "onbekend":
        return "peildatum niet bekend"
    years = definition.every_years
    return "elk jaar" if years == 1 else f"eens in de {years} jaar"


@dataclass(frozen=True, kw_only=True)
class CountRow:
    """One count under a figure, with the file and the row that said it."""

    name: str
    reading: Reading
    file: str
    row_number: int | None


def origin_rows(found: Provenance, definition: Definition) -> list[CountRow]:
    """The counts under a figure in the order of their areas."""
    return [
        CountRow(
            name=row.figure.area.name,
            reading=read(row.figure, definition),
            file=row.file.name if row.file else "",
            row_number=row.row_number,
        )
        for row in found.rows
    ]
