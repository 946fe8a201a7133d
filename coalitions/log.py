"""The log of a coalition: who changed what, when, from what to what, read from the history.

The events of every tracked table are one union; a page of it, and the state before each event on
that page, are one query each, however much there is.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.formats import date_format, number_format

from coalitions.models import (
    Agreement,
    Coalition,
    CoalitionDocument,
    CoalitionRole,
    Condition,
    ConditionScore,
    ListEntry,
    Membership,
    PartnerReview,
    RequirementCheck,
    Seat,
    WorkingGroup,
    WorkingGroupDocument,
    WorkingGroupSeat,
)
from partners.models import Area, Organisation, OrganisationType, Person, Representative
from portal import hooks

# Kept for the machine; a change of these says nothing to a reader.
SILENT = frozenset({"id", "sort_key", "revision", "coalition", "confirmed_by", "confirmed_at", "slug", "uid"})
_IN_MEMBERSHIP = "e.{} IN (SELECT id FROM coalitions_membership WHERE coalition_id = %(coalition)s)"
OF_MEMBERSHIP = "(SELECT organisation_id FROM coalitions_membership WHERE id = e.{})"
_IN_GROUP = "e.group_id IN (SELECT id FROM coalitions_workinggroup WHERE coalition_id = %(coalition)s)"
_ON_LIST = "e.{} IN (SELECT organisation_id FROM coalitions_membership WHERE coalition_id = %(coalition)s)"
HERE = "e.coalition_id = %(coalition)s"


@dataclass(frozen=True)
class Kind:
    """One table in the log: where its rows belong, of which organisation they are, what names them."""

    model: type[models.Model]
    scope: str
    subject: tuple[str, ...]
    organisation: str = "NULL::bigint"

    @property
    def key(self) -> str:
        """The word in the address."""
        return self.model.__name__.lower()

    @property
    def label(self) -> str:
        """The kind on the screen."""
        return str(self.model._meta.verbose_name)

    @property
    def table(self) -> str:
        """The table with its history."""
        return f"{self.model._meta.db_table}event"


KINDS = (
    Kind(Coalition, "e.pgh_obj_id = %(coalition)s", ("name",)),
    Kind(Membership, HERE, ("organisation",), "e.organisation_id"),
    Kind(
        Seat,
        _IN_MEMBERSHIP.format("membership_id"),
        ("representative", "level"),
        OF_MEMBERSHIP.format("membership_id"),
    ),
    Kind(CoalitionRole, HERE, ("person", "role")),
    Kind(Organisation, _ON_LIST.format("pgh_obj_id"), ("name",), "e.pgh_obj_id"),
    Kind(
        Representative,
        _ON_LIST.format("organisation_id"),
        ("person", "organisation"),
        "e.organisation_id",
    ),
    Kind(WorkingGroup, HERE, ("name",)),
    Kind(WorkingGroupSeat, _IN_GROUP, ("group", "person")),
    Kind(WorkingGroupDocument, _IN_GROUP, ("group", "title")),
    Kind(CoalitionDocument, HERE, ("title",)),
    Kind(ConditionScore, HERE, ("condition", "year")),
    Kind(Agreement, HERE, ("title",)),
    Kind(
        PartnerReview,
        _IN_MEMBERSHIP.format("membership_id"),
        ("membership", "year"),
        OF_MEMBERSHIP.format("membership_id"),
    ),
    Kind(RequirementCheck, HERE, ("municipality", "requirement")),
    Kind(ListEntry, HERE, ("title",)),
)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key: these, and what the floors above bring in `log_kinds.py`."""
    brought = [kind for part in hooks.parts("log_kinds") for kind in part.KINDS]
    return {kind.key: kind for kind in (*KINDS, *brought)}


@dataclass(frozen=True)
class Line:
    """One change, in words."""

    at: datetime.datetime
    who: str
    kind: str
    subject: str
    is_new: bool
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which lines somebody asks for; `organisations` is None for all."""

    coalition: Coalition
    organisations: Sequence[int] | None = None
    kind: str = ""
    who: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def params(self) -> dict[str, Any]:
        """The values of the conditions."""
        return {
            "coalition": self.coalition.pk,
            "organisations": list(self.organisations or ()),
            "who": f"%{self.who}%",
            "since": self.since,
            "until": self.until,
        }

    def union(self) -> str:
        """Every event that is asked for, of all tables in one."""
        known = kinds()
        wanted = [known[self.kind]] if self.kind in known else known.values()
        conditions = ["true"]
        if self.who:
            conditions.append("p.name ILIKE %(who)s")
        if self.since:
            conditions.append("(e.pgh_created_at AT TIME ZONE 'Europe/Amsterdam')::date >= %(since)s")
        if self.until:
            conditions.append("(e.pgh_created_at AT TIME ZONE 'Europe/Amsterdam')::date <= %(until)s")
        return " UNION ALL ".join(self._events_of(kind, " AND ".join(conditions)) for kind in wanted)

    def _events_of(self, kind: Kind, conditions: str) -> str:
        own = (
            ""
            if self.organisations is None
            else f" AND {kind.organisation} = ANY(%(organisations)s::bigint[])"
        )
        return f"""
            SELECT '{kind.key}' AS kind, e.pgh_id AS id, e.pgh_created_at AS at, e.pgh_label AS label,
                   p.name AS who
            FROM "{kind.table}" e
            LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
            LEFT JOIN partners_person p ON p.id = (c.metadata->>'user')::bigint
            WHERE {kind.scope}{own} AND {conditions}
        """


class LogPages:
    """What a paginator reads: how many lines there are, and some of them."""

    ordered = True

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted

    def count(self) -> int:
        """How many lines there are."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({self.wanted.union()}) AS events", self.wanted.params)
            return int(cursor.fetchone()[0])

    def __getitem__(self, wanted: slice) -> list[Line]:
        size, start = wanted.stop - wanted.start, wanted.start
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT kind, id, at, label, who FROM ({self.wanted.union()}) AS events
                    ORDER BY at DESC, id DESC, kind LIMIT {size} OFFSET {start}""",
                self.wanted.params,
            )
            return _lines(cursor, cursor.fetchall())


def _lines(cursor: Any, events: list[tuple[Any, ...]]) -> list[Line]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, pk, *_ in events:
        by_kind[kind].append(pk)
    if not by_kind:
        return []
    # The event itself and the one before it of the same row.
    parts = [
        f"""SELECT '{key}', e.pgh_id, to_jsonb(e), to_jsonb(b) FROM "{kinds()[key].table}" e
            LEFT JOIN LATERAL (SELECT * FROM "{kinds()[key].table}" b
                WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id
                ORDER BY b.pgh_id DESC LIMIT 1) b ON true
            WHERE e.pgh_id = ANY(%s)"""
        for key in by_kind
    ]
    cursor.execute(" UNION ALL ".join(parts), list(by_kind.values()))
    states = {(key, pk): (_loaded(now), _loaded(before)) for key, pk, now, before in cursor.fetchall()}
    models_of = {key: kind.model for key, kind in kinds().items()}
    names = _names((models_of[key], state) for (key, _), pair in states.items() for state in pair if state)
    return [
        Line(
            at, who or "het portaal", *_told(kinds()[kind], states[kind, pk], names, is_new=label == "insert")
        )
        for kind, pk, at, label, who in events
    ]


def _loaded(value: Any) -> dict[str, Any] | None:
    return json.loads(value) if isinstance(value, str) else value


Names = dict[type[models.Model], dict[int, str]]
# Where the name of a row stands, for rows that have no line in the log or no text that names them.
_NAMED_BY: dict[type[models.Model], str] = {
    Area: "name",
    Condition: "name",
    Membership: "organisation__name",
    OrganisationType: "name",
    Person: "name",
}


@cache
def _named_by() -> dict[type[models.Model], str]:
    """For every table whose rows have a name in one column: which one."""
    named = dict(_NAMED_BY)
    for kind in kinds().values():
        first = kind.model._meta.get_field(kind.subject[0])
        if isinstance(first, models.CharField):
            named.setdefault(kind.model, first.name)
    return named


def _names(states: Iterable[tuple[type[models.Model], dict[str, Any]]]) -> Names:
    """What foreign keys point at, by name; one query for all that have their name in a column, and one
    for each other table."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for model, state in states:
        for field in model._meta.concrete_fields:
            value = state.get(field.column)
            if isinstance(field, models.ForeignKey) and value is not None and field.name not in SILENT:
                wanted[_target(field)].add(value)
    named = [model for model in _named_by() if model in wanted]
    names: Names = {
        model: {row.pk: str(row) for row in _with_related(model).filter(pk__in=found)}
        for model, found in wanted.items()
        if model not in named
    }
    parts = [
        model._default_manager.order_by()
        .filter(pk__in=wanted[model])
        .values_list(models.Value(index), "pk", _named_by()[model])
        for index, model in enumerate(named)
    ]
    for index, pk, name in parts[0].union(*parts[1:], all=True) if parts else ():
        names.setdefault(named[index], {})[pk] = name
    return names


def _target(field: Any) -> type[models.Model]:
    target: type[models.Model] = field.related_model
    return target


def _with_related(model: type[models.Model]) -> models.QuerySet[Any]:
    rows = model._default_manager.all()
    if model is Representative:
        return rows.select_related("person", "organisation")
    return rows


def _told(
    kind: Kind,
    states: tuple[dict[str, Any] | None, dict[str, Any] | None],
    names: Names,
    *,
    is_new: bool,
) -> tuple[str, str, bool, list[tuple[str, str, str]]]:
    """The kind, what it is about, whether it is new, and what changed."""
    now, before = states
    now = now or {}
    subject = [_words(kind.model._meta.get_field(name), now, names) for name in kind.subject]
    is_new = is_new or before is None
    changes = [] if is_new else _changes(kind, before or {}, now, names)
    return kind.label, ", ".join(filter(None, subject)), is_new, changes


def _changes(
    kind: Kind, before: dict[str, Any], now: dict[str, Any], names: Names
) -> list[tuple[str, str, str]]:
    return [
        (
            str(field.verbose_name),
            _words(field, before, names) or "leeg",
            _words(field, now, names) or "leeg",
        )
        for field in kind.model._meta.concrete_fields
        if field.name not in SILENT
        and field.column in now
        and _as_read(before.get(field.column)) != _as_read(now.get(field.column))
    ]


def _as_read(value: Any) -> Any:
    """Without what nobody sees: a browser ends a line in another way than a file."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _words(field: Any, state: dict[str, Any], names: Names) -> str:
    """One value in Dutch words."""
    value = state.get(field.column)
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        return names.get(_target(field), {}).get(value, "iets dat er niet meer is")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return plain_words(field, value)


def plain_words(field: Any, value: Any) -> str:
    """A value without a list to choose from, as people write it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(field, models.DateTimeField):
        moment = timezone.localtime(datetime.datetime.fromisoformat(value))
        return f"{date_format(moment, 'j F Y')} {date_format(moment, 'H.i')} uur"
    if isinstance(field, models.DateField):
        return date_format(datetime.date.fromisoformat(value), "j F Y")
    if isinstance(field, models.DecimalField):
        number = Decimal(str(value))
        decimals = 0 if number == number.to_integral_value() else field.decimal_places
        return number_format(number, decimal_pos=decimals, force_grouping=True)
    text = str(value)
    return text if len(text) <= 200 else f"{text[:197]}..."
