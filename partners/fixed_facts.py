"""What the portal must know before anybody logs in: places, and kinds of organisations."""

from partners.areas import load_areas
from partners.organisation_types import load_organisation_types


def load() -> str:
    """Load both; a sentence a line on what there is now."""
    return f"{load_areas()}\n{load_organisation_types()}"
