"""What the page of one indicator shows, made from rows that were already read: pure, no queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from monitoring.catalogue import Definition
from monitoring.models import Aggregate
from monitoring.presenters.readings import Reading, address, read, same_period
from monitoring.presenters.themes import THEME_NAMES


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """One area in a table of figures."""

    name: str
    url: str
    reading: Reading


def area_rows(
    figures: Iterable[Aggregate], definition: Definition, *, country: Aggregate | None
) -> list[AreaRow]:
    """One row per area, in the order given."""
    url = address(definition, None)
    return [
        AreaRow(
            name=figure.area.name,
            url=f"{url}?gebied={figure.area.code}",
            reading=read(figure, definition, country=country),
        )
        for figure in figures
    ]


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    """One period in the table beside a time line."""

    period: str
    own: Reading
    country: Reading


def period_rows(
    own: Sequence[Aggregate], national: Sequence[Aggregate], definition: Definition
) -> list[PeriodRow]:
    """One row per period of the area, oldest first."""
    rows = []
    for figure in own:
        benchmark = same_period(national, figure)
        rows.append(
            PeriodRow(
                period=figure.period.label,
                own=read(figure, definition, country=benchmark),
                country=read(benchmark, definition),
            )
        )
    return rows


def origin_facts(definition: Definition, calculated: datetime | None) -> list[tuple[str, ...]]:
    """What a careful reader asks of a figure: term, answer and sometimes an address."""
    checked = "" if definition.is_verified else ". Nog niet nagekeken bij de bron"
    moment = timezone.localtime(calculated) if calculated else None
    return [
        ("Bron", definition.source.name, definition.source.url),
        ("Licentie", definition.source.licence),
        ("Opmerking bij de bron", definition.source.note),
        ("Teller", definition.numerator),
        ("Noemer", definition.denominator),
        ("Thema", THEME_NAMES[definition.theme]),
        ("Omschrijving", f"Versie {definition.version}{checked}"),
        ("Berekend op", f"{date_format(moment, 'j F Y, H.i')} uur" if moment else ""),
    ]
