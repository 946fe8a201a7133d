"""Three years together where the newest year of an area is not shown: pure, no queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitoring import pooling, sentences
from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Status
from monitoring.presenters.readings import ByArea, Reading, read, same_period
from partners.models import Area

NO_WINDOWS: Mapping[str, ByArea] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """Three years of an area and of the country together, instead of a year that is not shown."""

    # Why the year has no figure of its own; empty where that was no matter of its own size.
    why: str
    reading: Reading
    country: Reading


def pooled_of(
    figure: Aggregate, windows: ByArea, definition: Definition, area: Area, country: Area | None
) -> Pooled | None:
    """The last window of years that is shown, where the newest year is not; else why there is none."""
    if figure.status not in sentences.SUPPRESSED:
        return None
    why = pooling.TOO_SMALL_FOR_A_YEAR if figure.status == Status.SUPPRESSED_PRIMARY else ""
    own = windows.get(area.pk, ())
    shown = [window for window in own if window.value is not None]
    if not shown:
        newest = read(own[-1], definition) if own else Reading()
        return Pooled(why=why, reading=newest, country=Reading()) if why else None
    national = windows.get(country.pk, ()) if country else ()
    benchmark = same_period(national, shown[-1])
    return Pooled(
        why=why,
        reading=read(shown[-1], definition, country=benchmark),
        country=read(benchmark, definition),
    )
