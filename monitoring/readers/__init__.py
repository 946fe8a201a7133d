"""Files with figures, read into staged rows and issues; pure functions, no database."""

from monitoring.readers.cbs import read_cbs_geojson, require_places_size
from monitoring.readers.headings import COLUMNS, OPTIONAL, read_header
from monitoring.readers.observations import read_observation_table
from monitoring.readers.reading import COUNTRY, LIMITS, Layout, Reading, StagedRow
from portal.findings import Issue

__all__ = [
    "COLUMNS",
    "COUNTRY",
    "LIMITS",
    "OPTIONAL",
    "Issue",
    "Layout",
    "Reading",
    "StagedRow",
    "read_cbs_geojson",
    "read_header",
    "read_observation_table",
    "require_places_size",
]
