"""The app of beat. It rings at set times by the names of tasks, without their code, models or pages."""

from celery import Celery
from django.conf import settings
from django.utils.log import configure_logging

# What workers have of Django's start.
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)

app = Celery("portal", fixups=(), set_as_current=False)
app.config_from_object("django.conf:settings", namespace="CELERY")
