"""Together: coalitions, their members, seats and roles."""

from coalitions.models.coalitions import Coalition, Level, Phase, PhaseStep
from coalitions.models.contacts import Channel, OutreachContact
from coalitions.models.documents import Audience, CoalitionDocument, DataExport
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
    "Audience",
    "Channel",
    "Coalition",
    "CoalitionDocument",
    "CoalitionRole",
    "Commitment",
    "DataExport",
    "ImportTask",
    "ImportWork",
    "JoinRequest",
    "Level",
    "MemberImport",
    "MemberImportKind",
    "MemberImportRow",
    "Membership",
    "MembershipState",
    "MembershipStep",
    "OutreachContact",
    "Phase",
    "PhaseStep",
    "RequestState",
    "Role",
    "Seat",
    "SeatKind",
    "SeatLevel",
]
