"""What beat asks of the monitor."""

from celery import shared_task

from monitoring import expected, orders


@shared_task
def order_stale_figures() -> None:
    """Figures follow a changed region within minutes; a delivery orders its own."""
    orders.order_stale()


@shared_task
def tell_missed_deliveries() -> int:
    """Who works with figures hears in the morning which did not come in time."""
    return expected.tell_missed()
