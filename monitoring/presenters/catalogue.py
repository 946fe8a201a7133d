"""The indicators by theme, and what was asked of them: pure, no queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitoring.catalogue import Definition
from monitoring.presenters.readings import ByArea, Reading, address, read, same_period
from monitoring.presenters.themes import THEME_NAMES
from partners.models import Area


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


def themes(
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
    return CatalogueRow(
        definition=definition,
        url=address(definition, area),
        country=read(benchmark, definition),
        area=read(own[-1] if own else None, definition, country=benchmark),
    )


def matching(definitions: Iterable[Definition], *, words: str = "", theme: str = "") -> list[Definition]:
    """The definitions of a theme that hold every one of the words."""
    wanted = words.casefold().split()
    return [
        definition
        for definition in definitions
        if (not theme or definition.theme == theme) and all(word in searched(definition) for word in wanted)
    ]


def searched(definition: Definition) -> str:
    """The text in which an indicator is found."""
    parts = (definition.name, definition.question, definition.description, definition.spec_code)
    return " ".join(parts).casefold()


def sources(definitions: Iterable[Definition]) -> list[tuple[str, str, str, str]]:
    """Each source once: its name, address and licence, and the indicators made from it."""
    used: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for definition in definitions:
        source = definition.source
        used[source.name, source.url, source.licence].append(definition.name)
    return [(*source, "; ".join(names)) for source, names in used.items()]
