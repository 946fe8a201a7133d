"""Work at fixed times. Each task only looks in PostgreSQL."""

from celery import shared_task

from coalitions import digests
from coalitions.imports import clearing


@shared_task
def order_weekly_digests() -> int:
    """Mails with news for who wants them on Monday."""
    return digests.order_weekly()


@shared_task
def order_direct_digests() -> int:
    """Mails with news for who wants them at once."""
    return digests.order_direct()


@shared_task
def clear_imports() -> int:
    """Tables that came in and are of no use any more."""
    return clearing.clear()
