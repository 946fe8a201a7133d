"""Together: coalitions, their members, seats and roles."""

from coalitions.models.coalitions import Coalition, Level, Phase, PhaseStep
from coalitions.models.conditions import (
    Agreement,
    CheckState,
    Condition,
    ConditionScore,
    ListEntry,
    ListKind,
    PartnerReview,
    Requirement,
    RequirementCheck,
    Score,
)
from coalitions.models.contacts import Channel, OutreachContact
from coalitions.models.digests import Digest, MutedNews
from coalitions.models.documents import Audience, CoalitionDocument, DataExport
from coalitions.models.groups import (
    GroupKind,
    GroupRole,
    GroupState,
    WorkingGroup,
    WorkingGroupDocument,
    WorkingGroupSeat,
    WorkingGroupSupport,
)
from coalitions.models.imports import (
    ImportTask,
    ImportWork,
    MemberImport,
    MemberImportKind,
    MemberImportRow,
)
from coalitions.models.join_requests import Commitment, JoinRequest, RequestState
from coalitions.models.memberships import Membership, MembershipState, MembershipStep
from coalitions.models.roles import CoalitionRole, Role, Seat, SeatKind, SeatLevel

__all__ = [
    "Agreement",
    "Audience",
    "Channel",
    "CheckState",
    "Coalition",
    "CoalitionDocument",
    "CoalitionRole",
    "Commitment",
    "Condition",
    "ConditionScore",
    "DataExport",
    "Digest",
    "GroupKind",
    "GroupRole",
    "GroupState",
    "ImportTask",
    "ImportWork",
    "JoinRequest",
    "Level",
    "ListEntry",
    "ListKind",
    "MemberImport",
    "MemberImportKind",
    "MemberImportRow",
    "Membership",
    "MembershipState",
    "MembershipStep",
    "MutedNews",
    "OutreachContact",
    "PartnerReview",
    "Phase",
    "PhaseStep",
    "RequestState",
    "Requirement",
    "RequirementCheck",
    "Role",
    "Score",
    "Seat",
    "SeatKind",
    "SeatLevel",
    "WorkingGroup",
    "WorkingGroupDocument",
    "WorkingGroupSeat",
    "WorkingGroupSupport",
]
