"""The actions that somebody can report on, in all her coalitions, and what is asked of her about them."""

import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from actions.models import (
    Action,
    ActionPartner,
    PartnerRole,
    ProgressReport,
    ReportingRound,
    ReportState,
    RoundState,
)
from actions.models.actions import LIVE_STATES
from actions.models.reports import COUNTED_STATES
from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition, GroupRole, Membership, WorkingGroupSeat
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Organisation
from portal.hooks import Ask

# More asks than these say nothing more: the page of one's own actions holds them all.
ASKS = 5


def own_actions(person: Any) -> QuerySet[Action]:
    """Actions of a member that `person` speaks for, or of a group that she leads."""
    coalitions = coalition_ids_with(person, Permission.PROGRESS_REPORT)
    if not coalitions:
        return Action.objects.none()
    members = Membership.objects.filter(
        coalition__in=coalitions,
        state__in=MEMBER_STATES,
        organisation__in=Organisation.objects.represented_by(person),
    ).values("pk")
    pulls_along = ActionPartner.objects.filter(
        action=OuterRef("pk"), membership__in=members, role=PartnerRole.CO_LEAD
    )
    leads = WorkingGroupSeat.objects.current().filter(person=person, role=GroupRole.LEAD).values("group")
    return (
        Action.objects.filter(
            Q(lead__in=members) | Q(Exists(pulls_along)) | Q(group__in=leads), coalition__in=coalitions
        )
        .select_related("coalition")
        .order_by(F("due_on").asc(nulls_last=True), "coalition", "number")
    )


def with_last_report(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Adds `last_claim` and `last_told` of the newest report of each."""
    newest = ProgressReport.objects.counted().filter(action=OuterRef("pk")).order_by("-submitted_at", "-pk")
    return actions.annotate(
        last_claim=Subquery(newest.values("claim")[:1]), last_told=Subquery(newest.values("submitted_at")[:1])
    )


def asks_of(person: Any) -> list[Ask]:
    """Reports that are waited for, and questions about reports. One query."""
    coalitions = coalition_ids_with(person, Permission.PROGRESS_REPORT)
    if not coalitions:
        return []
    rounds = ReportingRound.objects.filter(
        coalition=OuterRef("coalition"), state__in=[RoundState.OPEN, RoundState.REOPENED]
    ).order_by("-opens_on", "-pk")
    said = ProgressReport.objects.filter(action=OuterRef("pk"), round=OuterRef("open_round"))
    waiting = (
        own_actions(person)
        .filter(state__in=LIVE_STATES)
        .annotate(
            open_round=Subquery(rounds.values("pk")[:1]),
            round_due=Subquery(rounds.values("due_on")[:1]),
            round_title=Subquery(rounds.values("title")[:1]),
        )
        .filter(open_round__isnull=False)
        .filter(~Exists(said.filter(state__in=COUNTED_STATES)))
        .annotate(question=Subquery(said.filter(state=ReportState.RETURNED).values("review_note")[:1]))
    )
    found = list(waiting[: ASKS + 1])
    asks = [_ask(action) for action in found[:ASKS]]
    if len(found) > ASKS:
        asks.append(
            Ask(
                title="Meld de voortgang van nog meer acties",
                url=reverse("actions:my-actions"),
                action="Bekijk al je acties",
                due=found[ASKS].round_due,
            )
        )
    return asks


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """What the rounds and the programme of `coalition` ask of who coordinates it. Two queries."""
    if not can(person, Permission.ROUND_FIX, coalition):
        return []
    today = timezone.localdate()
    found = []
    running = (
        coalition.rounds.writable()
        .annotate(
            to_read=Subquery(
                ProgressReport.objects.filter(round=OuterRef("pk"), state=ReportState.SUBMITTED)
                .order_by()
                .values("round")
                .annotate(count=Count("pk"))
                .values("count")
            )
        )
        .first()
    )
    if running is not None:
        found += _about_round(running, today)
    late = coalition.actions.late().count()
    if late:
        found.append(
            Ask(
                title="1 actie is te laat" if late == 1 else f"{late} acties zijn te laat",
                url=f"{reverse('actions:action-list', args=[coalition.slug])}?let_op=te-laat",
                action="Bekijk welke",
            )
        )
    return found


def _about_round(running: Any, today: datetime.date) -> list[Ask]:
    if running.to_read:
        count = running.to_read
        return [
            Ask(
                title=f"Kijk {count} voortgangsbericht na"
                if count == 1
                else f"Kijk {count} voortgangsberichten na",
                detail=running.title,
                url=running.get_absolute_url(),
                action="Naar de ronde",
            )
        ]
    if running.due_on < today:
        word = "Sluit" if running.state == RoundState.OPEN else "Stel"
        ending = "" if running.state == RoundState.OPEN else " vast"
        return [
            Ask(
                title=f"{word} ‘{running.title}’{ending}: de laatste dag is voorbij",
                url=running.get_absolute_url(),
                action="Naar de ronde",
            )
        ]
    return []


def _ask(action: Any) -> Ask:
    url = reverse("actions:report-edit", args=[action.coalition.slug, action.number])
    if action.question:
        return Ask(
            title=f"Beantwoord een vraag over ‘{action}’",
            detail=action.question,
            url=url,
            action="Antwoord",
            due=action.round_due,
        )
    return Ask(
        title=f"Hoe gaat het met ‘{action}’?",
        detail=f"{action.coalition.name}, {action.round_title}",
        url=url,
        action="Voortgang melden",
        due=action.round_due,
    )
