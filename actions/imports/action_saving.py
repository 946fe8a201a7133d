"""Doing what the check of a table of actions wrote down, and taking it back."""

from typing import Any

from django.utils import timezone

from actions.imports.action_matching import ROWS, WRITTEN
from actions.imports.undoing import delete_back, find_back
from actions.models import Action
from coalitions.imports.undo import tally, unused
from coalitions.models import MemberImport
from partners.models import Person
from portal.import_plans import insert_from

AREAS = Action.areas.through
# Columns that hold together, by a constraint or by sense: they go back together or not at all.
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("programme_id", "theme_id"),
    ("kind",),
    ("phase",),
    ("lead_id", "lead_name"),
    ("group_id",),
    ("starts_on", "due_on"),
    ("priority",),
    ("districts",),
    ("why",),
    ("result_expected",),
)
CASTS = {
    **dict.fromkeys(("programme_id", "theme_id", "lead_id", "group_id"), "::bigint"),
    **dict.fromkeys(("starts_on", "due_on"), "::date"),
    "priority": "::smallint",
}
AREAS_NOW = f"""
    ARRAY(SELECT x.area_id FROM {AREAS._meta.db_table} x WHERE x.action_id = t.id ORDER BY x.area_id)
"""

# Numbers follow the last one of the coalition, in the order of the table.
NUMBER = """
    ALTER TABLE resolved ADD COLUMN new_action bigint, ADD COLUMN new_number bigint;
    UPDATE resolved SET new_action = nextval(pg_get_serial_sequence('actions_action', 'id')),
                        new_number = fresh.number
    FROM (SELECT r.row_id, row_number() OVER (ORDER BY r.line) + (
              SELECT coalesce(max(number), 0) FROM actions_action WHERE coalition_id = %s) AS number
          FROM resolved r WHERE r.fate = 'create') fresh
    WHERE resolved.row_id = fresh.row_id
"""
CORRECT = f"""
    UPDATE actions_action a SET {", ".join(f"{field} = r.{field}" for field in WRITTEN)}
    FROM resolved r WHERE r.fate = 'update' AND a.id = r.target
"""
NOTE = f"""
    UPDATE {ROWS} SET target = coalesce(r.new_action, r.target), made_target = r.new_action IS NOT NULL,
        values = {ROWS}.values || jsonb_build_object('written', r.written)
    FROM resolved r WHERE {ROWS}.id = r.row_id AND r.fate IN ('create', 'update')
"""


def save(cursor: Any, plan: MemberImport, *, by: Person) -> None:
    """Carry out what `resolved` says, all of it in a handful of statements.

    A new action gets no first step: steps are never deleted, and for a day this can be taken back. The
    import and the log tell where it comes from.
    """
    cursor.execute(NUMBER, [plan.coalition_id])
    insert_from(
        cursor,
        Action,
        given={
            "id": "new_action",
            "coalition_id": f"{plan.coalition_id}",
            "number": "new_number",
            "title": "title",
            "state": "state",
            "state_since": f"'{timezone.localdate()}'",
            "proposed_by_id": f"{by.pk}",
            **{field: field for field in WRITTEN},
        },
        source="FROM resolved WHERE fate = 'create'",
    )
    cursor.execute(CORRECT)
    cursor.execute(f"""
        DELETE FROM {AREAS._meta.db_table} x USING resolved r
        WHERE x.action_id = r.target AND r.fate = 'update' AND r.changes ? 'places'
    """)
    insert_from(
        cursor,
        AREAS,
        given={"action_id": "coalesce(r.new_action, r.target)", "area_id": "area"},
        source="""FROM resolved r, unnest(r.areas) AS area
                  WHERE r.fate = 'create' OR (r.fate = 'update' AND r.changes ? 'places')""",
    )
    cursor.execute(NOTE)


def take_back(cursor: Any, plan: MemberImport, *, by: Person) -> dict[str, int]:
    """Delete actions that nobody did anything with, and put back what is still as the table wrote it."""
    same_places = f"to_jsonb({AREAS_NOW}) = r.values->'written'->'areas'"
    find_back(cursor, plan, Action, only=f"{unused(Action, 't')} AND {same_places}")
    cursor.execute(f"DELETE FROM {AREAS._meta.db_table} x USING back WHERE x.action_id = back.target")
    delete_back(cursor, Action)
    return tally(cursor, plan, _places_back(cursor, plan) | _columns_back(cursor, plan))


def _columns_back(cursor: Any, plan: MemberImport) -> set[int]:
    def is_ours(fields: tuple[str, ...]) -> str:
        names = ", ".join(f"'{field}'" for field in fields)
        same = " AND ".join(
            f"t.{field}::text IS NOT DISTINCT FROM r.values->'written'->>'{field}'" for field in fields
        )
        return f"(r.changes ?| ARRAY[{names}] AND {same})"

    new_values = ", ".join(
        f"{field} = CASE WHEN {is_ours(fields)} THEN (r.before->>'{field}'){CASTS.get(field, '')}"
        f" ELSE t.{field} END"
        for fields in TOGETHER
        for field in fields
    )
    cursor.execute(
        f"""
        UPDATE actions_action t SET {new_values} FROM {ROWS} r
        WHERE r.plan_id = %s AND r.fate = 'update' AND t.id = r.target
          AND ({" OR ".join(map(is_ours, TOGETHER))})
        RETURNING r.id
        """,
        [plan.pk],
    )
    return {pk for (pk,) in cursor.fetchall()}


def _places_back(cursor: Any, plan: MemberImport) -> set[int]:
    """Where an action is: all of its municipalities together with whether it is for the whole region."""
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.moved;
        CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
        SELECT r.id AS row_id, t.id AS action_id, r.before
        FROM {ROWS} r JOIN actions_action t ON t.id = r.target
        WHERE r.plan_id = %s AND r.fate = 'update' AND r.changes ? 'places'
          AND t.scope = r.values->'written'->>'scope'
          AND to_jsonb({AREAS_NOW}) = r.values->'written'->'areas'
        """,
        [plan.pk],
    )
    cursor.execute(f"DELETE FROM {AREAS._meta.db_table} x USING moved WHERE x.action_id = moved.action_id")
    insert_from(
        cursor,
        AREAS,
        given={"action_id": "moved.action_id", "area_id": "area::bigint"},
        source="FROM moved, jsonb_array_elements_text(moved.before->'areas') AS area",
    )
    cursor.execute("""
        UPDATE actions_action t SET scope = moved.before->>'scope' FROM moved WHERE t.id = moved.action_id
        RETURNING moved.row_id
    """)
    return {pk for (pk,) in cursor.fetchall()}
