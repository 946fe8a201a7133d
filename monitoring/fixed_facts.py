"""What the monitor must know before the first delivery: its catalogue."""

from monitoring.catalogue import load_definitions
from monitoring.indicators import sync_indicators


def load() -> str:
    """Load the catalogue; a sentence on what there is now."""
    return sync_indicators(load_definitions())
