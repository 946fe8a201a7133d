"""The actions that somebody can report on, in all her coalitions."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from actions.models import Action, ActionPartner, PartnerRole, ProgressReport
from coalitions.access import Permission, coalition_ids_with
from coalitions.models import GroupRole, Membership, WorkingGroupSeat
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Organisation


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
