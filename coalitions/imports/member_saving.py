"""Doing what the check of a table of organisations wrote down, in a handful of statements."""

from typing import Any

from coalitions.imports.member_recognition import ROWS
from coalitions.imports.members import CORRECTED, MEMBERS, TODAY, words
from coalitions.models import MemberImport, Membership, MembershipStep
from partners.models import Organisation, Person
from portal.import_plans import insert_from

# The rows that the checked plan touches, held until the end of the transaction. A row that only the
# look after this finds is a difference, so that nothing is saved.
LOCK = (
    f"""SELECT 1 FROM partners_organisation WHERE id IN (
           SELECT organisation_id FROM {ROWS} WHERE plan_id = %(plan)s AND fate IN ('update', 'create'))
       ORDER BY id FOR NO KEY UPDATE""",
    f"""SELECT 1 FROM coalitions_membership WHERE id IN (
           SELECT membership_id FROM {ROWS} WHERE plan_id = %(plan)s AND fate = 'update')
       ORDER BY id FOR NO KEY UPDATE""",
)

NUMBER = """
    ALTER TABLE resolved ADD COLUMN new_organisation bigint, ADD COLUMN new_membership bigint;
    UPDATE resolved SET
        new_organisation = CASE WHEN organisation_id IS NULL
            THEN nextval(pg_get_serial_sequence('partners_organisation', 'id')) END,
        new_membership = nextval(pg_get_serial_sequence('coalitions_membership', 'id'))
    WHERE fate = 'create'
"""
WAKE = f"""
    UPDATE partners_organisation o SET archived_at = NULL, {
    ", ".join(f"{field} = coalesce(s.{field}, o.{field})" for field in CORRECTED)
}
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'create' AND r.is_asleep AND o.id = r.organisation_id
"""
CORRECT_ORGANISATIONS = f"""
    UPDATE partners_organisation o SET {
    ", ".join(
        f"{field} = CASE WHEN r.changes ? '{field}' THEN s.{field} ELSE o.{field} END" for field in CORRECTED
    )
}
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'update' AND o.id = r.organisation_id
      AND r.changes ?| ARRAY[{words(CORRECTED)}]
"""
CORRECT_MEMBERSHIPS = """
    UPDATE coalitions_membership m SET
        state = CASE WHEN r.changes ? 'state' THEN s.state ELSE m.state END,
        joined_on = CASE WHEN r.changes ? 'joined_on' THEN s.joined_on ELSE m.joined_on END,
        contribution_role = CASE WHEN r.changes ? 'contribution_role'
            THEN s.contribution_role ELSE m.contribution_role END
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'update' AND m.id = r.membership_id
      AND r.changes ?| ARRAY['state', 'joined_on', 'contribution_role']
"""
NOTE_MADE = f"""
    UPDATE {ROWS} SET
        organisation_id = coalesce(r.new_organisation, r.organisation_id),
        membership_id = coalesce(r.new_membership, r.membership_id),
        made_organisation = r.new_organisation IS NOT NULL OR (r.fate = 'create' AND r.is_asleep),
        made_membership = r.new_membership IS NOT NULL
    FROM resolved r WHERE {ROWS}.id = r.row_id AND r.fate = 'create'
"""


def save(cursor: Any, plan: MemberImport, *, by: Person) -> None:
    """Carry out what `resolved` says, all of it in a handful of statements."""
    cursor.execute(NUMBER)
    cursor.execute(WAKE)
    fresh = "FROM resolved r JOIN staged s USING (row_id) WHERE r.new_organisation IS NOT NULL"
    insert_from(
        cursor,
        Organisation,
        given={
            "id": "r.new_organisation",
            "name": "s.name",
            "type_id": "s.type_id",
            "municipality_id": "s.municipality_id",
            "kvk": "s.kvk",
            "branch": "s.branch",
            "rsin": "s.rsin",
            "agb": "s.agb",
            "oin": "s.oin",
            **{
                field: f"coalesce(s.{field}, '')"
                for field in ("short_name", "website", "phone", "general_email", "description")
            },
        },
        source=fresh,
    )
    insert_from(
        cursor,
        Membership,
        given={
            "id": "r.new_membership",
            "coalition_id": f"{plan.coalition_id}",
            "organisation_id": "coalesce(r.new_organisation, r.organisation_id)",
            "state": "r.wanted",
            "joined_on": f"CASE WHEN r.wanted IN ({MEMBERS}) THEN s.joined_on END",
            "contribution_role": "coalesce(s.contribution_role, '')",
            "source_note": "'Import'",
        },
        source="FROM resolved r JOIN staged s USING (row_id) WHERE r.new_membership IS NOT NULL",
    )
    cursor.execute(CORRECT_ORGANISATIONS)
    cursor.execute(CORRECT_MEMBERSHIPS)
    _write_steps(cursor, by=by)
    cursor.execute(NOTE_MADE)


def _write_steps(cursor: Any, *, by: Person) -> None:
    """A line in the life of each membership that is new or moved."""
    insert_from(
        cursor,
        MembershipStep,
        given={
            "membership_id": "coalesce(r.new_membership, r.membership_id)",
            "from_state": "CASE WHEN r.new_membership IS NULL THEN r.before->>'state' ELSE '' END",
            "to_state": "r.wanted",
            "reason": "'Import'",
            "happened_on": "CASE WHEN r.new_membership IS NULL THEN p.day"
            f" WHEN r.wanted IN ({MEMBERS}) THEN coalesce(s.joined_on, p.day) ELSE p.day END",
            "recorded_by_id": f"{by.pk}",
        },
        source=f"""FROM resolved r JOIN staged s USING (row_id),
                  (SELECT {TODAY} AS day) p
                  WHERE r.new_membership IS NOT NULL OR (r.fate = 'update' AND r.changes ? 'state')""",
    )
