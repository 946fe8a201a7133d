"""Rows of the demo are brought to their state by the steps that lead there, as PostgreSQL asks."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models


def bring(
    rows: models.QuerySet,
    wanted: Mapping[int, str],
    *,
    moves: Mapping[str, Sequence[str]],
    start: str,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Every row, by its key, from `start` to the state that is wanted, by the fewest steps and with the
    `facts` that a state asks for; a handful of statements however many rows there are."""
    ways = {end: _way(moves, start, end) for end in sorted(set(wanted.values()))}
    for step in range(max(map(len, ways.values()), default=0)):
        for end, way in ways.items():
            if step < len(way):
                moved = rows.filter(pk__in=[pk for pk, state in wanted.items() if state == end])
                moved.update(state=way[step], **(facts or {}).get(way[step], {}))


def _way(moves: Mapping[str, Sequence[str]], start: str, end: str) -> list[str]:
    """The states after `start` up to `end`."""
    seen: dict[str, list[str]] = {start: []}
    waiting = deque([start])
    while waiting and end not in seen:
        here = waiting.popleft()
        for to in moves.get(here, ()):
            if to not in seen:
                seen[to] = [*seen[here], to]
                waiting.append(to)
    return seen[end]
