"""What happens at set times. Beat rings; the rows in PostgreSQL say what there is to do."""

from celery.schedules import crontab

ENTRIES = {
    "beat_heartbeat": {"task": "portal.tasks.beat_heartbeat", "schedule": 30},
    "order_stale_figures": {"task": "monitoring.tasks.order_stale_figures", "schedule": 300},
    "tell_missed_deliveries": {
        "task": "monitoring.tasks.tell_missed_deliveries",
        "schedule": crontab(hour=7, minute=45, day_of_week="mon-fri"),
    },
    "order_preservation": {
        "task": "covenants.tasks.order_preservation",
        "schedule": crontab(hour=4, minute=20),
    },
    "ask_time_authorities": {
        "task": "covenants.tasks.ask_time_authorities",
        "schedule": crontab(hour=4, minute=10),
    },
    "close_overdue_rounds": {"task": "covenants.tasks.close_overdue_rounds", "schedule": 60},
    "supersede_versions": {
        "task": "covenants.tasks.supersede_versions",
        "schedule": crontab(hour=0, minute=10),
    },
    "remind_signers": {
        "task": "covenants.tasks.remind_signers",
        "schedule": crontab(hour=8, minute=30, day_of_week="mon-fri"),
    },
    "erase_access_logs": {
        "task": "covenants.tasks.erase_access_logs",
        "schedule": crontab(hour=3, minute=20),
    },
    "order_weekly_digests": {
        "task": "coalitions.tasks.order_weekly_digests",
        "schedule": crontab(hour=7, minute=0, day_of_week="mon"),
    },
    "order_direct_digests": {
        # Nobody is woken by it: what comes at night is told at seven.
        "task": "coalitions.tasks.order_direct_digests",
        "schedule": crontab(hour="7-21", minute="*/5"),
    },
    "open_due_rounds": {"task": "actions.tasks.open_due_rounds", "schedule": crontab(hour=6, minute=0)},
    "remind_reporters": {
        "task": "actions.tasks.remind_reporters",
        "schedule": crontab(hour=8, minute=15),
    },
    "fix_unanswered_reports": {
        "task": "actions.tasks.fix_unanswered_reports",
        "schedule": crontab(hour=5, minute=30),
    },
    "clear_imports": {"task": "coalitions.tasks.clear_imports", "schedule": crontab(hour=3, minute=30)},
    "clear_sessions": {
        "task": "portal.tasks.clear_sessions",
        "schedule": crontab(hour=3, minute=10),
    },
}
