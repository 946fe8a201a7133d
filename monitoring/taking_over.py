"""How many rows of a delivery were taken over so far, while that is still one transaction.

Of an open transaction others see nothing but the name of its session, and the sequence from which its
rows take their numbers. Deliveries come in one at a time, so what was taken from that sequence since this
one began, are its rows.
"""

from typing import Any

from django.db import connection

# The name holds until the transaction ends, whichever way.
_BEGIN = """
    SELECT set_config('application_name', format('levering %%s vanaf %%s', %s::int, last_value), true)
    FROM monitoring_observation_id_seq
"""
_DONE = """
    SELECT sequence.last_value - split_part(session.application_name, ' vanaf ', 2)::bigint
    FROM pg_stat_activity session, monitoring_observation_id_seq sequence
    WHERE session.datname = current_database()
      AND session.application_name LIKE format('levering %%s vanaf %%%%', %s::int)
"""


def begin(cursor: Any, delivery_id: int) -> None:
    """Let others see from here on how many rows are written; called while no other delivery comes in."""
    cursor.execute(_BEGIN, [delivery_id])


def rows_done(delivery_id: int) -> int | None:
    """How many rows are written; None while none is, before that and after."""
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [delivery_id])
        found = cursor.fetchone()
    return max(found[0], 0) if found else None
