"""What the coalition does: programme, actions and reports, meetings, and gems that travel."""

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
from actions.models.allocations import Allocation, Expense, JointPurchase, PurchaseShare
from actions.models.announcements import Announcement, AnnouncementState, MessageDelivery
from actions.models.attendance import Attendance
from actions.models.bottlenecks import (
    Bottleneck,
    BottleneckKind,
    BottleneckState,
    BottleneckSupport,
    Factor,
    OriginKind,
)
from actions.models.budgets import (
    BudgetState,
    BudgetYear,
    FundingSource,
    Share,
    ShareKey,
    SourceKind,
)
from actions.models.calendar_feeds import CalendarFeed
from actions.models.consultations import Consultation
from actions.models.contributions import Contribution, ContributionState
from actions.models.decisions import Decision
from actions.models.interests import Interest, InterestKind
from actions.models.interventions import Intervention, InterventionOffer, OfferState
from actions.models.local_stands import LocalStand, LocalState
from actions.models.meeting_invitations import MeetingInvitation, MeetingNotice, NoticeKind, Response
from actions.models.meetings import (
    AgendaItem,
    AgendaKind,
    Meeting,
    MeetingKind,
    MeetingSeries,
    MeetingState,
    Speaker,
)
from actions.models.minutes import Minutes
from actions.models.outcomes import NoteOutcome
from actions.models.practices import AdoptionState, KitItem, Practice, PracticeAdoption, PracticeState
from actions.models.programmes import LocalChapter, Programme, ProgrammeKind, ProgrammeState
from actions.models.reports import (
    ProgressReport,
    ReportingRound,
    ReportState,
    RoundSnapshot,
    RoundState,
    StatusClaim,
)
from actions.models.table_notes import Question, TableNote
from actions.models.themes import Theme, ThemeRelevance, ThemeScope
from actions.models.tools import Tool, ToolKind, ToolUse

__all__ = [
    "Action",
    "ActionKind",
    "ActionPartner",
    "ActionPhase",
    "ActionPriority",
    "ActionScope",
    "ActionState",
    "ActionStep",
    "AdoptionState",
    "AgendaItem",
    "AgendaKind",
    "Allocation",
    "Announcement",
    "AnnouncementState",
    "Attendance",
    "Bottleneck",
    "BottleneckKind",
    "BottleneckState",
    "BottleneckSupport",
    "BudgetState",
    "BudgetYear",
    "CalendarFeed",
    "Consultation",
    "Contribution",
    "ContributionState",
    "Decision",
    "Expense",
    "Factor",
    "FundingSource",
    "Interest",
    "InterestKind",
    "Intervention",
    "InterventionOffer",
    "JointPurchase",
    "KitItem",
    "LocalChapter",
    "LocalStand",
    "LocalState",
    "Meeting",
    "MeetingInvitation",
    "MeetingKind",
    "MeetingNotice",
    "MeetingSeries",
    "MeetingState",
    "MessageDelivery",
    "Milestone",
    "Minutes",
    "NoteOutcome",
    "NoticeKind",
    "OfferState",
    "Origin",
    "OriginKind",
    "PartnerRole",
    "Practice",
    "PracticeAdoption",
    "PracticeState",
    "Programme",
    "ProgrammeKind",
    "ProgrammeState",
    "ProgressReport",
    "PurchaseShare",
    "Question",
    "ReportState",
    "ReportingRound",
    "Response",
    "RoundSnapshot",
    "RoundState",
    "Share",
    "ShareKey",
    "SourceKind",
    "Speaker",
    "StatusClaim",
    "TableNote",
    "Theme",
    "ThemeRelevance",
    "ThemeScope",
    "Tool",
    "ToolKind",
    "ToolUse",
]
