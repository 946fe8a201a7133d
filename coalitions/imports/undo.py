"""Taking an import back, for everything that nobody changed since.

An organisation that came in goes into the archive and its membership ends, with the reason; a later
import finds it again. People and functions that came in with a mistake are deleted, where nothing
hangs on them. A corrected value gets its old one back only where it is still the new one.
"""

from typing import Any

from django.apps import apps
from django.db import models

from coalitions.imports.members import CORRECTED, MEMBERS
from coalitions.models import (
    MemberImport,
    MemberImportRow,
    Membership,
    MembershipState,
    MembershipStep,
    Seat,
)
from partners.models import Organisation, Person, Representative
from portal.import_plans import insert_from

ROWS = "coalitions_memberimportrow"
UNDONE = "Import teruggedraaid"
LEFT, DECLINED = MembershipState.LEFT.value, MembershipState.DECLINED.value
CASTS = {
    "type_id": "::bigint",
    "municipality_id": "::bigint",
    "joined_on": "::date",
    "is_primary": "::boolean",
}
TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"


def unused(model: type[models.Model], alias: str, *, but: tuple[type[models.Model], ...] = ()) -> str:
    """A condition: no row of any other table points at this one."""
    relations = [
        relation
        for other in apps.get_models()
        if other._meta.app_label != "pghistory" and other not in {*but, MemberImportRow}
        for relation in other._meta.concrete_fields
        # The history follows its row and holds nobody back.
        if relation.related_model is model and not other.__name__.endswith("Event")
    ]
    return " AND ".join(
        ["true"]
        + [
            f'NOT EXISTS (SELECT FROM "{relation.model._meta.db_table}" used'
            f' WHERE used."{relation.column}" = {alias}.id)'
            for relation in relations
        ]
    )


def untouched(model: type[models.Model], alias: str) -> str:
    """A condition: the history knows of no change after the row came in."""
    return (
        f'(SELECT count(*) FROM "{model._meta.db_table}event" seen'
        f" WHERE seen.pgh_obj_id = {alias}.id AND seen.pgh_created_at > p.saved_at) = 0"
    )


def members_back(cursor: Any, plan: MemberImport, *, by: Person) -> dict[str, int]:
    """How many organisations were taken back, and how many stayed because somebody used or changed them."""
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.back;
        CREATE TEMPORARY TABLE back ON COMMIT DROP AS
        SELECT r.id AS row_id, r.membership_id, r.organisation_id, r.made_organisation, m.state
        FROM {ROWS} r JOIN coalitions_memberimport p ON p.id = r.plan_id
        JOIN coalitions_membership m ON m.id = r.membership_id
        WHERE r.plan_id = %s AND r.made_membership
          AND {untouched(Membership, "m")} AND {unused(Membership, "m", but=(MembershipStep,))}
        """,
        [plan.pk],
    )
    insert_from(
        cursor,
        MembershipStep,
        given={
            "membership_id": "membership_id",
            "from_state": "state",
            "to_state": _over("state"),
            "reason": f"'{UNDONE}'",
            "happened_on": TODAY,
            "recorded_by_id": f"{by.pk}",
        },
        source="FROM back",
    )
    cursor.execute(f"""
        UPDATE coalitions_membership m SET state = {_over("m.state")},
            left_on = greatest({TODAY}, m.joined_on), leave_reason = '{UNDONE}'
        FROM back WHERE m.id = back.membership_id
    """)
    cursor.execute(
        f"""
        UPDATE partners_organisation o SET archived_at = now()
        FROM back, coalitions_memberimport p
        WHERE p.id = %s AND o.id = back.organisation_id AND back.made_organisation
          AND {untouched(Organisation, "o")}
          AND NOT EXISTS (SELECT FROM coalitions_membership used
                          WHERE used.organisation_id = o.id AND used.id <> back.membership_id)
          AND {unused(Organisation, "o", but=(Membership,))}
        """,
        [plan.pk],
    )
    organisations = _put_back(
        cursor,
        plan,
        "partners_organisation",
        "organisation_id",
        tuple(CORRECTED),
    )
    moves = _states_back(cursor, plan, by=by)
    memberships = _put_back(
        cursor, plan, "coalitions_membership", "membership_id", ("joined_on", "contribution_role")
    )
    return tally(cursor, plan, {*organisations, *moves, *memberships})


def _over(state: str) -> str:
    return f"CASE WHEN {state} IN ({MEMBERS}) THEN '{LEFT}' ELSE '{DECLINED}' END"


def _put_back(
    cursor: Any,
    plan: MemberImport,
    table: str,
    key: str,
    columns: tuple[str, ...],
    *,
    only: str = "true",
) -> set[int]:
    """Give corrected values back their old ones where they still are what the import wrote."""

    def is_ours(column: str) -> str:
        return f"r.changes ? '{column}' AND t.{column}::text = r.values->>'{column}'"

    new_values = ", ".join(
        f"{column} = CASE WHEN {is_ours(column)} THEN (r.before->>'{column}'){CASTS.get(column, '')}"
        f" ELSE t.{column} END"
        for column in columns
    )
    cursor.execute(
        f"""
        UPDATE {table} t SET {new_values} FROM {ROWS} r
        WHERE r.plan_id = %s AND r.fate = 'update' AND t.id = r.{key} AND {only}
          AND ({" OR ".join(is_ours(column) for column in columns)})
        RETURNING r.id
        """,
        [plan.pk],
    )
    return {pk for (pk,) in cursor.fetchall()}


def _states_back(cursor: Any, plan: MemberImport, *, by: Person) -> set[int]:
    """A member that the table made rest, or the other way round, goes back; other steps stay."""
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.moved;
        CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
        SELECT r.id AS row_id, m.id AS membership_id, m.state AS from_state, r.before->>'state' AS to_state
        FROM {ROWS} r JOIN coalitions_membership m ON m.id = r.membership_id
        WHERE r.plan_id = %s AND r.fate = 'update' AND r.changes ? 'state'
          AND m.state = r.values->>'state' AND m.state IN ({MEMBERS}) AND r.before->>'state' IN ({MEMBERS})
        """,
        [plan.pk],
    )
    insert_from(
        cursor,
        MembershipStep,
        given={
            "membership_id": "membership_id",
            "from_state": "from_state",
            "to_state": "to_state",
            "reason": f"'{UNDONE}'",
            "happened_on": TODAY,
            "recorded_by_id": f"{by.pk}",
        },
        source="FROM moved",
    )
    cursor.execute("""
        UPDATE coalitions_membership m SET state = moved.to_state
        FROM moved WHERE m.id = moved.membership_id
        RETURNING moved.row_id
    """)
    return {pk for (pk,) in cursor.fetchall()}


def tally(cursor: Any, plan: MemberImport, put_back: set[int]) -> dict[str, int]:
    """Rows that are gone or have their old values again, and rows that stay."""
    cursor.execute("SELECT row_id FROM back")
    gone = {pk for (pk,) in cursor.fetchall()}
    total = plan.rows.filter(fate__in=["create", "update"]).count()
    return {"taken_back": len(gone | put_back), "stayed": total - len(gone | put_back)}


def people_back(cursor: Any, plan: MemberImport, *, by: Person) -> dict[str, int]:
    """The same of people and their functions."""
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.back;
        CREATE TEMPORARY TABLE back ON COMMIT DROP AS
        SELECT r.id AS row_id, r.person_id, r.representative_id, r.seat_id,
               r.made_person, r.made_representative, r.made_seat
        FROM {ROWS} r JOIN coalitions_memberimport p ON p.id = r.plan_id
        LEFT JOIN partners_representative v ON v.id = r.representative_id
        LEFT JOIN coalitions_seat z ON z.id = r.seat_id
        WHERE r.plan_id = %s AND (r.made_representative OR r.made_seat)
          AND (NOT r.made_seat OR z.id IS NOT NULL AND {untouched(Seat, "z")} AND {unused(Seat, "z")})
          AND (NOT r.made_representative OR {untouched(Representative, "v")})
        """,
        [plan.pk],
    )
    for column in ("seat", "representative", "person"):
        cursor.execute(f"""
            UPDATE {ROWS} r SET {column}_id = NULL FROM back
            WHERE r.{column}_id = back.{column}_id AND back.made_{column}
        """)
    cursor.execute("DELETE FROM coalitions_seat z USING back WHERE z.id = back.seat_id AND back.made_seat")
    cursor.execute(f"""
        DELETE FROM partners_representative v USING back
        WHERE v.id = back.representative_id AND back.made_representative
          AND {unused(Representative, "v")}
    """)
    # What somebody hung on a function in the meantime keeps it, and with it the row.
    cursor.execute("""
        DELETE FROM back USING partners_representative v
        WHERE v.id = back.representative_id AND back.made_representative
    """)
    cursor.execute(
        f"""
        DELETE FROM partners_person o USING back, coalitions_memberimport p
        WHERE p.id = %s AND o.id = back.person_id AND back.made_person
          AND {untouched(Person, "o")} AND {unused(Person, "o")}
        """,
        [plan.pk],
    )
    people = _put_back(cursor, plan, "partners_person", "person_id", ("name", "phone", "email"))
    functions = _put_back(
        cursor,
        plan,
        "partners_representative",
        "representative_id",
        ("function", "portfolio", "is_primary"),
        only="NOT (r.before->>'is_primary')::boolean",
    ) | _put_back(
        cursor,
        plan,
        "partners_representative",
        "representative_id",
        ("function", "portfolio", "is_primary"),
        only="(r.before->>'is_primary')::boolean",
    )
    return tally(cursor, plan, people | functions)
