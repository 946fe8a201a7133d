"""Deleting what a table brought in, where nobody did anything with it since."""

from typing import Any

from django.db import models

from coalitions.imports.undo import ROWS, untouched
from coalitions.models import MemberImport


def find_back(
    cursor: Any, plan: MemberImport, model: type[models.Model], *, joins: str = "", only: str = "true"
) -> None:
    """The temporary table `back`: the rows of the plan that made a row `t` of `model` which is still as it
    came in and for which `only` holds. They are held first, so that what somebody does meanwhile is seen
    or waits."""
    table = model._meta.db_table
    cursor.execute(
        f"""SELECT 1 FROM {table} WHERE id IN (SELECT target FROM {ROWS} WHERE plan_id = %s)
            ORDER BY id FOR UPDATE""",
        [plan.pk],
    )
    cursor.execute(
        f"""
        DROP TABLE IF EXISTS pg_temp.back;
        CREATE TEMPORARY TABLE back ON COMMIT DROP AS
        SELECT r.id AS row_id, r.target, r.person_id, r.made_person
        FROM {ROWS} r JOIN coalitions_memberimport p ON p.id = r.plan_id
        JOIN {table} t ON t.id = r.target {joins}
        WHERE r.plan_id = %s AND r.made_target AND {untouched(model, "t")} AND {only}
        """,
        [plan.pk],
    )


def delete_back(cursor: Any, model: type[models.Model]) -> None:
    """Delete what `back` holds; the rows of the plan stay, and point at nothing."""
    cursor.execute(f"""
        UPDATE {ROWS} r SET target = NULL, person_id = CASE WHEN NOT r.made_person THEN r.person_id END
        FROM back WHERE r.id = back.row_id
    """)
    cursor.execute(f"DELETE FROM {model._meta.db_table} t USING back WHERE t.id = back.target")
