"""Rules that PostgreSQL guards by trigger, each with a sentence for who breaks it.

Every refusal carries a code of class 23, so that Django raises IntegrityError for a broken
trigger just as for a broken constraint.
"""

from collections.abc import Mapping, Sequence

import pgtrigger


def refusal(message: str, code: str = "check_violation") -> str:
    """The statement with which a trigger refuses."""
    return f"RAISE EXCEPTION '{message.replace(chr(39), chr(39) * 2)}' USING ERRCODE = '{code}';"


def differs(columns: Sequence[str]) -> str:
    """The SQL condition that an update changes one of these columns."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


class Transitions(pgtrigger.Trigger):
    """Lets `field` move only along `allowed`, and start only in `initial`."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(
        self,
        *,
        name: str,
        field: str,
        allowed: Mapping[str, Sequence[str]],
        initial: Sequence[str] = (),
        message: str,
    ) -> None:
        moves = " OR ".join(
            f"(OLD.{field} = '{start}' AND NEW.{field} = '{end}')"
            for start, ends in allowed.items()
            for end in ends
        )
        starts = ", ".join(f"'{state}'" for state in initial)
        insert = f"IF TG_OP = 'INSERT' AND NEW.{field} NOT IN ({starts}) THEN {refusal(message)} END IF;"
        super().__init__(
            name=name,
            func=f"""
                {insert if initial else ""}
                IF TG_OP = 'UPDATE' AND NEW.{field} IS DISTINCT FROM OLD.{field} AND NOT ({moves}) THEN
                    {refusal(message)}
                END IF;
                RETURN NEW;
            """,
        )


def append_only(*, message: str = "Deze regel is bewijs en verandert niet.") -> list[pgtrigger.Trigger]:
    """Triggers that refuse update, delete and truncate; the restricted role lacks the rights as well."""
    refused = refusal(message, "restrict_violation")
    return [
        pgtrigger.Trigger(
            name="append_only_row",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=refused,
        ),
        pgtrigger.Trigger(
            name="append_only_table",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=refused,
        ),
    ]


def requires(*, name: str, condition: str, message: str, deferred: bool = False) -> pgtrigger.Trigger:
    """Refuses a row for which the SQL `condition` over NEW does not hold."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After if deferred else pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred if deferred else None,
        func=f"IF NOT ({condition}) THEN {refusal(message)} END IF; RETURN NEW;",
    )
