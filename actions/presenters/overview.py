"""Who does what, and what was learned from it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from actions.models import Action, ActionPartner, PartnerRole
from actions.models.actions import OVER_STATES
from coalitions.models import Coalition, Membership
from partners.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Doer:
    """One member, with what it pulls, pulls along, does and follows."""

    membership: Membership
    parts: list[tuple[str, list[Action]]]


def doers(shown: Sequence[Membership], coalition: Coalition) -> list[Doer]:
    """These members with the actions that are not over. Two queries."""
    open_actions = coalition.actions.exclude(state__in=OVER_STATES)
    found: dict[int, dict[str, list[Action]]] = defaultdict(lambda: defaultdict(list))
    for action in open_actions.filter(lead__in=shown).order_by("number"):
        if action.lead_id:
            found[action.lead_id]["trekt"].append(action)
    parts = ActionPartner.objects.filter(membership__in=shown, action__in=open_actions)
    for part in parts.select_related("action").order_by("action__number"):
        found[part.membership_id][PartnerRole(part.role).label].append(part.action)
    order = ["trekt", *PartnerRole.labels]
    return [
        Doer(
            membership=member,
            parts=[(word, found[member.pk][word]) for word in order if found[member.pk][word]],
        )
        for member in shown
    ]


def lessons(coalition: Coalition) -> QuerySet[Action]:
    """Actions of this coalition, and of others that made theirs public, from which something was learned."""
    return (
        Action.objects.filter(~Q(lesson=""))
        .filter(Q(coalition=coalition) | Q(is_public=True, coalition__is_public=True))
        .select_related("coalition", "theme", "lead__organisation")
    )


def of_organisation(organisation: Organisation, coalitions: list[int]) -> list[tuple[str, Action]]:
    """What an organisation pulls and takes part in, that is not over. One query."""
    own = ActionPartner.objects.filter(action=OuterRef("pk"), membership__organisation=organisation)
    found = (
        Action.objects.filter(coalition__in=coalitions)
        .exclude(state__in=OVER_STATES)
        .annotate(
            pulls=ExpressionWrapper(Q(lead__organisation=organisation), output_field=BooleanField()),
            part=Subquery(own.order_by("pk").values("role")[:1]),
        )
        .filter(Q(pulls=True) | Q(part__isnull=False))
        .select_related("coalition")
        .order_by("coalition__sort_key", "number")
    )
    return [("trekt" if one.pulls else PartnerRole(one.part).label, one) for one in found]
