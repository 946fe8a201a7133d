"""Is everything there that the portal needs?"""

import datetime
import time
from dataclasses import dataclass

import psycopg
from celery import current_app
from django.db import InterfaceError, OperationalError, connection
from kombu.exceptions import OperationalError as BrokerError
from psycopg_pool import PoolTimeout

from portal import heartbeats

# What Django and the pool raise when PostgreSQL cannot be reached.
OUTAGES = (OperationalError, InterfaceError, PoolTimeout)
# Sweeper and beat give a sign of life every half minute, unless they are at work.
LONGEST_SILENCE = datetime.timedelta(minutes=2)
# After a start the first one is due within half a minute; a slow machine gets some more.
FIRST_SIGN = datetime.timedelta(minutes=1)
CONNECT_SECONDS = 1


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing the portal leans on."""

    name: str
    label: str
    is_well: bool
    is_starting: bool = False
    detail: str = ""


_started = time.monotonic()


def _age() -> datetime.timedelta:
    """How long this process has been there; the others start together with it."""
    return datetime.timedelta(seconds=time.monotonic() - _started)


def check_parts() -> list[Part]:
    """Database, broker, sweeper and beat, in about two seconds even where all of them are away."""
    has_data = has_database()
    silences = heartbeats.silences() if has_data else {}
    return [
        Part(name="database", label="Database", is_well=has_data),
        Part(name="broker", label="Wachtrij", is_well=has_broker()),
        _process("sweeper", "Veger", silences),
        _process("beat", "Klok en werkprocessen", silences),
    ]


def has_database() -> bool:
    """Whether PostgreSQL answers a new connection; the pool would wait for seconds."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory")
    try:
        with psycopg.connect(**{**parameters, "connect_timeout": CONNECT_SECONDS}) as probe:
            probe.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def has_broker() -> bool:
    """Whether Redis answers, within the time-outs of its settings."""
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=0)
    except BrokerError:
        return False
    return True


def _process(name: str, label: str, silences: dict[str, datetime.timedelta]) -> Part:
    silence = silences.get(name)
    is_well = silence is not None and silence < LONGEST_SILENCE
    is_starting = not is_well and _age() < FIRST_SIGN
    if silence is None:
        detail = "nog geen teken van leven"
        return Part(name=name, label=label, is_well=False, is_starting=is_starting, detail=detail)
    return Part(
        name=name,
        label=label,
        is_well=is_well,
        is_starting=is_starting,
        detail=f"laatste teken van leven {round(silence.total_seconds())} seconden geleden",
    )
