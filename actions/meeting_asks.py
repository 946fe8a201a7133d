"""What meetings, rounds, actions and money ask of people, in one query: every page of one's work has it."""

import datetime
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from actions import budget_asks, report_asks
from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition
from portal.addresses import address_of
from portal.hooks import Ask, AskKind


class _Row(NamedTuple):
    kind: str
    title: str
    coalition: str
    slug: str
    meeting: int
    due: datetime.date | None


_OF_PERSON = f"""
SELECT 'answer' AS kind, m.title, c.name AS coalition, c.slug, m.id AS meeting,
       (m.starts_at AT TIME ZONE 'Europe/Amsterdam')::date AS due
FROM actions_meetinginvitation i
JOIN actions_meeting m ON m.id = i.meeting_id
JOIN coalitions_coalition c ON c.id = m.coalition_id
WHERE i.person_id = %(person)s AND i.response = 'none' AND m.state = 'invited' AND m.ends_at >= %(now)s
  AND c.id = ANY(%(read)s)
UNION ALL
SELECT 'decision', d.text, c.name, c.slug, m.id, d.due
FROM actions_decision d
JOIN actions_meeting m ON m.id = d.meeting_id
JOIN coalitions_coalition c ON c.id = m.coalition_id
WHERE d.owner_id = %(person)s AND d.done_on IS NULL AND c.id = ANY(%(read)s)
UNION ALL
SELECT 'round_off', m.title, c.name, c.slug, m.id, NULL
FROM actions_meeting m JOIN coalitions_coalition c ON c.id = m.coalition_id
WHERE m.planned_by_id = %(person)s AND m.state = 'invited' AND m.ends_at < %(now)s
  AND c.id = ANY(%(planned)s)
UNION ALL
{report_asks.OF_PERSON}
UNION ALL
{budget_asks.OF_PERSON}
ORDER BY due, title, meeting
"""
_IN_COALITION = f"""
SELECT 'round_off' AS kind, m.title, c.name AS coalition, c.slug, m.id AS meeting, NULL::date AS due
FROM actions_meeting m JOIN coalitions_coalition c ON c.id = m.coalition_id
WHERE c.id = %(coalition)s AND m.state = 'invited' AND m.ends_at < %(now)s
UNION ALL
SELECT 'late_decision', d.text, p.name, c.slug, m.id, d.due
FROM actions_decision d
JOIN actions_meeting m ON m.id = d.meeting_id
JOIN coalitions_coalition c ON c.id = m.coalition_id
JOIN partners_person p ON p.id = d.owner_id
WHERE c.id = %(coalition)s AND d.done_on IS NULL AND d.due < %(today)s
UNION ALL
{report_asks.IN_COALITION}
ORDER BY due, title, meeting
"""


def asks_of(person: Any) -> list[Ask]:
    """Invitations to answer, decisions to carry out, meetings of her own to round off, reports, and
    contributions to confirm."""
    read = coalition_ids_with(person, Permission.MEETING_READ)
    if not read:
        return []
    rows = _rows(
        _OF_PERSON,
        person=person.pk,
        read=read,
        planned=coalition_ids_with(person, Permission.MEETING_PLAN),
        reported=coalition_ids_with(person, Permission.PROGRESS_REPORT),
        confirmed=coalition_ids_with(person, Permission.CONTRIBUTION_CONFIRM),
    )
    reports = [row for row in rows if row.kind in report_asks.KINDS]
    hidden = reports[report_asks.SHOWN :]
    asks = [_ask(row, row.coalition) for row in rows if row not in hidden]
    return [*asks, report_asks.more()] if hidden else asks


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """Meetings that were and say nothing of it yet, decisions whose day has passed, reports to read
    and actions that are late."""
    if not can(person, Permission.WORKPLACE_READ, coalition):
        return []
    fixes = can(person, Permission.ROUND_FIX, coalition)
    rows = _rows(_IN_COALITION, coalition=coalition.pk, fixes=fixes)
    return [_ask(row, row.coalition) for row in rows]


def _rows(statement: str, **values: Any) -> list[_Row]:
    values |= {"now": timezone.now(), "today": timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_Row(*row) for row in cursor.fetchall()]


def _ask(row: _Row, detail: str) -> Ask:
    if row.kind in report_asks.KINDS:
        ask = report_asks.ask(row.kind, row.title, row.coalition, row.slug, row.meeting)
        return replace(ask, due=row.due)
    if row.kind == budget_asks.KIND:
        return budget_asks.ask(row.title, row.coalition, row.slug, row.meeting)
    # The same words for everybody: a governor is addressed with `u`, a partner with `je`.
    title, action = {
        "answer": (f"Uitnodiging: ‘{row.title}’", "Laat het weten"),
        "decision": (f"Besluit om uit te voeren: {row.title}", "Bekijk het besluit"),
        "late_decision": (f"Besluit te laat: {row.title}", "Bekijk het besluit"),
        "round_off": (f"‘{row.title}’ is geweest. Wie waren er, en wat kwam eruit?", "Leg het vast"),
    }[row.kind]
    url = address_of("actions:meeting-detail", row.slug, row.meeting)
    return Ask(kind=AskKind.MEETINGS, title=title, detail=detail, url=url, action=action, due=row.due)
