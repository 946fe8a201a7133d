"""Who did not yet say how an action goes is reminded: one mail for a person and a day."""

import datetime
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from actions import rounds
from actions.models import Action, ReportingRound, RoundState
from actions.models.reports import WRITABLE_ROUNDS
from coalitions.models import GroupRole, WorkingGroupSeat
from partners.models import Person, Representative
from portal import outbox
from portal.acts import Refused, act

# Before and after the day on which the reports are due.
DAYS = (-14, -3, 3)
# More lines than these nobody reads.
LINES = 20


class NothingToRemind(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Er is niemand om te herinneren: over alle acties is gemeld, of niemand heeft een mailadres."
        )


class RoundIsNotOpen(Refused):
    def __init__(self) -> None:
        super().__init__("Herinneren kan alleen zolang de ronde open is.")


def who_can_report(silent: list[Action]) -> dict[Person, list[Action]]:
    """Who can report on actions of which nothing was said: the first contact of the member that
    pulls it, and who leads its working group. Two queries."""
    organisations = {action.lead.organisation_id for action in silent if action.lead}
    groups = {action.group_id for action in silent if action.group_id}
    speakers = (
        Representative.objects.current()
        .filter(organisation__in=organisations, is_primary=True, person__email__isnull=False)
        .select_related("person")
    )
    leads = (
        WorkingGroupSeat.objects.current()
        .filter(group__in=groups, role=GroupRole.LEAD, person__email__isnull=False)
        .select_related("person")
    )
    of_organisation = {one.organisation_id: one.person for one in speakers}
    of_group = {one.group_id: one.person for one in leads}
    found: dict[Person, list[Action]] = defaultdict(list)
    for action in silent:
        asked = {
            of_organisation.get(action.lead.organisation_id) if action.lead else None,
            of_group.get(action.group_id),
        }
        for person in asked - {None}:
            found[person].append(action)  # type: ignore[index]
    return dict(found)


def remind(*, reporting_round: ReportingRound, by: Person | None) -> int:
    """Write the mails of today; how many. A second time on one day sends nothing more."""
    if reporting_round.state not in WRITABLE_ROUNDS:
        raise RoundIsNotOpen
    today = timezone.localdate()
    with act(by=by):
        people = who_can_report(list(rounds.silent_in(reporting_round).order_by("number")))
        if not people and by is not None:
            raise NothingToRemind
        for person, actions in people.items():
            _post(reporting_round, person, actions, today)
    return len(people)


def remind_due(*, today: datetime.date | None = None) -> int:
    """Remind for every open round on its days; how many mails."""
    day = today or timezone.localdate()
    due = [day - datetime.timedelta(days=days) for days in DAYS]
    open_rounds = ReportingRound.objects.filter(
        state__in=[RoundState.OPEN, RoundState.REOPENED], due_on__in=due
    ).select_related("coalition")
    return sum(remind(reporting_round=one, by=None) for one in open_rounds)


def _post(
    reporting_round: ReportingRound, person: Person, actions: list[Action], today: datetime.date
) -> None:
    assert person.email is not None  # noqa: S101, who has none was not asked for
    outbox.post(
        purpose="report_reminder",
        reference=f"ronde-{reporting_round.pk}-{today:%Y%m%d}",
        recipient=person.email,
        context={
            "person": person,
            "round": reporting_round,
            "coalition": reporting_round.coalition,
            "actions": actions[:LINES],
            "more": max(len(actions) - LINES, 0),
            "path": reverse("actions:my-actions"),
        },
    )
