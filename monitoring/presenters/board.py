"""What the board page shows, made from rows that were already read: pure, no queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitoring import charts, sentences
from monitoring.catalogue import INHABITANTS, Definition
from monitoring.models import Aggregate, Comparison
from monitoring.models.board import MOST_HEADLINES
from monitoring.presenters.pooled import NO_WINDOWS, Pooled, pooled_of
from monitoring.presenters.readings import ByArea, Reading, address, read, same_period
from monitoring.presenters.themes import CONTEXT
from partners.models import Area

CLEARLY_DIFFERENT = (Comparison.HIGHER, Comparison.LOWER)
INHABITANTS_LABEL = "Inwoners"


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
    # Three years together, where the year of the municipality is not shown.
    pooled: Pooled | None

    @property
    def unit(self) -> str:
        """What every number of the row counts in; empty for a percentage, which carries its own sign."""
        return sentences.unit_text(self.definition)


def headline(
    definition: Definition, figures: ByArea, *, area: Area, country: Area | None, of: str = "de regio"
) -> Headline:
    """One indicator of one area beside the country, in its newest period."""
    own = figures.get(area.pk, ())
    national = figures.get(country.pk, ()) if country else ()
    figure = own[-1] if own else None
    benchmark = same_period(national, figure)
    series = [(area.name, own), *([(country.name, national)] if country else [])]
    return Headline(
        definition=definition,
        url=address(definition, area),
        reading=read(figure, definition, country=benchmark),
        margin=sentences.margin(figure, definition, of=of) if figure else "",
        country=read(benchmark, definition).full if benchmark else "",
        sentence=sentences.figure_sentence(figure, benchmark, definition, place=area.name),
        chart=charts.small_multiple(series, definition) if _has_number(own) else None,
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
        own = figures[definition.code][area.pk]
        national = figures[definition.code].get(country.pk, ()) if country else ()
        url = address(definition, area)
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
    shown: Iterable[Headline],
    figures: Mapping[str, ByArea],
    *,
    municipality: Area,
    area: Area,
    country: Area | None,
    windows: Mapping[str, ByArea] = NO_WINDOWS,
) -> list[BesideRegion]:
    """The headline figures of one municipality, in the period that the region shows."""
    found = []
    for item in shown:
        by_area = figures[item.definition.code]
        of_region = by_area.get(area.pk, ())
        regional = of_region[-1] if of_region else None
        national = same_period(by_area.get(country.pk, ()) if country else (), regional)
        own = same_period(by_area.get(municipality.pk, ()), regional)
        of_years = windows.get(item.definition.code, {})
        found.append(
            BesideRegion(
                definition=item.definition,
                url=address(item.definition, area),
                own=read(own, item.definition, country=national),
                region=read(regional, item.definition),
                country=read(national, item.definition),
                pooled=pooled_of(own, of_years, item.definition, municipality, country) if own else None,
            )
        )
    return found


def headlines(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    *,
    area: Area,
    country: Area | None,
    of: str = "de regio",
) -> list[Headline]:
    """These indicators, of which the area has figures; `of` is what the page calls it."""
    return [
        headline(definition, figures.get(definition.code, {}), area=area, country=country, of=of)
        for definition in definitions
    ]


def chosen(
    fit: Iterable[Definition], newest: Mapping[str, Aggregate], codes: Sequence[str] = ()
) -> list[Definition]:
    """The four that lead, of those fit to lead: as the coordinator chose them, else of those with
    figures what clearly differs and then the first ones."""
    fit = list(fit)
    by_code = {item.code: item for item in fit}
    # A definition may have lost its check since it was chosen.
    if wanted := [by_code[code] for code in codes if code in by_code]:
        return wanted
    found = [item for item in fit if item.theme != CONTEXT and item.code in newest]
    by_weight = sorted(found, key=lambda item: newest[item.code].compared_998 not in CLEARLY_DIFFERENT)
    return sorted(by_weight[:MOST_HEADLINES], key=found.index)


def describing(definitions: Iterable[Definition], newest: Mapping[str, Aggregate]) -> list[Definition]:
    """The indicators that only describe an area and that have figures."""
    return [item for item in definitions if item.theme == CONTEXT and item.code in newest]


def summary(definitions: Iterable[Definition], newest: Mapping[str, Aggregate]) -> str:
    """All figures about a good start of an area, each the newest, in one or two sentences."""
    judged: dict[str, list[str]] = {"ongunstiger": [], "gunstiger": [], "": []}
    is_made_up = False
    for definition in definitions:
        figure = newest.get(definition.code)
        if definition.theme == CONTEXT or definition.direction == "none" or figure is None:
            continue
        if figure.compared_998 is not None:
            judged[sentences.judgement(figure, definition)].append(definition.name)
            is_made_up = is_made_up or definition.is_demo
    words = sentences.summary(worse=judged["ongunstiger"], better=judged["gunstiger"], same=len(judged[""]))
    return f"{words} Let op: dit zijn verzonnen cijfers." if is_made_up else words


def own_summary(rows: Iterable[BesideRegion]) -> str:
    """The same of the headline figures of one municipality, of three years together where a year is not
    shown; empty where none of them can be judged."""
    judged: dict[str, list[str]] = {"ongunstiger": [], "gunstiger": [], "": []}
    for row in rows:
        years = row.pooled.reading if row.pooled and row.pooled.reading.comparison else None
        reading = years or row.own
        if reading.comparison and row.definition.direction != "none":
            name = row.definition.name
            judged[reading.judgement].append(f"{name} ({years.period})" if years else name)
    return sentences.summary(worse=judged["ongunstiger"], better=judged["gunstiger"], same=len(judged[""]))
