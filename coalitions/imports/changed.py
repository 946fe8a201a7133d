"""What changed between the check of a table and its saving, and who did that."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from coalitions.imports.kinds import ImportKind
from portal.import_plans import Fate

MOST = 20
COMPARE = """
    SELECT row.line, row.fate, r.fate, row.changes, r.changes, r.{subject}
    FROM coalitions_memberimportrow row JOIN resolved r ON r.row_id = row.id
    WHERE row.fate <> r.fate OR row.changes <> r.changes {targets}
    ORDER BY row.line LIMIT {most}
"""
LATEST = """
    SELECT DISTINCT ON (e.pgh_obj_id) e.pgh_obj_id, p.name, e.pgh_created_at
    FROM {history} e
    JOIN pghistory_context c ON c.id = e.pgh_context_id
    JOIN partners_person p ON p.id = (c.metadata->>'user')::bigint
    WHERE e.pgh_obj_id = ANY(%s)
    ORDER BY e.pgh_obj_id, e.pgh_id DESC
"""


def since_the_check(cursor: Any, kind: ImportKind) -> list[str]:
    """A sentence for every row that would now do something else; empty where the plan still holds."""
    different = "".join(f" OR row.{column} IS DISTINCT FROM r.{column}" for column in kind.targets)
    cursor.execute(COMPARE.format(targets=different, most=MOST, subject=kind.subject))
    rows = cursor.fetchall()
    if not rows:
        return []
    cursor.execute(LATEST.format(history=kind.history), [[row[5] for row in rows if row[5]]])
    authors = {subject: _author(name, at) for subject, name, at in cursor.fetchall()}
    return [
        _sentence(line, (old, new), _loaded(before), _loaded(after), kind.words) + authors.get(subject, "")
        for line, old, new, before, after, subject in rows
    ]


def _loaded(value: Any) -> dict[str, list[Any]]:
    return json.loads(value) if isinstance(value, str) else value


def _author(name: str, at: Any) -> str:
    return f" Gewijzigd door {name} om {date_format(timezone.localtime(at), 'H.i')} uur."


def _sentence(
    line: int,
    fates: tuple[str, str],
    before: dict[str, list[Any]],
    after: dict[str, list[Any]],
    words: Mapping[str, str],
) -> str:
    moved = [
        f"{words[field]} was ‘{before[field][0] if field in before else after[field][1]}’, "
        f"is nu ‘{after[field][0] if field in after else before[field][1]}’"
        for field in sorted({*before, *after})
        if before.get(field, [None])[0] != after.get(field, [None])[0]
    ]
    if moved:
        return f"Regel {line}: {'; '.join(moved)}."
    return f"Regel {line}: was ‘{Fate(fates[0]).label}’, is nu ‘{Fate(fates[1]).label}’."
