"""Agreed: covenants, their versions, what is said of them, who signed, and what was sealed."""

from covenants.models.accessions import Accession, AccessionVoice
from covenants.models.acts import (
    AccessLog,
    Challenge,
    ChallengePurpose,
    Method,
    SignatureAct,
)
from covenants.models.artefacts import (
    Artefact,
    ArtefactKind,
    SealJob,
    SealKind,
    SealLevel,
)
from covenants.models.chain import (
    ChainEvent,
    EventType,
)
from covenants.models.check_codes import CheckCode
from covenants.models.documents import (
    Covenant,
    CovenantKind,
)
from covenants.models.drafts import (
    BlockEdit,
    Comment,
)
from covenants.models.endings import EndProposal
from covenants.models.outside import OutsideLine, OutsideRegistration
from covenants.models.parties import (
    Decline,
    DeclineKind,
    Party,
    PartySignature,
    ShorterNotice,
    Withdrawal,
)
from covenants.models.rounds import (
    InvitationReason,
    Reading,
    Round,
    SignatureKind,
    SigningInvitation,
    StagePlace,
)
from covenants.models.time_authorities import RevokedTimeAuthority
from covenants.models.versions import (
    CovenantVersion,
    ForceRule,
    ResignRule,
    VersionState,
)

__all__ = [
    "AccessLog",
    "Accession",
    "AccessionVoice",
    "Artefact",
    "ArtefactKind",
    "BlockEdit",
    "ChainEvent",
    "Challenge",
    "ChallengePurpose",
    "CheckCode",
    "Comment",
    "Covenant",
    "CovenantKind",
    "CovenantVersion",
    "Decline",
    "DeclineKind",
    "EndProposal",
    "EventType",
    "ForceRule",
    "InvitationReason",
    "Method",
    "OutsideLine",
    "OutsideRegistration",
    "Party",
    "PartySignature",
    "Reading",
    "ResignRule",
    "RevokedTimeAuthority",
    "Round",
    "SealJob",
    "SealKind",
    "SealLevel",
    "ShorterNotice",
    "SignatureAct",
    "SignatureKind",
    "SigningInvitation",
    "StagePlace",
    "VersionState",
    "Withdrawal",
]
