"""The steps that somebody can take with an action, in words, with what they ask and their operation."""

from collections.abc import Callable
from dataclasses import dataclass

from actions import work
from actions.action_forms import (
    BlockForm,
    FinishForm,
    NothingForm,
    PauseForm,
    PlanForm,
    SecureForm,
    StopForm,
)
from actions.fields import CoalitionForm
from actions.models import Action, ActionState


@dataclass(frozen=True)
class Move:
    """One step: the word in the address, where it ends, and what the screen says of it."""

    slug: str
    to: ActionState
    label: str
    run: Callable[..., Action]
    form: type[CoalitionForm] = NothingForm
    is_grave: bool = False
    # Whether who pulls the action may do it by itself.
    by_lead: bool = True

    @property
    def asks(self) -> bool:
        """Whether something must be filled in first."""
        return self.form is not NothingForm


PLAN = Move("plannen", ActionState.PLANNED, "Plan deze actie", work.plan, PlanForm, by_lead=False)
START = Move("starten", ActionState.RUNNING, "Start deze actie", work.start)
BLOCK = Move("vastzitten", ActionState.BLOCKED, "Zet op ‘zit vast’", work.block, BlockForm)
PAUSE = Move("pauzeren", ActionState.PAUSED, "Pauzeer deze actie", work.pause, PauseForm)
RESUME = Move("hervatten", ActionState.RUNNING, "Ga weer verder", work.resume)
FINISH = Move("afronden", ActionState.DONE, "Rond deze actie af", work.finish, FinishForm)
SECURE = Move("borgen", ActionState.SECURED, "Borg deze actie", work.secure, SecureForm, by_lead=False)
STOP = Move(
    "loslaten",
    ActionState.STOPPED,
    "Laat deze actie los",
    work.stop,
    StopForm,
    is_grave=True,
    by_lead=False,
)

MOVES = {move.slug: move for move in (PLAN, START, BLOCK, PAUSE, RESUME, FINISH, SECURE, STOP)}
# The next step that is expected comes first.
MOVES_FROM: dict[str, tuple[Move, ...]] = {
    ActionState.IDEA: (PLAN, STOP),
    ActionState.PLANNED: (START, STOP),
    ActionState.RUNNING: (FINISH, BLOCK, PAUSE, STOP),
    ActionState.BLOCKED: (RESUME, STOP),
    ActionState.PAUSED: (RESUME, STOP),
    ActionState.DONE: (SECURE,),
}


def moves_from(state: str, *, all_of_them: bool) -> tuple[Move, ...]:
    """What can be done with an action in this state, by who decides on it or else by who pulls it."""
    return tuple(move for move in MOVES_FROM.get(state, ()) if all_of_them or move.by_lead)
