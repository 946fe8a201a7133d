"""The queue. Tasks are only told to look in PostgreSQL; see `portal.jobs`."""

import os
from functools import cached_property
from importlib import import_module
from typing import Any

from celery import Celery
from celery.fixups.django import DjangoFixup, DjangoWorkerFixup
from celery.signals import beat_init, celeryd_init, worker_init
from django.db import connections

from portal import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# They load every page of the portal, and Celery throws away what they say. `prepare` has done them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "yes")


class _KeepsPool(DjangoWorkerFixup):
    """Celery throws the pool of connections away before and after each task, so that every ring would begin
    by logging in at PostgreSQL. The pool looks by itself whether a connection is still good."""

    def close_database(self, **_: Any) -> None:
        connections.close_all()


class _Fixup(DjangoFixup):
    @cached_property
    def worker_fixup(self) -> DjangoWorkerFixup:
        return _KeepsPool(self.app)


app = Celery("portal", fixups=[lambda app: _Fixup(app).install()])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def wait_for_broker(conf: Any = None, sender: Any = None, **_: Any) -> None:
    """Pages give up on a silent broker within a second; workers and beat are there to wait for it."""
    conf = conf or sender.app.conf
    conf.broker_transport_options = {**conf.broker_transport_options, "socket_timeout": 5}


@worker_init.connect
def load_for_children(sender: Any, **_: Any) -> None:
    """Every child needs pages, for the addresses in mails, and what makes seals: here they share them.

    One child alone has nobody to share with, and loads what its jobs ask for.
    """
    if sender.concurrency > 1:
        from config import load_pages

        load_pages()
        with garbage.loading():
            import_module("covenants.sealing.making")
