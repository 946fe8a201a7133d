"""The queue. Tasks are only told to look in PostgreSQL; see `portal.jobs`."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def wait_for_broker(conf: Any = None, sender: Any = None, **_: Any) -> None:
    """Pages give up on a silent broker within a second; workers and beat are there to wait for it."""
    (conf or app.conf).broker_transport_options = {
        **app.conf.broker_transport_options,
        "socket_timeout": 5,
    }
