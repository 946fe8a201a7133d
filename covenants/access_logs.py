"""Network addresses beside signatures: kept for a year, then wiped with the salt of their hash."""

import datetime

from django.db.models.functions import Now
from django.utils import timezone

from covenants.models import AccessLog

KEPT = datetime.timedelta(days=365)


def erase_old() -> int:
    """Wipe what is older than a year; the chain still holds a hash that nobody can read back."""
    old = AccessLog.objects.filter(logged_at__lt=timezone.now() - KEPT, erased_at__isnull=True)
    return old.update(address=None, salt="", erased_at=Now())
