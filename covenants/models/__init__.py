"""Agreed: covenants, their versions, what is said while they are written, and who signed them."""

from covenants.models.acts import AccessLog, Challenge, ChallengePurpose, Method, SignatureAct
from covenants.models.chain import ChainEvent, EventType
from covenants.models.parties import Decline, DeclineKind, Party, PartySignature, Withdrawal
from covenants.models.rounds import (
    InvitationReason,
    Reading,
    Round,
    SignatureKind,
    SigningInvitation,
)
from covenants.models.texts import (
    BlockEdit,
    Comment,
    Covenant,
    CovenantKind,
    CovenantVersion,
    ForceRule,
    ResignRule,
    VersionState,
)

__all__ = [
    "AccessLog",
    "BlockEdit",
    "ChainEvent",
    "Challenge",
    "ChallengePurpose",
    "Comment",
    "Covenant",
    "CovenantKind",
    "CovenantVersion",
    "Decline",
    "DeclineKind",
    "EventType",
    "ForceRule",
    "InvitationReason",
    "Method",
    "Party",
    "PartySignature",
    "Reading",
    "ResignRule",
    "Round",
    "SignatureAct",
    "SignatureKind",
    "SigningInvitation",
    "VersionState",
    "Withdrawal",
]
