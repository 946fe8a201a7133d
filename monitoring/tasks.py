"""What beat asks of the monitor."""

from celery import shared_task

from monitoring import aggregation


@shared_task
def order_stale_figures() -> None:
    """Figures follow a changed region within minutes; a delivery orders its own."""
    aggregation.order_stale()
