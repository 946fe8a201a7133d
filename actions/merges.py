"""What becomes of presence, actions and money when two organisations turn out to be one."""

from django.db.models import Exists, OuterRef, Subquery

from actions.models import Action, Attendance, Contribution
from actions.models.actions import OVER_STATES
from coalitions.models import Membership
from coalitions.models.memberships import MEMBER_STATES
from coalitions.models.memberships import OVER_STATES as ENDED
from partners.models import Organisation, Person


def merge(kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    """Who came for `gone` keeps that: it was its name on the day. Actions that are not over go along
    with the membership that goes on, and so does what `gone` puts in."""
    return [*_presence(gone), *_actions(kept), *_money(kept, gone)]


def _presence(gone: Organisation) -> list[str]:
    count = Attendance.objects.filter(organisation=gone).count()
    if not count:
        return []
    return [f"{count} keer aanwezig bij een bijeenkomst: blijft op naam van {gone.name} staan."]


def _actions(kept: Organisation) -> list[str]:
    """By now both memberships are those of `kept`, and one of two open ones has ended."""
    goes_on = Membership.objects.filter(
        organisation=kept, coalition=OuterRef("coalition"), state__in=MEMBER_STATES
    )
    count = (
        Action.objects.filter(Exists(goes_on), lead__organisation=kept, lead__state__in=ENDED)
        .exclude(state__in=OVER_STATES)
        .update(lead=Subquery(goes_on.values("pk")[:1]))
    )
    if not count:
        return []
    what = "1 actie krijgt" if count == 1 else f"{count} acties krijgen"
    return [f"{what} het lidmaatschap dat doorgaat als trekker."]


def _money(kept: Organisation, gone: Organisation) -> list[str]:
    count = Contribution.objects.filter(organisation=gone).update(organisation=kept)
    if not count:
        return []
    return [f"Bijdragen aan een begroting ({count}): gaan mee naar {kept.name}."]
