"""Which four indicators lead the board page of a coalition."""

from collections.abc import Sequence

from coalitions.models import Coalition
from monitoring.catalogue import Definition, load_definitions
from monitoring.models import HeadlineChoice
from monitoring.models.board import MOST_HEADLINES
from monitoring.presenters.themes import CONTEXT
from partners.models import Person
from portal.acts import Refused, act


class UnknownIndicator(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(f"‘{code}’ staat niet in de catalogus. Kies een cijfer uit de lijst.")


class NotVerified(Refused):
    def __init__(self, definition: Definition) -> None:
        super().__init__(
            f"De omschrijving van ‘{definition.name}’ is nog niet nagekeken bij de bron. Bestuurders zien "
            "alleen cijfers die zijn nagekeken. Kies een ander cijfer."
        )


class TooMany(Refused):
    def __init__(self) -> None:
        super().__init__(f"Kies ten hoogste {MOST_HEADLINES} cijfers: meer past niet op één pagina.")


class Twice(Refused):
    def __init__(self) -> None:
        super().__init__("Kies elk cijfer maar één keer.")


def fit_to_lead(chosen: Sequence[str] = ()) -> list[Definition]:
    """The indicators about a good start whose definition somebody read at its source; of those that a
    coalition talks about, in its order, where it chose any."""
    fit = {item.code: item for item in load_definitions() if item.is_verified and item.theme != CONTEXT}
    return [fit[code] for code in chosen if code in fit] or list(fit.values())


def choose(*, coalition: Coalition, codes: Sequence[str], by: Person) -> None:
    """Let these indicators lead the board page, in this order; none of them means the portal's own choice."""
    if len(codes) > MOST_HEADLINES:
        raise TooMany
    if len(set(codes)) < len(codes):
        raise Twice
    known = {item.code: item for item in load_definitions()}
    for code in codes:
        if code not in known:
            raise UnknownIndicator(code)
        if not known[code].is_verified:
            raise NotVerified(known[code])
    with act(by=by):
        # Two coordinators who choose at once follow each other.
        Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
        coalition.headline_choices.all().delete()
        for position, code in enumerate(codes, start=1):
            row = HeadlineChoice(coalition=coalition, position=position, indicator_code=code)
            row.full_clean()
            row.save(force_insert=True)


def chosen_codes(coalition: Coalition) -> list[str]:
    """The codes that the coordinator chose, in order; empty where she chose none."""
    return list(coalition.headline_choices.order_by("position").values_list("indicator_code", flat=True))
