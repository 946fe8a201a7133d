"""The steps that somebody can take with a membership, in words and with their operation."""

from collections.abc import Callable
from dataclasses import dataclass

from coalitions import members
from coalitions.models import Membership, MembershipState


@dataclass(frozen=True)
class Move:
    """One step: the word in the address, where it ends, and what the screen says of it."""

    slug: str
    to: MembershipState
    label: str
    question: str
    run: Callable[..., Membership]
    is_grave: bool = False


START_TALKS = Move(
    "gesprek",
    MembershipState.IN_TALKS,
    "Zet op ‘in gesprek’",
    "Wanneer was het eerste gesprek?",
    members.start_talks,
)
INVITE = Move(
    "uitnodigen",
    MembershipState.INVITED,
    "Zet op ‘uitgenodigd’",
    "Wanneer is de organisatie uitgenodigd?",
    members.invite,
)
ADMIT = Move(
    "lid",
    MembershipState.MEMBER,
    "Maak lid",
    "Sinds wanneer is de organisatie lid?",
    members.admit,
)
REST = Move(
    "rust",
    MembershipState.DORMANT,
    "Zet op ‘nu niet actief’",
    "Sinds wanneer is het lid niet actief?",
    members.rest,
)
RESUME = Move(
    "hervatten",
    MembershipState.MEMBER,
    "Weer actief",
    "Sinds wanneer is het lid weer actief?",
    members.resume,
)
LEAVE = Move(
    "stoppen",
    MembershipState.LEFT,
    "Lid stopt",
    "Per wanneer stopt het lid?",
    members.leave,
    is_grave=True,
)
DECLINE = Move(
    "afzien",
    MembershipState.DECLINED,
    "Doet niet mee",
    "Wanneer zei de organisatie dat zij niet meedoet?",
    members.decline,
    is_grave=True,
)

MOVES = {move.slug: move for move in (START_TALKS, INVITE, ADMIT, REST, RESUME, LEAVE, DECLINE)}
# The next step that is expected comes first.
MOVES_FROM: dict[str, tuple[Move, ...]] = {
    MembershipState.PROSPECT: (START_TALKS, INVITE, ADMIT, DECLINE),
    MembershipState.IN_TALKS: (INVITE, ADMIT, DECLINE),
    MembershipState.INVITED: (ADMIT, DECLINE),
    MembershipState.MEMBER: (REST, LEAVE),
    MembershipState.DORMANT: (RESUME, LEAVE),
}


def moves_from(state: str) -> tuple[Move, ...]:
    """What can be done with a membership in this state; nothing once it is over."""
    return MOVES_FROM.get(state, ())
