"""The app of beat. It rings at set times by the names of tasks, without their code, models or pages."""

from logging.config import dictConfig

from celery import Celery
from django.conf import settings

from portal import garbage

# Workers have it of Django's start.
dictConfig(settings.LOGGING)

app = Celery("portal", fixups=(), set_as_current=False)
app.config_from_object("django.conf:settings", namespace="CELERY")
garbage.settle()
