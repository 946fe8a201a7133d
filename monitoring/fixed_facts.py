"""What the monitor must know before the first delivery: its catalogue, and one period."""

import datetime

from monitoring.catalogue import load_definitions
from monitoring.indicators import sync_indicators
from monitoring.models import Period

# The postcode files of CBS do not say on which day they counted; they follow the division of 2021.
UNKNOWN_DAY = {
    "label": "peildatum niet bekend",
    "reference_date": datetime.date(2021, 1, 1),
}


def load() -> str:
    """Load both; a sentence on what there is now."""
    Period.objects.get_or_create(code="onbekend", defaults=UNKNOWN_DAY)
    return sync_indicators(load_definitions())
