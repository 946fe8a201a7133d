"""Signs of life of the processes that nobody looks at."""

import datetime

from django.db.models import F
from django.db.models.functions import Now

from portal.models import Heartbeat


def beat(name: str) -> None:
    """Write down that `name` is alive now, by the clock of the database."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": Now()})


def silences() -> dict[str, datetime.timedelta]:
    """How long ago each process gave a sign of life; what never did is not in it. One query."""
    return dict(Heartbeat.objects.values_list("name", Now() - F("at")))
