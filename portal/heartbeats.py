"""Signs of life of the processes that nobody looks at."""

import datetime

from django.db.models.functions import Now
from django.utils import timezone

from portal.models import Heartbeat


def beat(name: str) -> None:
    """Write down that `name` is alive now, by the clock of the database."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": Now()})


def silence(name: str) -> datetime.timedelta | None:
    """How long ago `name` was alive; None where it never was."""
    at = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    return timezone.now() - at if at else None
