"""How the actions of a coalition go, for who has two minutes; what was not told is not guessed."""

from dataclasses import dataclass
from typing import Any

from actions.models import StatusClaim
from actions.progress import Progress, expected_in, progress_of, with_claim
from coalitions.models import Coalition

MOST_NAMED = 3
NOTHING_RUNS = "Er lopen nog geen acties."


@dataclass(frozen=True, kw_only=True)
class BoardProgress:
    """What was reported, and the names of what is stuck."""

    progress: Progress
    stuck: list[str]

    @property
    def claims(self) -> list[tuple[str, str, int]]:
        """Claim, its words and how many; what nobody said is left out."""
        return [claim for claim in self.progress.claims if claim[2]]

    @property
    def sentence(self) -> str:
        """`4 op schema, 1 let op, 1 zit vast. 6 van 10 acties gemeld.`"""
        if not self.progress.expected:
            return NOTHING_RUNS
        told = ", ".join(f"{count} {label.lower()}" for _, label, count in self.claims)
        return f"{told}. {self.progress.coverage}." if told else f"{self.progress.coverage}."

    @property
    def stuck_sentence(self) -> str:
        """`Zit vast: Prenataal huisbezoek en nog 2.`; empty where nothing is."""
        if not self.stuck:
            return ""
        more = self.progress.stuck - len(self.stuck)
        return f"Zit vast: {'; '.join(self.stuck)}{f' en nog {more}' if more > 0 else ''}."


def progress_for_board(coalition: Coalition) -> BoardProgress:
    """Two queries, and a third where something is stuck."""
    progress = progress_of(coalition)
    stuck: list[str] = []
    if progress.stuck:
        found: Any = with_claim(expected_in(coalition, progress.round), progress.round)
        titles = found.filter(claim=StatusClaim.STUCK).order_by("pk").values_list("title", flat=True)
        stuck = list(titles[:MOST_NAMED])
    return BoardProgress(progress=progress, stuck=stuck)
