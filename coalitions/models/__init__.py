"""Together: coalitions, their members, seats and roles."""

from coalitions.models.coalitions import Coalition, Level, Phase
from coalitions.models.memberships import Membership, MembershipState, MembershipStep
from coalitions.models.roles import CoalitionRole, Role, Seat, SeatKind, SeatLevel

__all__ = [
    "Coalition",
    "CoalitionRole",
    "Level",
    "Membership",
    "MembershipState",
    "MembershipStep",
    "Phase",
    "Role",
    "Seat",
    "SeatKind",
    "SeatLevel",
]
