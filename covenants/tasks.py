"""What beat asks of the covenants."""

from celery import shared_task

from covenants import preservation


@shared_task
def order_preservation() -> None:
    """Check what was not checked for a year, and renew what grows old."""
    preservation.order_due()
