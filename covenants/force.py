"""Does a text hold yet? It follows from its rule and from who signed; nothing of it is stored."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from covenants.models import CovenantVersion, ForceRule
from covenants.register import Entry


@dataclass(frozen=True)
class Force:
    """Whether a text holds on a day, in a sentence, and since when."""

    since: datetime.date | None
    sentence: str

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return self.since is not None


def force_of(version: CovenantVersion, entries: Iterable[Entry], *, on: datetime.date) -> Force:
    """Since when `version` holds between the parties of that day; no query."""
    bound = [entry for entry in entries if entry.bound_by.number >= version.number]
    days = sorted(_bound_since(entry, version) for entry in bound)
    match version.force_rule:
        case ForceRule.ON_DATE:
            starts = version.effective_on or timezone.localdate(version.second_at)
            if starts > on:
                return Force(None, f"Gaat gelden op {_words(starts)}.")
            return Force(starts, f"Geldt sinds {_words(starts)}.")
        case ForceRule.QUORUM:
            needed, count = version.quorum or 2, len(days)
            if count < needed:
                return Force(
                    None, f"Gaat gelden zodra {needed} partijen getekend hebben. Dat zijn er nu {count}."
                )
            since = days[needed - 1]
            return Force(since, f"Geldt sinds {_words(since)}, toen {needed} partijen getekend hadden.")
        case _ if len(days) < 2:
            return Force(None, "Gaat gelden zodra twee partijen getekend hebben.")
    return Force(days[1], f"Geldt sinds {_words(days[1])} tussen wie getekend heeft.")


def _bound_since(entry: Entry, version: CovenantVersion) -> datetime.date:
    """The day from which the text binds a party: of its signature, or of the rule of a newer text."""
    if entry.signature.version.number >= version.number:
        return entry.signature.signed_on
    starts = version.effective_on or timezone.localdate(version.second_at)
    return max(starts, entry.since)


def _words(day: datetime.date) -> str:
    return date_format(day, "j F Y")
