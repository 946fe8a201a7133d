"""Does a text hold yet? It follows from its rule and from who signed; nothing of it is stored."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from covenants.models import CovenantVersion, ForceRule, VersionState
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


def force_of(version: CovenantVersion, entries: Sequence[Entry], *, on: datetime.date) -> Force:
    """Since when `version` holds between the parties of that day; no query."""
    return _past(version, entries, on=on) or _by_its_rule(version, entries, on=on)


def meanwhile(version: CovenantVersion, entries: Sequence[Entry]) -> str:
    """Which older text still binds parties while `version` does not, as a sentence; blank where none does."""
    bound = [entry.bound_by.number for entry in entries if entry.bound_by.number < version.number]
    if not bound:
        return ""
    count = "1 partij" if len(bound) == 1 else f"{len(bound)} partijen"
    return f"Versie {max(bound)} blijft gelden voor {count}, tot zij deze tekst tekenen."


def _past(version: CovenantVersion, entries: Sequence[Entry], *, on: datetime.date) -> Force | None:
    """Why it holds for nobody any more; None where it can hold."""
    ended_on = version.covenant.ended_on
    if ended_on and ended_on <= on:
        return Force(None, f"Beëindigd per {_words(ended_on)}.")
    if version.state == VersionState.SUPERSEDED and all(entry.bound_by != version for entry in entries):
        return Force(None, "Vervangen door een nieuwere versie.")
    return None


def _by_its_rule(version: CovenantVersion, entries: Sequence[Entry], *, on: datetime.date) -> Force:
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
    if entry.signed.number >= version.number:
        return entry.signed_on
    starts = version.effective_on or timezone.localdate(version.second_at)
    return max(starts, entry.since)


def _words(day: datetime.date) -> str:
    return date_format(day, "j F Y")
