"""Knowing: indicators, observations with their origin, and the figures made from them."""

from monitoring.models.figures import Aggregate, Comparison, Edition, Partition, Run, Total
from monitoring.models.indicators import Indicator, Interval, Period
from monitoring.models.observations import ImportFile, Observation, Status

__all__ = [
    "Aggregate",
    "Comparison",
    "Edition",
    "ImportFile",
    "Indicator",
    "Interval",
    "Observation",
    "Partition",
    "Period",
    "Run",
    "Status",
    "Total",
]
