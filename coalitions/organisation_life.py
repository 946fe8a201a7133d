"""Acts on organisations that touch their memberships and seats as well."""

import datetime

from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from coalitions.models import Coalition, Seat
from coalitions.models.memberships import OVER_STATES
from partners import organisations, representatives
from partners.models import Organisation, Person, Representative
from portal.acts import Refused, act


class StillTakesPart(Refused):
    def __init__(self, organisation: Organisation, coalition: Coalition) -> None:
        super().__init__(
            f"{organisation} staat nog op de lijst van {coalition}. Beëindig eerst dat lidmaatschap."
        )


def archive(*, organisation: Organisation, by: Person) -> Organisation:
    """The organisation stopped; who still takes part somewhere leaves there first."""
    with act(by=by):
        organisation = organisations.archive(organisation=organisation, by=by)
        open_spell = (
            organisation.memberships.exclude(state__in=OVER_STATES).select_related("coalition").first()
        )
        if open_spell is not None:
            raise StillTakesPart(organisation, open_spell.coalition)
    return organisation


def end_function(
    *,
    representative: Representative,
    by: Person,
    on: datetime.date | None = None,
    may_leave_nobody: bool = False,
) -> Representative:
    """She speaks for the organisation no more, and her seats are empty from the same day."""
    day = on or timezone.localdate()
    with act(by=by):
        representative = representatives.end(
            representative=representative, by=by, on=day, may_leave_nobody=may_leave_nobody
        )
        Seat.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day), representative=representative
        ).update(valid_to=Greatest("valid_from", day))
    return representative
