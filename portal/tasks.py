"""What workers are told to do. Each task only looks in PostgreSQL."""

from celery import shared_task
from django.apps import apps
from django.core.management import call_command

from portal import heartbeats, jobs


@shared_task
def work(*, kind: str) -> int:
    """Work the due rows of `kind`, such as `portal.mail`; how many were tried."""
    return jobs.work_due(apps.get_model(kind))


@shared_task
def beat_heartbeat() -> None:
    """Write down that beat, broker and worker are alive together."""
    heartbeats.beat("beat")


@shared_task
def clear_sessions() -> None:
    """Delete sessions that have expired."""
    call_command("clearsessions")
