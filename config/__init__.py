"""Wiring only: settings, addresses, the queue."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
