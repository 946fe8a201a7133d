"""The columns of the member list, once for the screen and for both exports."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from coalitions.models import Membership, SeatLevel
from partners.models import Domain
from portal import days, hooks


@dataclass(frozen=True, kw_only=True)
class MemberColumn:
    """One column: its label, what it shows of a membership, and the word that sorts by it."""

    label: str
    value: Callable[[Any], Any]
    sort: str = ""
    is_exported: bool = True
    # Short facts such as dates stay on one line.
    is_short: bool = False
    # On a small screen it waits, or shares its line with others (portal/stacking.py).
    is_minor: bool = False
    is_plain: bool = False
    # What belongs to it and is read after it, on a line of its own.
    below: Callable[[Any], str] | None = None

    def shown(self, row: Any) -> str:
        """The value as words on the screen; empty where there is nothing."""
        value = self.value(row)
        if isinstance(value, datetime.date):
            return days.shortly(value)
        return "" if value is None else str(value)


NUMBER = MemberColumn(label="Nummer in het portaal", value=lambda row: row.organisation_id)
NAME = MemberColumn(label="Naam", value=lambda row: row.organisation.name, sort="naam")
STATE = MemberColumn(label="Stand", value=Membership.get_state_display, sort="stand")


def levels_of(row: Any) -> str:
    """The levels at which the organisation has a seat, in words and in their order."""
    return ", ".join(level.label for level in SeatLevel if level in row.seat_levels)


LEVEL = MemberColumn(label="Niveau", value=levels_of, is_minor=True)
FACTS = (
    MemberColumn(label="Soort", value=lambda row: row.organisation.type.name, sort="soort", is_plain=True),
    MemberColumn(
        label="Domein",
        value=lambda row: Domain(row.organisation.type.domain).label,
        sort="domein",
        is_minor=True,
    ),
    MemberColumn(
        label="Gemeente",
        value=lambda row: row.organisation.municipality and row.organisation.municipality.name,
        sort="gemeente",
        is_plain=True,
    ),
    LEVEL,
    MemberColumn(
        label="Lid sinds",
        value=lambda row: row.joined_on,
        sort="lid-sinds",
        is_short=True,
        is_minor=True,
    ),
)


def kind_and_place(row: Any) -> str:
    """What sort of organisation it is, in which domain, and where: one line below its name."""
    organisation = row.organisation
    kind = f"{capfirst(organisation.type.name)} ({Domain(organisation.type.domain).label})"
    return f"{kind}, {organisation.municipality.name}" if organisation.municipality else kind


def _of_organisation(field: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row.organisation, field)


# In the file only: what makes it a table that can come back in.
FILE_FACTS = (
    MemberColumn(label="Korte naam", value=_of_organisation("short_name")),
    MemberColumn(label="KvK-nummer", value=_of_organisation("kvk")),
    MemberColumn(label="Vestigingsnummer", value=_of_organisation("branch")),
    MemberColumn(label="RSIN", value=_of_organisation("rsin")),
    MemberColumn(label="AGB-code", value=_of_organisation("agb")),
    MemberColumn(label="OIN", value=_of_organisation("oin")),
    MemberColumn(label="Website", value=_of_organisation("website")),
    MemberColumn(label="Telefoon", value=_of_organisation("phone")),
    MemberColumn(label="Algemeen mailadres", value=_of_organisation("general_email")),
    MemberColumn(label="Rol in de coalitie", value=lambda row: row.contribution_role),
    MemberColumn(label="Beschrijving", value=_of_organisation("description")),
)


def extra_columns(*, is_internal: bool) -> list[MemberColumn]:
    """What other apps add, such as "ondertekend op"."""
    return [
        MemberColumn(
            label=column.label,
            value=_hooked(column),
            is_exported=column.is_exported,
            is_short=True,
            is_minor=column.is_internal,
        )
        for column in hooks.columns()
        if is_internal or not column.is_internal
    ]


def _hooked(column: hooks.Column) -> Callable[[Any], str]:
    return lambda row: column.value(getattr(row, column.key, row))


def plain_columns(*, is_internal: bool) -> list[MemberColumn]:
    """The columns after the name and the state; `is_internal` for who works on the list."""
    return [*FACTS, *extra_columns(is_internal=is_internal)]


def exported(
    memberships: QuerySet, *, shows_states: bool, besides: Sequence[MemberColumn] = ()
) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the file: what the screen shows, all pages of it, and what an import needs."""
    columns = [
        NAME,
        *([STATE] if shows_states else []),
        *plain_columns(is_internal=shows_states),
        *besides,
        *FILE_FACTS,
        NUMBER,
    ]
    columns = [column for column in columns if column.is_exported]
    return (
        [column.label for column in columns],
        [[column.value(row) for column in columns] for row in memberships],
    )
