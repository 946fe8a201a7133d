"""What meetings decided, who sees to it, and whether it is done."""

import datetime

from django.utils import timezone

from actions.attendance import held
from actions.models import Decision, Meeting
from coalitions.groups import NotInCoalition, participants
from partners.models import Person
from portal.acts import Refused, act


class AlreadyDone(Refused):
    def __init__(self) -> None:
        super().__init__("Dit besluit staat al op gedaan.")


class OwnerNeeded(Refused):
    def __init__(self) -> None:
        super().__init__("Kies wie hiervoor zorgt: er staat een datum bij.")


def add(
    *, meeting: Meeting, text: str, by: Person, owner: Person | None = None, due: datetime.date | None = None
) -> Decision:
    """One decision of a meeting that took place."""
    with act(by=by):
        meeting = held(meeting)
        if owner is not None and not participants(meeting.coalition).filter(pk=owner.pk).exists():
            raise NotInCoalition(owner)
        if due is not None and owner is None:
            raise OwnerNeeded
        decision = Decision(meeting=meeting, text=text.strip(), owner=owner, due=due)
        decision.full_clean()
        decision.save(force_insert=True)
    return decision


def finish(*, decision: Decision, by: Person) -> Decision:
    """What was decided is done."""
    with act(by=by):
        decision = Decision.objects.select_for_update(of=("self",), no_key=True).get(pk=decision.pk)
        if decision.done_on is not None:
            raise AlreadyDone
        decision.done_on = timezone.localdate()
        decision.full_clean()
        decision.save(update_fields=["done_on"])
    return decision
