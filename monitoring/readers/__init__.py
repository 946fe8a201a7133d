"""Files with figures, read into staged rows and issues; pure functions, no database."""

from monitoring.readers.cbs import read_cbs_geojson
from monitoring.readers.observations import read_observation_table
from monitoring.readers.reading import Reading, StagedRow
from portal.findings import Issue

__all__ = ["Issue", "Reading", "StagedRow", "read_cbs_geojson", "read_observation_table"]
