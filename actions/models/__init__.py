"""What the coalition does: programme, themes, bottlenecks, actions and reports."""

from actions.models.actions import (
    Action,
    ActionKind,
    ActionPartner,
    ActionPhase,
    ActionPriority,
    ActionScope,
    ActionState,
    ActionStep,
    Milestone,
    Origin,
    PartnerRole,
)
from actions.models.bottlenecks import (
    Bottleneck,
    BottleneckKind,
    BottleneckState,
    BottleneckSupport,
    Factor,
    OriginKind,
)
from actions.models.interests import Interest, InterestKind
from actions.models.programmes import LocalChapter, Programme, ProgrammeKind, ProgrammeState
from actions.models.reports import (
    ProgressReport,
    ReportingRound,
    ReportState,
    RoundSnapshot,
    RoundState,
    StatusClaim,
)
from actions.models.themes import Theme, ThemeRelevance, ThemeScope

__all__ = [
    "Action",
    "ActionKind",
    "ActionPartner",
    "ActionPhase",
    "ActionPriority",
    "ActionScope",
    "ActionState",
    "ActionStep",
    "Bottleneck",
    "BottleneckKind",
    "BottleneckState",
    "BottleneckSupport",
    "Factor",
    "Interest",
    "InterestKind",
    "LocalChapter",
    "Milestone",
    "Origin",
    "OriginKind",
    "PartnerRole",
    "Programme",
    "ProgrammeKind",
    "ProgrammeState",
    "ProgressReport",
    "ReportState",
    "ReportingRound",
    "RoundSnapshot",
    "RoundState",
    "StatusClaim",
    "Theme",
    "ThemeRelevance",
    "ThemeScope",
]
