"""What this floor knows of the steps of a starting coalition."""

from actions.models import Theme
from actions.models.meetings import HELD_STATES
from coalitions.models import Coalition
from coalitions.models.groups import LIVING_STATES
from portal.addresses import address_of
from portal.hooks import StepFact


def step_facts(coalition: Coalition) -> dict[str, StepFact]:
    """Meetings that were held, themes, actions and living groups."""
    pages = {
        "meetings": ("actions:meeting-list", coalition.meetings.filter(state__in=HELD_STATES)),
        "themes": ("actions:programme-detail", Theme.objects.filter(programme__coalition=coalition)),
        "actions": ("actions:action-list", coalition.actions.all()),
        "groups": ("coalitions:working-group-list", coalition.groups.filter(state__in=LIVING_STATES)),
    }
    return {
        key: StepFact(count=found.count(), url=address_of(name, coalition.slug))
        for key, (name, found) in pages.items()
    }
