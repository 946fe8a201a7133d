"""Who goes on with what a party agreed: the row with which it was merged, or the organisation that is its
successor by a link with a date, as a new municipality is of the ones before a herindeling."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from partners.models import LinkKind, OrganisationLink

Heirs = dict[int, tuple[tuple[int, str], ...]]

_IS_AMONG_ORIGINS = """{organisation} = ANY(ARRAY(
    WITH RECURSIVE origins (id) AS (
        SELECT {heir}::bigint
        UNION
        SELECT step.id FROM origins CROSS JOIN LATERAL (
            SELECT id FROM partners_organisation WHERE merged_into_id = origins.id
            UNION ALL
            SELECT target_id FROM partners_organisationlink
            WHERE source_id = origins.id AND kind = 'successor_of'
              AND valid_from <= {on}::date AND (valid_to IS NULL OR valid_to > {on}::date)
        ) AS step
    )
    SELECT id FROM origins))"""


def heirs_of(signatures: Iterable[Any], on: datetime.date) -> Heirs:
    """In whom each organisation of these rows went on at the end, with its name; where somebody did, one
    query for each step."""
    steps: dict[int, dict[int, str]] = {}
    followed = set()
    for row in signatures:
        if row.merged_into_id:
            steps[row.organisation_id] = {row.merged_into_id: row.merged_into_name}
        elif row.is_followed:
            followed.add(row.organisation_id)
    asked = set(steps)
    while unknown := followed.union(*steps.values()) - asked:
        asked |= unknown
        for target, source, name in (
            _links(on).filter(target__in=unknown).values_list("target_id", "source_id", "source__name")
        ):
            steps.setdefault(target, {})[source] = name
    return {pk: _ends(pk, steps) for pk in steps}


def _ends(start: int, steps: dict[int, dict[int, str]]) -> tuple[tuple[int, str], ...]:
    """Where the steps from one organisation end; a circle ends nowhere."""
    ends: dict[int, str] = {}
    seen, going = {start}, list(steps[start].items())
    while going:
        pk, name = going.pop(0)
        if pk in seen:
            continue
        seen.add(pk)
        if pk in steps:
            going += steps[pk].items()
        else:
            ends[pk] = name
    return tuple(ends.items())


class WentOnIn(Func):
    """Whether an organisation is `heir`, or went on in it by a day, in however many steps: `heirs_of` the
    other way round, inside a query. The origins are looked up once for each row that `heir` refers to."""

    output_field = BooleanField()

    def __init__(self, organisation: str, heir: Any, on: datetime.date) -> None:
        super().__init__(F(organisation), heir, Value(on))

    def as_sql(self, compiler: SQLCompiler, connection: Any, *_: Any, **__: Any) -> Any:
        """One condition in SQL."""
        parts = (compiler.compile(part) for part in self.get_source_expressions())
        (organisation, first), (heir, second), (on, third) = parts
        sql = _IS_AMONG_ORIGINS.format(organisation=organisation, heir=heir, on=on)
        return sql, [*first, *second, *third, *third]


def _links(on: datetime.date) -> QuerySet:
    return OrganisationLink.objects.on(on).filter(kind=LinkKind.SUCCESSOR_OF)
