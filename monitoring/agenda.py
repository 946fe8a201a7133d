"""What partners want to know and no source gives yet: the development agenda of the catalogue."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

AGENDA = Path(__file__).parent / "data" / "agenda.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A figure that is wanted, and why it is not there."""

    name: str
    question: str
    missing: str


@cache
def load_agenda() -> tuple[Wish, ...]:
    """Every wish, by name; read once. TypeError where the file holds something else."""
    content = tomllib.loads(AGENDA.read_text(encoding="utf-8"))
    return tuple(sorted((Wish(**wish) for wish in content["wish"]), key=lambda wish: wish.name))


def matching(wishes: Iterable[Wish], *, words: str) -> list[Wish]:
    """The wishes that hold every one of the words."""
    wanted = words.casefold().split()
    return [
        wish for wish in wishes if all(word in f"{wish.name} {wish.question}".casefold() for word in wanted)
    ]
