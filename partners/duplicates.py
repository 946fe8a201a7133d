"""Organisations that may be one and the same. Only equal numbers are certain; names only suggest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, Q, Value

from partners.models import Organisation
from portal.names import SortKey

# From here on names look alike; what differs in a number, such as "Noord 1" and "Noord 2", does not.
ALIKE = 0.7
SAME_NUMBERS = ("kvk", "agb", "oin", "rsin")

_PAIRS = """
WITH candidate AS (
    SELECT id, name, type_id, municipality_id, sort_key, regexp_replace(name, '\\D+', '', 'g') AS digits
    FROM partners_organisation
    WHERE archived_at IS NULL AND merged_into_id IS NULL AND id = ANY(%(inside)s)
), known_as AS (
    SELECT id, sort_key FROM candidate
    UNION SELECT organisation_id, sort_key FROM partners_organisationalias
    WHERE organisation_id = ANY(%(inside)s)
    UNION SELECT id, portal_sort_key(short_name) FROM partners_organisation
    WHERE short_name <> '' AND id = ANY(%(inside)s)
)
SELECT least(one.id, other.id), greatest(one.id, other.id),
       bool_or(same_name.id IS NOT NULL) AS has_same_name,
       max(similarity(one.name, other.name)) AS alike
FROM candidate one
JOIN candidate other
  ON one.id < other.id
 AND (one.municipality_id = other.municipality_id
      OR one.municipality_id IS NULL OR other.municipality_id IS NULL)
LEFT JOIN LATERAL (
    SELECT first.id FROM known_as first JOIN known_as second ON first.sort_key = second.sort_key
    WHERE first.id = one.id AND second.id = other.id LIMIT 1
) same_name ON true
WHERE (same_name.id IS NOT NULL
       OR (one.type_id = other.type_id AND one.digits = other.digits
           AND similarity(one.name, other.name) >= %(alike)s))
  AND NOT EXISTS (
      SELECT FROM partners_mergeproposal said
      WHERE said.state = 'rejected'
        AND (said.kept_id, said.gone_id) IN ((one.id, other.id), (other.id, one.id)))
GROUP BY 1, 2
ORDER BY has_same_name DESC, alike DESC, 1, 2
LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Pair:
    """Two organisations that may be one."""

    first: Organisation
    second: Organisation
    ground: str


@dataclass(frozen=True)
class Match:
    """An organisation that is already there, and why it may be the one that somebody means."""

    organisation: Organisation
    ground: str
    is_certain: bool


def suggested_pairs(organisation_ids: Sequence[int], *, limit: int = 100) -> list[Pair]:
    """Pairs among these organisations that look like one, the surest first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"inside": list(organisation_ids), "alike": ALIKE, "limit": limit})
        rows = cursor.fetchall()
    wanted = {pk for first, second, *_ in rows for pk in (first, second)}
    found = Organisation.objects.select_related("type", "municipality").in_bulk(wanted)
    return [
        Pair(found[first], found[second], "zelfde naam" if has_same_name else "naam lijkt erop")
        for first, second, has_same_name, _ in rows
    ]


def matches(
    *, name: str = "", municipality: Any = None, exclude: Organisation | None = None, **numbers: str | None
) -> list[Match]:
    """Who is already there with one of these numbers, else with this name, else a name like it.

    In the order of the register: KvK, AGB and OIN, the code of a municipality, name with municipality.
    """
    everybody = Organisation.objects.active().select_related("type", "municipality")
    if exclude is not None:
        everybody = everybody.exclude(pk=exclude.pk)
    found: dict[int, Match] = {}
    for field in SAME_NUMBERS:
        if numbers.get(field):
            label = str(Organisation._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
            for row in everybody.filter(**{field: numbers[field]}):
                found.setdefault(row.pk, Match(row, f"zelfde {label}", is_certain=True))
    if name.strip():
        place = Q(municipality=municipality) | Q(municipality__isnull=True) if municipality else Q()
        same = everybody.filter(
            place & (Q(sort_key=SortKey(_text(name))) | Q(aliases__sort_key=SortKey(_text(name))))
        ).distinct()
        for row in same[:10]:
            found.setdefault(row.pk, Match(row, "zelfde naam", is_certain=False))
        digits = "".join(filter(str.isdigit, name))
        # A municipality is known by its code; its name stands in many others.
        others = everybody.exclude(type__code="gemeente")
        for row in others.filter(place, name__trigram_similar=name)[:20]:
            if "".join(filter(str.isdigit, row.name)) == digits:
                found.setdefault(row.pk, Match(row, "naam lijkt erop", is_certain=False))
    return list(found.values())[:10]


def _text(value: str) -> Any:
    return Value(value.strip(), output_field=CharField())
