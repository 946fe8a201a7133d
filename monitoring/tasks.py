"""What beat asks of the monitor."""

from celery import shared_task

from monitoring import aggregation


@shared_task
def order_stale_run() -> None:
    """Figures follow new deliveries and changed regions within minutes."""
    aggregation.order_run(reason="nieuwe levering of gewijzigde regio", by=None, only_stale=True)
