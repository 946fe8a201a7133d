"""What beat asks of the covenants."""

from celery import shared_task

from covenants import access_logs, endings, preservation, rounds, time_authorities


@shared_task
def order_preservation() -> None:
    """Check what was not checked for a year, and renew what grows old."""
    preservation.order_due()


@shared_task
def ask_time_authorities() -> None:
    """Ask whether the authorities on whose time our seals rest still stand."""
    time_authorities.ask()


@shared_task
def close_overdue_rounds() -> None:
    """Close every round whose last moment went by."""
    rounds.close_overdue()


@shared_task
def supersede_versions() -> None:
    """Replace texts that a newer one without signatures has overtaken today."""
    endings.supersede_due()


@shared_task
def remind_signers() -> None:
    """Remind who was asked and did not sign, in the last week of a round."""
    rounds.remind_before_closing()


@shared_task
def erase_access_logs() -> None:
    """Wipe network addresses of a year ago, with the salt of their hash."""
    access_logs.erase_old()
