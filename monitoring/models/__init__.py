"""Knowing: indicators, observations with their origin, and the figures made from them."""

from monitoring.models.alerts import ReleaseAlert
from monitoring.models.board import (
    AnswerKind,
    BoardAnswer,
    BoardItem,
    BoardVisit,
    HeadlineChoice,
)
from monitoring.models.board_proposals import BoardProposal
from monitoring.models.deliveries import Delivery, DeliveryState, DeliveryTask, DeliveryWork, StagedFigure
from monitoring.models.expected import ExpectedDelivery
from monitoring.models.figures import (
    Aggregate,
    Comparison,
    Division,
    Edition,
    Partition,
    ReleaseFigure,
    Run,
    Total,
)
from monitoring.models.hospitals import HospitalFigure
from monitoring.models.indicator_sets import ChosenIndicator
from monitoring.models.indicators import Indicator, Interval, Period
from monitoring.models.interpretations import Interpretation, ReadingAction
from monitoring.models.observations import DIRECT_KINDS, ImportFile, Observation, Status
from monitoring.models.pooling import PooledFigure, WindowAudit
from monitoring.models.protection import Audit, HiddenFigure, Told
from monitoring.models.releases import Publication, Release, ReleaseState, Withdrawal

__all__ = [
    "DIRECT_KINDS",
    "Aggregate",
    "AnswerKind",
    "Audit",
    "BoardAnswer",
    "BoardItem",
    "BoardProposal",
    "BoardVisit",
    "ChosenIndicator",
    "Comparison",
    "Delivery",
    "DeliveryState",
    "DeliveryTask",
    "DeliveryWork",
    "Division",
    "Edition",
    "ExpectedDelivery",
    "HeadlineChoice",
    "HiddenFigure",
    "HospitalFigure",
    "ImportFile",
    "Indicator",
    "Interpretation",
    "Interval",
    "Observation",
    "Partition",
    "Period",
    "PooledFigure",
    "Publication",
    "ReadingAction",
    "Release",
    "ReleaseAlert",
    "ReleaseFigure",
    "ReleaseState",
    "Run",
    "StagedFigure",
    "Status",
    "Told",
    "Total",
    "WindowAudit",
    "Withdrawal",
]
