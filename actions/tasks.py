"""Work at fixed times around the reporting rounds. Each task only looks in PostgreSQL."""

from celery import shared_task

from actions import reminders, reports, rounds


@shared_task
def open_due_rounds() -> int:
    """Open every reporting round whose day has come."""
    return rounds.open_due()


@shared_task
def remind_reporters() -> int:
    """Remind who was asked how an action goes and said nothing."""
    return reminders.remind_due()


@shared_task
def fix_unanswered_reports() -> int:
    """Fix what nobody asked about within the days of its round."""
    return reports.fix_unanswered()
