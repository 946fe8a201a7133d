"""Who joined the coalition between one meeting and the one before it."""

from django.db.models import Q, QuerySet

from actions.models import Meeting
from actions.models.meetings import HELD_STATES
from coalitions.models import Membership
from coalitions.models.memberships import MEMBER_STATES, MembershipState


def since_last_time(meeting: Meeting) -> tuple[Meeting | None, QuerySet[Membership]]:
    """The meeting before this one, of its series where it has one, and the members since then.

    A first meeting has nobody before it, so nobody is new at it.
    """
    earlier = meeting.coalition.meetings.filter(starts_at__lt=meeting.starts_at, state__in=HELD_STATES)
    if meeting.series_id:
        earlier = earlier.filter(series=meeting.series_id)
    last = earlier.order_by("-starts_at", "-pk").first()
    if last is None:
        return None, meeting.coalition.memberships.none()
    joined = meeting.coalition.memberships.filter(
        Q(state__in=MEMBER_STATES) | Q(state=MembershipState.LEFT, left_on__gt=meeting.day),
        joined_on__gt=last.day,
        joined_on__lte=meeting.day,
    )
    return last, joined.select_related("organisation").order_by("organisation__sort_key", "pk")
