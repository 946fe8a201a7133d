"""A coalition chooses from the one catalogue which figures it talks about, and in which order."""

from typing import Literal

from django.db.models import F, Max

from coalitions.models import Coalition
from monitoring.catalogue import Definition, load_definitions
from monitoring.models import ChosenIndicator
from partners.models import Person
from portal.acts import Refused, act

Way = Literal["up", "down"]


class NotChosen(Refused):
    """The list changed meanwhile."""

    def __init__(self) -> None:
        super().__init__("Dit cijfer staat niet meer in de lijst. Ververs de pagina.")


class Unknown(Refused):
    """No indicator has this code."""

    def __init__(self) -> None:
        super().__init__("Dit cijfer bestaat niet. Kies een cijfer uit de lijst.")


def chosen_codes(coalition: Coalition) -> list[str]:
    """The codes of what the coalition chose, in its order; empty where it chose nothing yet."""
    return list(coalition.chosen_indicators.in_order().values_list("code", flat=True))


def definitions_for(coalition: Coalition) -> list[Definition]:
    """What the coalition chose, in its order; the whole catalogue where it chose nothing yet."""
    known = {item.code: item for item in load_definitions()}
    codes = [code for code in chosen_codes(coalition) if code in known]
    return [known[code] for code in codes] or list(known.values())


def choose(*, coalition: Coalition, code: str, by: Person) -> ChosenIndicator:
    """Put one indicator at the end of the list."""
    if code not in {item.code for item in load_definitions()}:
        raise Unknown
    with act(by=by):
        _lock(coalition)
        last = coalition.chosen_indicators.aggregate(last=Max("place"))["last"] or 0
        chosen = ChosenIndicator(coalition=coalition, code=code, place=last + 1)
        chosen.full_clean()
        chosen.save(force_insert=True)
        return chosen


def move(*, coalition: Coalition, code: str, way: Way, by: Person) -> None:
    """Let one indicator change places with the one above or below it; at the end nothing moves."""
    with act(by=by):
        _lock(coalition)
        chosen = _find(coalition, code)
        rows = coalition.chosen_indicators
        if way == "up":
            other = rows.filter(place__lt=chosen.place).order_by("-place").first()
        else:
            other = rows.filter(place__gt=chosen.place).order_by("place").first()
        if other is None:
            return
        # Each gets the place of the other, in one statement.
        both = rows.filter(pk__in=[chosen.pk, other.pk])
        both.update(place=chosen.place + other.place - F("place"))


def leave_out(*, coalition: Coalition, code: str, by: Person) -> None:
    """Take one indicator from the list."""
    with act(by=by):
        _lock(coalition)
        _find(coalition, code).delete()


def _lock(coalition: Coalition) -> None:
    """Two people who order the list wait for each other."""
    Coalition.objects.select_for_update(of=("self",)).only("pk").get(pk=coalition.pk)


def _find(coalition: Coalition, code: str) -> ChosenIndicator:
    found = coalition.chosen_indicators.filter(code=code).first()
    if found is None:
        raise NotChosen
    return found
