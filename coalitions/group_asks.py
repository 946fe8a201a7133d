"""What working groups, imports, conditions and lists ask of people. One query, for every page of
somebody's work shows it."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import (
    Agreement,
    ConditionScore,
    GroupState,
    ListEntry,
    ListKind,
    MemberImport,
    WorkingGroup,
)
from portal.hooks import Ask, AskKind
from portal.import_plans import PlanStep

# From this month on the measuring of the year is asked for, of who measured before: a first time is
# a choice, a next time a rhythm.
MEASURE_FROM = 10


class _Row(NamedTuple):
    kind: str
    title: str
    coalition: str
    slug: str
    reference: str
    due: datetime.date | None
    number: int


_WAITING = """
SELECT 'proposal' AS kind, g.name AS title, c.name AS coalition, c.slug, g.slug AS reference,
       NULL::date AS due,
       (SELECT count(*) FROM coalitions_workinggroupsupport s WHERE s.group_id = g.id) AS number
FROM coalitions_workinggroup g JOIN coalitions_coalition c ON c.id = g.coalition_id
WHERE g.state = 'proposed' AND c.id = ANY(%(coordinated)s)
UNION ALL
SELECT 'import', p.name, c.name, c.slug, p.id::text, NULL, 0
FROM coalitions_memberimport p JOIN coalitions_coalition c ON c.id = p.coalition_id
WHERE p.step = 'checked' AND c.id = ANY(%(coordinated)s)
UNION ALL
SELECT 'agreement', a.title, c.name, c.slug, '', a.review_on, 0
FROM coalitions_agreement a JOIN coalitions_coalition c ON c.id = a.coalition_id
WHERE a.review_on <= %(today)s AND c.id = ANY(%(coordinated)s)
UNION ALL
SELECT 'measuring', '', c.name, c.slug, '', %(year_end)s, 0
FROM coalitions_coalition c
WHERE %(is_late)s AND c.id = ANY(%(coordinated)s)
  AND EXISTS (SELECT FROM coalitions_conditionscore s WHERE s.coalition_id = c.id)
  AND NOT EXISTS (SELECT FROM coalitions_conditionscore s
                  WHERE s.coalition_id = c.id AND s.year = %(year)s)
UNION ALL
SELECT 'resting', g.name, c.name, c.slug, g.slug, NULL, 0
FROM coalitions_workinggroupseat z
JOIN coalitions_workinggroup g ON g.id = z.group_id
JOIN coalitions_coalition c ON c.id = g.coalition_id
WHERE z.person_id = %(person)s AND z.role = 'lead' AND g.state = 'resting' AND c.id = ANY(%(managed)s)
  AND z.valid_from <= %(today)s AND (z.valid_to IS NULL OR %(today)s < z.valid_to)
UNION ALL
SELECT e.kind, e.title, c.name, c.slug, '', NULL, 0
FROM coalitions_listentry e JOIN coalitions_coalition c ON c.id = e.coalition_id
WHERE e.owner_id = %(person)s AND e.done_on IS NULL AND c.id = ANY(%(read)s)
ORDER BY kind, coalition, slug, title
"""


def asks_of(person: Any) -> list[Ask]:
    """Everything that is asked of `person`, in all her coalitions."""
    read = coalition_ids_with(person, Permission.MEMBERS_READ)
    if not read:
        return []
    coordinated = coalition_ids_with(person, Permission.CONDITION_SCORE)
    managed = coalition_ids_with(person, Permission.GROUP_MANAGE)
    found = _rows(person, coordinated, managed, read)
    return [
        ask
        for (kind, _), rows in groupby(found, key=lambda row: (row.kind, row.slug))
        for ask in (_of_one_page(kind, list(rows)) if kind in _ONE_PAGE else map(_ask, rows))
    ]


def _of_one_page(kind: str, rows: list[_Row]) -> list[Ask]:
    """What stands on one list is one thing to look at, however much it is."""
    first, count = rows[0], len(rows)
    if count == 1:
        return [_ask(first)]
    ask = (
        _to_review(count, first.slug)
        if kind == "agreement"
        else _own_entries(ListKind(kind), count, first.slug)
    )
    return [replace(ask, detail=first.coalition, due=min((row.due for row in rows if row.due), default=None))]


def of_coalition(rows: QuerySet, aggregate: Any) -> Subquery:
    """An aggregate over the rows of one coalition, for a query over coalitions; nothing where it has none."""
    mine = rows.filter(coalition=OuterRef("pk")).order_by()
    return Subquery(mine.values("coalition").annotate(found=aggregate).values("found"))


def waiting_in_coalition(person: Any) -> dict[str, Any]:
    """For a query over coalitions: how much of each kind waits there for `person`."""
    today = timezone.localdate()
    scores = ConditionScore.objects.filter(coalition=OuterRef("pk"))
    to_review = Agreement.objects.filter(review_on__lte=today)
    entries = ListEntry.objects.filter(owner=person, done_on__isnull=True)
    return {
        "proposals": of_coalition(WorkingGroup.objects.filter(state=GroupState.PROPOSED), Count("pk")),
        "imports": of_coalition(MemberImport.objects.filter(step=PlanStep.CHECKED), Count("pk")),
        "agreements_to_review": of_coalition(to_review, Count("pk")),
        "review_first": of_coalition(to_review, Min("review_on")),
        "is_unmeasured": Exists(scores) & ~Exists(scores.filter(year=today.year)),
        **{kind: of_coalition(entries.filter(kind=kind), Count("pk")) for kind in ListKind.values},
    }


def in_coalition(row: Any, *, coordinates: bool) -> list[Ask]:
    """What waits in one coalition, counted by `waiting_in_coalition`."""
    own = [_own_entries(kind, count, row.slug) for kind in ListKind if (count := getattr(row, kind.value))]
    return [*_of_coordinator(row), *own] if coordinates else own


def _of_coordinator(row: Any) -> Iterator[Ask]:
    slug, today = row.slug, timezone.localdate()
    if count := row.proposals:
        yield _counted("{} voor een werkgroep", count, "working-group-list", slug, one="voorstel")
    if count := row.imports:
        yield _counted("{} nog niet opgeslagen", count, "member-import", slug, one="import")
    if count := row.agreements_to_review:
        yield replace(_to_review(count, slug), due=row.review_first)
    if row.is_unmeasured and today.month >= MEASURE_FROM:
        year_end = datetime.date(today.year, 12, 31)
        yield _measuring(_Row("measuring", "", "", slug, "", year_end, 0), "")


_SEVERAL = {
    "voorstel": "voorstellen",
    "import": "imports",
    "afspraak": "afspraken",
}


def _counted(words: str, count: int, page: str, *address: str, one: str) -> Ask:
    return Ask(
        kind=AskKind.MEMBERS if page == "member-import" else AskKind.GROUPS,
        title=words.format(f"{count} {one if count == 1 else _SEVERAL[one]}"),
        url=reverse(f"coalitions:{page}", args=address),
        action="Bekijk",
    )


def _to_review(count: int, slug: str) -> Ask:
    return _counted("{} om opnieuw te bekijken", count, "agreement-list", slug, one="afspraak")


# What somebody looks after on each list, one and several.
OWN_ENTRIES = {
    ListKind.INFORMATION_NEED: ("een vraag om informatie", "vragen om informatie"),
    ListKind.INITIATIVE: ("een initiatief waar we op aansluiten", "initiatieven waar we op aansluiten"),
    ListKind.POLICY_LINK: ("een aanhaking bij breder beleid", "aanhakingen bij breder beleid"),
}


def _own_entries(kind: ListKind, count: int, slug: str) -> Ask:
    one, several = OWN_ENTRIES[kind]
    return Ask(
        kind=AskKind.GROUPS,
        title=f"Je zorgt voor {one if count == 1 else f'{count} {several}'}",
        url=reverse("coalitions:list-entry-list", args=[slug, kind]),
        action="Bekijk",
    )


def _rows(person: Any, coordinated: list[int], managed: list[int], read: list[int]) -> list[_Row]:
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(
            _WAITING,
            {
                "person": person.pk,
                "coordinated": coordinated,
                "managed": managed,
                "read": read,
                "today": today,
                "year": today.year,
                "year_end": datetime.date(today.year, 12, 31),
                "is_late": today.month >= MEASURE_FROM,
            },
        )
        return [_Row(*row) for row in cursor.fetchall()]


def _ask(row: _Row) -> Ask:
    return _WORDS[row.kind](row, row.coalition)


def _proposal(row: _Row, detail: str) -> Ask:
    return Ask(
        kind=AskKind.GROUPS,
        title=f"Voorstel voor een werkgroep: {row.title}. Gaat die door?",
        detail=", ".join(filter(None, [detail, f"{row.number} keer gesteund"])),
        url=reverse("coalitions:working-group-detail", args=[row.slug, row.reference]),
        action="Bekijk het voorstel",
    )


def _import(row: _Row, detail: str) -> Ask:
    return Ask(
        kind=AskKind.MEMBERS,
        title=f"De import van ‘{row.title}’ is gecontroleerd en nog niet opgeslagen",
        detail=detail,
        url=reverse("coalitions:member-import-detail", args=[row.slug, row.reference]),
        action="Bekijk de controle",
    )


def _agreement(row: _Row, detail: str) -> Ask:
    return Ask(
        kind=AskKind.GROUPS,
        title=f"Bekijk de afspraak ‘{row.title}’ opnieuw",
        detail=detail,
        due=row.due,
        url=reverse("coalitions:agreement-list", args=[row.slug]),
        action="Bekijk de afspraken",
    )


def _measuring(row: _Row, detail: str) -> Ask:
    year = timezone.localdate().year
    return Ask(
        kind=AskKind.GROUPS,
        title=f"Vul de jaarmeting van {year} in",
        detail=detail,
        due=row.due,
        url=reverse("coalitions:condition-score", args=[row.slug, year]),
        action="Vul de jaarmeting in",
    )


def _resting(row: _Row, detail: str) -> Ask:
    return Ask(
        kind=AskKind.GROUPS,
        title=f"De groep ‘{row.title}’ ligt stil. Ga je verder of rond je haar af?",
        detail=detail,
        url=reverse("coalitions:working-group-detail", args=[row.slug, row.reference]),
        action="Naar de groep",
    )


def _entry(row: _Row, detail: str) -> Ask:
    return Ask(
        kind=AskKind.GROUPS,
        title=f"{ListKind(row.kind).label.capitalize()}: {row.title}",
        detail=", ".join(filter(None, [detail, "staat op jouw naam"])),
        url=reverse("coalitions:list-entry-list", args=[row.slug, row.kind]),
        action="Bekijk de lijst",
    )


_ONE_PAGE = frozenset({"agreement", *ListKind.values})
_WORDS: dict[str, Callable[[_Row, str], Ask]] = {
    "proposal": _proposal,
    "import": _import,
    "agreement": _agreement,
    "measuring": _measuring,
    "resting": _resting,
    **dict.fromkeys(ListKind.values, _entry),
}
