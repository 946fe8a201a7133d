"""Knowing: indicators, observations with their origin, and the figures made from them."""

from monitoring.models.figures import Aggregate, Comparison, Partition, Run
from monitoring.models.indicators import Indicator, Interval, Period
from monitoring.models.observations import ImportFile, Observation, Status

__all__ = [
    "Aggregate",
    "Comparison",
    "ImportFile",
    "Indicator",
    "Interval",
    "Observation",
    "Partition",
    "Period",
    "Run",
    "Status",
]
