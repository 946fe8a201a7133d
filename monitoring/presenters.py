"""What pages of figures show, made from rows that were already read: pure, no queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from monitoring import charts, sentences
from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Status
from partners.models import Area, AreaKind
from portal.numbers import dutch_number

CONTEXT = "context"
THEME_NAMES = {
    "voor": "Voor de zwangerschap",
    "tijdens": "Tijdens de zwangerschap",
    "geboorte": "Rond de geboorte",
    "na": "Na de geboorte",
    "gezin": "Het gezin",
    CONTEXT: "Over het gebied",
}
HEADLINES = 4
# The key figures of CBS carry the inhabitants as the numerator of this indicator.
INHABITANTS = "inwoners-per-huishouden"
INHABITANTS_LABEL = "Inwoners"

ByArea = Mapping[int, Sequence[Aggregate]]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One figure as words: either a value or the reason why there is none."""

    value: str = ""
    unit: str = ""
    missing: str = ""
    margin: str = ""
    period: str = ""
    numerator: str = ""
    denominator: str = ""
    comparison: str = ""
    short_comparison: str = ""
    judgement: str = ""
    coverage: str = ""

    @property
    def full(self) -> str:
        """Value and unit in one, or the reason."""
        return self.missing or f"{self.value} {self.unit}".strip()


def read(figure: Aggregate | None, definition: Definition, *, country: Aggregate | None = None) -> Reading:
    """The words of one figure, beside the country where that is given."""
    if figure is None:
        return Reading(missing=sentences.reason(Status.NOT_DELIVERED))
    common = {"period": figure.period.label, "coverage": sentences.coverage(figure)}
    if figure.value is None or figure.numerator is None or figure.denominator is None:
        return Reading(missing=sentences.reason(figure.status), **common)
    return Reading(
        value=sentences.value_text(figure.value, definition),
        unit=sentences.unit_text(definition),
        margin=sentences.limits_text(figure, definition),
        numerator=dutch_number(figure.numerator),
        denominator=dutch_number(figure.denominator),
        comparison=sentences.comparison(figure, country, definition),
        short_comparison=sentences.short_comparison(figure, country, definition),
        judgement=sentences.judgement(figure, definition),
        **common,
    )


@dataclass(frozen=True, kw_only=True)
class Headline:
    """One indicator of one area on the board page."""

    definition: Definition
    url: str
    reading: Reading
    margin: str
    country: str
    sentence: str
    chart: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure about the area as a whole, in its two newest periods and beside the country."""

    label: str
    unit: str
    url: str
    earlier: str
    newest: str
    country: str
    source: str


@dataclass(frozen=True, kw_only=True)
class BesideRegion:
    """One indicator of the municipality of an alderman, beside her region and the country."""

    definition: Definition
    url: str
    own: Reading
    region: Reading
    country: Reading


def by_indicator(figures: Iterable[Aggregate]) -> dict[str, dict[int, list[Aggregate]]]:
    """Figures by the code of their indicator and then by area, in the order they came in."""
    found: dict[str, dict[int, list[Aggregate]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        found[figure.indicator.code][figure.area_id].append(figure)
    return found


def country_of(figures: Iterable[Aggregate]) -> Area | None:
    """The country among the areas of these figures."""
    areas = (figure.area for figure in figures)
    return next((area for area in areas if area.kind == AreaKind.COUNTRY), None)


def same_period(figures: Sequence[Aggregate], like: Aggregate | None) -> Aggregate | None:
    """The figure of the period of `like`."""
    if like is None:
        return None
    return next((figure for figure in figures if figure.period_id == like.period_id), None)


def headline(definition: Definition, figures: ByArea, *, area: Area, country: Area | None) -> Headline:
    """One indicator of one area beside the country, in its newest period."""
    own = figures[area.pk]
    national = figures.get(country.pk, ()) if country else ()
    figure = own[-1]
    benchmark = same_period(national, figure)
    series = [(area.name, own), *([(country.name, national)] if country else [])]
    return Headline(
        definition=definition,
        url=f"{figure.indicator.get_absolute_url()}?gebied={area.code}",
        reading=read(figure, definition, country=benchmark),
        margin=sentences.margin(figure, definition),
        country=read(benchmark, definition).full,
        sentence=sentences.figure_sentence(figure, benchmark, definition, place=area.name),
        chart=charts.time_line(series, definition, height=110) if _has_number(own) else None,
    )


def _has_number(figures: Iterable[Aggregate]) -> bool:
    return any(figure.value is not None for figure in figures)


def lines_about(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    *,
    area: Area,
    country: Area | None,
) -> list[Line]:
    """Inhabitants, and the indicators that only describe an area."""
    found: list[Line] = []
    for definition in definitions:
        own = figures.get(definition.code, {}).get(area.pk, ())
        if definition.theme != CONTEXT or not own:
            continue
        national = figures[definition.code].get(country.pk, ()) if country else ()
        url = f"{own[-1].indicator.get_absolute_url()}?gebied={area.code}"
        if definition.code == INHABITANTS:
            found.insert(0, _line(definition, own, national, url, inhabitants=True))
        found.append(_line(definition, own, national, url))
    return found


def _line(
    definition: Definition,
    own: Sequence[Aggregate],
    national: Sequence[Aggregate],
    url: str,
    *,
    inhabitants: bool = False,
) -> Line:
    def words(figure: Aggregate | None) -> str:
        if figure is None:
            return ""
        reading = read(figure, definition)
        number = reading.numerator if inhabitants else reading.value
        return f"{reading.missing or number} ({reading.period})"

    return Line(
        label=INHABITANTS_LABEL if inhabitants else definition.name,
        unit="" if inhabitants or _names_its_unit(definition) else definition.unit,
        url=url,
        earlier=words(own[-2] if len(own) > 1 else None),
        newest=words(own[-1]),
        country=words(same_period(national, own[-1])),
        source=definition.source.name,
    )


def _names_its_unit(definition: Definition) -> bool:
    return definition.unit.lower() in {definition.name.lower(), sentences.PERCENT}


def beside_region(
    chosen: Iterable[Headline],
    figures: Mapping[str, ByArea],
    *,
    municipality: Area,
    area: Area,
    country: Area | None,
) -> list[BesideRegion]:
    """The headline figures of one municipality, in the period that the region shows."""
    found = []
    for item in chosen:
        by_area = figures[item.definition.code]
        regional = by_area[area.pk][-1]
        national = same_period(by_area.get(country.pk, ()) if country else (), regional)
        own = same_period(by_area.get(municipality.pk, ()), regional)
        found.append(
            BesideRegion(
                definition=item.definition,
                url=f"{regional.indicator.get_absolute_url()}?gebied={area.code}",
                own=read(own, item.definition, country=national),
                region=read(regional, item.definition),
                country=read(national, item.definition),
            )
        )
    return found


def headlines(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    *,
    area: Area,
    country: Area | None,
) -> list[Headline]:
    """The first indicators about a good start that this area has figures of."""
    chosen = [
        definition
        for definition in definitions
        if definition.theme != CONTEXT and area.pk in figures.get(definition.code, {})
    ]
    return [
        headline(definition, figures[definition.code], area=area, country=country)
        for definition in chosen[:HEADLINES]
    ]


def summary(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    *,
    area: Area,
) -> str:
    """All figures about a good start of this area in one or two sentences."""
    judged: dict[str, list[str]] = {"ongunstiger": [], "gunstiger": [], "": []}
    is_made_up = False
    for definition in definitions:
        own = figures.get(definition.code, {}).get(area.pk, ())
        if definition.theme == CONTEXT or definition.direction == "none" or not own:
            continue
        if own[-1].compared_998 is not None:
            judged[sentences.judgement(own[-1], definition)].append(definition.name)
            is_made_up = is_made_up or definition.is_demo
    words = sentences.summary(worse=judged["ongunstiger"], better=judged["gunstiger"], same=len(judged[""]))
    return f"{words} Let op: dit zijn verzonnen cijfers." if is_made_up else words


def calculated_at(figures: Iterable[Aggregate]) -> datetime | None:
    """When the newest of these figures was worked out."""
    moments = [figure.partition.finished_at for figure in figures if figure.partition.finished_at]
    return max(moments, default=None)


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
    return [
        AreaRow(
            name=figure.area.name,
            url=f"{figure.indicator.get_absolute_url()}?gebied={figure.area.code}",
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


@dataclass(frozen=True, kw_only=True)
class CatalogueRow:
    """One indicator in the catalogue, in its newest period."""

    definition: Definition
    url: str
    country: Reading
    area: Reading


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The indicators of one theme."""

    name: str
    rows: list[CatalogueRow]


def catalogue(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    *,
    area: Area | None,
    country: Area | None,
) -> list[Theme]:
    """The indicators by theme, in the order of a pregnancy; what only describes an area comes last."""
    rows: dict[str, list[CatalogueRow]] = {theme: [] for theme in THEME_NAMES}
    for definition in definitions:
        rows[definition.theme].append(
            _catalogue_row(definition, figures.get(definition.code, {}), area, country)
        )
    return [Theme(name=THEME_NAMES[key], rows=found) for key, found in rows.items() if found]


def _catalogue_row(
    definition: Definition, figures: ByArea, area: Area | None, country: Area | None
) -> CatalogueRow:
    national = figures.get(country.pk, ()) if country else ()
    own = figures.get(area.pk, ()) if area else ()
    newest = own[-1] if own else national[-1] if national else None
    benchmark = same_period(national, newest) if newest else None
    url = reverse("monitoring:indicator-detail", args=[definition.code])
    return CatalogueRow(
        definition=definition,
        url=f"{url}?gebied={area.code}" if area else url,
        country=read(benchmark, definition),
        area=read(own[-1] if own else None, definition, country=benchmark),
    )


def matching(definitions: Iterable[Definition], *, words: str = "", theme: str = "") -> list[Definition]:
    """The definitions of a theme that hold every one of the words."""
    wanted = words.casefold().split()
    return [
        definition
        for definition in definitions
        if (not theme or definition.theme == theme) and all(word in _searched(definition) for word in wanted)
    ]


def _searched(definition: Definition) -> str:
    parts = (definition.name, definition.question, definition.description, definition.spec_code)
    return " ".join(parts).casefold()


def sources(definitions: Iterable[Definition]) -> list[tuple[str, str, str, str]]:
    """Each source once: its name, address and licence, and the indicators made from it."""
    used: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for definition in definitions:
        source = definition.source
        used[source.name, source.url, source.licence].append(definition.name)
    return [(*source, "; ".join(names)) for source, names in used.items()]
