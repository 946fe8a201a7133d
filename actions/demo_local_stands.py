"""Made-up stands of municipalities with the actions of the demo."""

import datetime
from collections.abc import Iterator

from actions.models import Action, ActionScope, LocalStand, LocalState
from actions.models.actions import LIVE_STATES, OVER_STATES
from coalitions.models import Coalition
from partners.models import Area

PREPARED = datetime.date(2024, 9, 1)
# Of each action the same round of stands, which begins somewhere else; None: nothing said yet. Since when,
# and what they said.
STANDS: tuple[tuple[str, datetime.date, str] | None, ...] = (
    (LocalState.RUNNING, datetime.date(2025, 2, 3), "Bij alle praktijken in de gemeente."),
    (LocalState.RUNNING, datetime.date(2025, 4, 14), ""),
    None,
    (LocalState.PREPARING, datetime.date(2026, 5, 18), "We wachten op de begroting van volgend jaar."),
    (LocalState.SECURED, datetime.date(2025, 11, 3), "Staat in de afspraken met het wijkteam."),
    None,
    (LocalState.RUNNING, datetime.date(2025, 9, 1), "Eerst in één wijk, daarna in de rest."),
    (LocalState.ABSTAINING, datetime.date(2025, 1, 20), "Wij doen dit al met een eigen werkwijze."),
    None,
    (LocalState.STOPPED, datetime.date(2026, 3, 2), "Te weinig aanmeldingen in een kleine gemeente."),
)


def write(coalition: Coalition) -> None:
    """Of the actions that run or ran, where no municipality said anything yet."""
    if LocalStand.objects.filter(action__coalition=coalition).exists():
        return
    places = list(coalition.municipalities().order_by("code"))
    began = coalition.actions.filter(state__in=(*LIVE_STATES, *OVER_STATES), scope=ActionScope.REGIONAL)
    LocalStand.objects.bulk_create(stand for action in began for stand in _stands_of(action, places))


def _stands_of(action: Action, places: list[Area]) -> Iterator[LocalStand]:
    for place, municipality in enumerate(places):
        told = STANDS[(place + 3 * action.number) % len(STANDS)]
        if told is None:
            continue
        state, since, note = told
        if state == LocalState.RUNNING:
            yield LocalStand(
                action=action,
                municipality=municipality,
                state=LocalState.PREPARING,
                valid_from=PREPARED,
                valid_to=since,
            )
        yield LocalStand(action=action, municipality=municipality, state=state, valid_from=since, note=note)
