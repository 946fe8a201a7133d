"""The catalogue of indicators: one checked definition file each in `monitoring/definitions/`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

DEFINITIONS = Path(__file__).parent / "definitions"
# The key figures of CBS carry the inhabitants as the numerator of this indicator.
INHABITANTS = "inwoners-per-huishouden"
THEMES = ("context", "voor", "tijdens", "geboorte", "na", "gezin", "aanpak")
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": THEMES,
    "direction": ("lower", "higher", "none"),
    "interval": ("wilson", "byar", "none"),
    "period_kind": ("jaar", "onbekend"),
    "disclosure": ("open", "counts", "counts-and-zero"),
    "aggregation": ("ratio", "none"),
    "lowest_level": ("buurt", "wijk", "gemeente", "regio"),
    "pooled_level": ("gemeente", "regio"),
}
TYPE_NAMES = {str: "tekst", int: "een geheel getal", bool: "true of false"}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SPEC_CODE = re.compile(r"[A-Z]{2}\d{2}")


class DefinitionError(ValueError):
    """A definition file breaks the schema; the message names the file and the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who published the counts and under which licence."""

    name: str
    licence: str
    note: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of one indicator: numerator over denominator, times `factor`.

    `is_share` says that the numerator is part of the denominator. `disclosure` says what of small
    numbers may be shown: everything ("open": it counts no persons, or everybody), no count below
    ten, or not even a zero. `aggregation` is "none" where the source gives no counts, so that
    nothing can be summed. `lowest_level` is the smallest area that the source knows, `pooled_level` the
    smallest of which three years together are shown; `pooled_only` says that no year is shown by itself.
    `parts` names the indicators that this one is together; a person in several of them counts once.
    """

    code: str
    version: int
    name: str
    question: str
    theme: str
    description: str
    numerator: str
    denominator: str
    # In a sentence with both counts: 17.811.291 inwoners op 8.270.244 huishoudens.
    numerator_noun: str
    denominator_noun: str
    factor: int
    unit: str
    decimals: int
    direction: str
    is_share: bool
    interval: str
    disclosure: str
    aggregation: str
    lowest_level: str
    every_years: int
    is_demo: bool
    is_verified: bool
    period_kind: str
    reading: str
    source: Source
    spec_code: str = ""
    # Indicators, separated by spaces, that together are this one: who is in one of them is in this.
    parts: str = ""
    pooled_level: str = "gemeente"
    pooled_only: bool = False

    @property
    def at_risk(self) -> bool:
        """Whether persons are counted, so that small numbers are protected and differences judged."""
        return self.disclosure != "open"

    @property
    def has_counts(self) -> bool:
        """Whether the source gives counts, so that those of municipalities can be summed."""
        return self.aggregation == "ratio"

    @property
    def is_by_region(self) -> bool:
        """Whether persons are so few nearly everywhere that no municipality has a figure of one year."""
        return self.at_risk and self.lowest_level == "regio"

    @property
    def part_codes(self) -> tuple[str, ...]:
        """The codes of the indicators that together are this one."""
        return tuple(self.parts.split())

    @property
    def order(self) -> tuple[int, str, str]:
        """By theme in the order of a pregnancy, then by the national code, then by name."""
        return THEMES.index(self.theme), self.spec_code, self.name


@cache
def load_definitions(folder: Path = DEFINITIONS) -> tuple[Definition, ...]:
    """Every definition of the folder, in order, read once; DefinitionError on the first broken file."""
    return _unique((path, read_definition(path)) for path in sorted(folder.glob("*.toml")))


def codes_without_counts() -> list[str]:
    """The indicators of which the source gives shares alone."""
    return [definition.code for definition in load_definitions() if not definition.has_counts]


def read_definition(path: Path) -> Definition:
    """The definition in one file; DefinitionError where the file breaks the schema."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name}: dit is geen leesbaar TOML-bestand ({error}).") from None
    source = content.pop("source", None)
    if not isinstance(source, dict):
        raise DefinitionError(f"{path.name}: het blok [source] ontbreekt.")
    main = [field for field in fields(Definition) if field.name != "source"]
    checked = _checked(path.name, content, main)
    checked_source = _checked(path.name, source, fields(Source), prefix="source.")
    definition = Definition(**checked, source=Source(**checked_source))
    _check_meaning(path, definition)
    return definition


def _unique(found: Iterable[tuple[Path, Definition]]) -> tuple[Definition, ...]:
    """The definitions in order; a code is unique by its file name, the national code is checked."""
    seen: dict[str, Path] = {}
    definitions = []
    for path, definition in found:
        code = definition.spec_code
        if code in seen:
            raise DefinitionError(f"{path.name}: spec_code '{code}' staat ook in {seen[code].name}.")
        if code:
            seen[code] = path
        definitions.append(definition)
    codes = {definition.code for definition in definitions}
    for definition in definitions:
        if unknown := set(definition.part_codes) - codes:
            raise DefinitionError(f"{definition.code}.toml: deel '{min(unknown)}' is geen indicator.")
    return tuple(sorted(definitions, key=lambda definition: definition.order))


def _checked(
    file: str, content: Mapping[str, Any], schema: Iterable[Field[Any]], prefix: str = ""
) -> dict[str, Any]:
    """The content, with exactly the keys of the schema, each of its type and not blank."""
    known = {field.name: field for field in schema}
    for key in content:
        if key not in known:
            raise DefinitionError(f"{file}: sleutel '{prefix}{key}' is onbekend.")
    for key, field in known.items():
        if key in content:
            _check_value(file, prefix + key, content[key], field.type)
        elif field.default is MISSING:
            raise DefinitionError(f"{file}: sleutel '{prefix}{key}' ontbreekt.")
    return dict(content)


def _check_value(file: str, key: str, value: object, expected: Any) -> None:
    # bool is a kind of int in Python, hence the exact type.
    if type(value) is not expected:
        raise DefinitionError(f"{file}: sleutel '{key}' moet {TYPE_NAMES[expected]} zijn.")
    if isinstance(value, str) and not value.strip():
        raise DefinitionError(f"{file}: sleutel '{key}' is leeg.")
    allowed = CHOICES.get(key)
    if allowed and value not in allowed:
        raise DefinitionError(f"{file}: sleutel '{key}' is '{value}'; kies uit {', '.join(allowed)}.")


def _check_meaning(path: Path, definition: Definition) -> None:
    file = path.name
    if not CODE.fullmatch(definition.code):
        raise DefinitionError(f"{file}: sleutel 'code' mag alleen a-z, 0-9 en streepjes hebben.")
    if definition.code != path.stem:
        raise DefinitionError(f"{file}: sleutel 'code' moet gelijk zijn aan de bestandsnaam.")
    if definition.spec_code and not SPEC_CODE.fullmatch(definition.spec_code):
        raise DefinitionError(f"{file}: sleutel 'spec_code' moet eruitzien als GE01.")
    if definition.version < 1:
        raise DefinitionError(f"{file}: sleutel 'version' moet 1 of hoger zijn.")
    if definition.factor < 1:
        raise DefinitionError(f"{file}: sleutel 'factor' moet 1 of hoger zijn.")
    if not 0 <= definition.decimals <= 4:
        raise DefinitionError(f"{file}: sleutel 'decimals' moet 0 tot en met 4 zijn.")
    if definition.unit == "%" and definition.factor != 100:
        raise DefinitionError(f"{file}: sleutel 'factor' moet 100 zijn bij de eenheid %.")
    if definition.interval == "wilson" and not definition.is_share:
        raise DefinitionError(
            f"{file}: sleutel 'interval' kan alleen wilson zijn als de teller deel is van de noemer."
        )
    if definition.every_years < 1:
        raise DefinitionError(f"{file}: sleutel 'every_years' moet 1 of hoger zijn.")
    if not definition.is_by_region and (definition.pooled_only or definition.pooled_level == "regio"):
        raise DefinitionError(
            f"{file}: sleutels 'pooled_level' en 'pooled_only' zijn voor wat alleen per regio staat."
        )
    if not definition.at_risk and definition.interval != "none":
        raise DefinitionError(f"{file}: sleutel 'interval' moet none zijn bij een telling van iedereen.")
