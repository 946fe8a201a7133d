"""What is written to the log, by which part of the portal, and how it looks."""

from typing import Any


def configuration(level: str) -> dict[str, Any]:
    """What Django and beat log from `level` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"brief": {"()": "portal.logs.WithoutTraceback"}},
        "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"filters": ["brief"]},
            "celery": {"handlers": [], "level": level, "propagate": True},
            # Two lines for each look at the database, found or not.
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            # Tells of every connection at INFO.
            "psycopg": {"level": "WARNING" if level in {"DEBUG", "INFO"} else level},
        },
    }
