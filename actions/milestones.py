"""Milestones of an action are set, reached and taken back."""

import datetime

from django.utils import timezone

from actions.models import Action, Milestone
from partners.models import Person
from portal.acts import Refused, act


class BeforeTheAction(Refused):
    def __init__(self, action: Action) -> None:
        super().__init__(
            f"De actie begint pas op {action.starts_on:%d-%m-%Y}. Kies een dag vanaf dan voor de mijlpaal."
        )


def add(*, action: Action, title: str, due_on: datetime.date, by: Person) -> Milestone:
    """Something that is to be ready on a day."""
    with act(by=by):
        if action.starts_on and due_on < action.starts_on:
            raise BeforeTheAction(action)
        milestone = Milestone(action=action, title=title.strip(), due_on=due_on)
        milestone.full_clean()
        milestone.save(force_insert=True)
    return milestone


def reach(*, milestone: Milestone, by: Person, on: datetime.date | None = None) -> None:
    """It is there, as of today or of the day that is told."""
    _set_done(milestone, on or timezone.localdate(), by=by)


def reopen(*, milestone: Milestone, by: Person) -> None:
    """It is not there after all."""
    _set_done(milestone, None, by=by)


def remove(*, milestone: Milestone, by: Person) -> None:
    """It is no milestone any more; the history knows that it was."""
    with act(by=by):
        milestone.delete()


def _set_done(milestone: Milestone, day: datetime.date | None, *, by: Person) -> None:
    with act(by=by):
        milestone.done_on = day
        milestone.full_clean()
        milestone.save(update_fields=["done_on"])
