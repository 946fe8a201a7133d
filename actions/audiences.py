"""Groups of people in a coalition, chosen by level, working group, domain or municipality."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coalitions.groups import participants
from coalitions.models import Coalition, Seat, WorkingGroupSeat
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Area, Person, Representative
from portal.periods import valid_on


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom to reach. Levels and groups add up; domains and municipalities narrow."""

    coalition: Coalition
    everybody: bool = False
    levels: Sequence[str] = ()
    groups: Sequence[int] = field(default=())
    domains: Sequence[str] = ()
    municipalities: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is asked for."""
        return not (self.everybody or self.levels or self.groups)

    def people(self) -> QuerySet[Person]:
        """Everybody in it who takes part in the coalition today, once each."""
        if self.is_empty:
            return Person.objects.none()
        found = participants(self.coalition).filter(is_active=True)
        if not self.everybody:
            found = found.filter(self._chosen())
        if self.domains or self.municipalities:
            found = found.filter(Exists(self._speakers()))
        return found

    def _chosen(self) -> Q:
        today = timezone.localdate()
        seats = Seat.objects.on(today).filter(
            representative__person=OuterRef("pk"),
            membership__coalition=self.coalition,
            membership__state__in=MEMBER_STATES,
            level__in=list(self.levels),
        )
        places = WorkingGroupSeat.objects.on(today).filter(
            person=OuterRef("pk"), group__coalition=self.coalition, group__in=list(self.groups)
        )
        return Q(Exists(seats)) | Q(Exists(places))

    def _speakers(self) -> QuerySet[Representative]:
        """Who speaks for a member of the chosen domains and municipalities."""
        speakers = Representative.objects.filter(
            valid_on(timezone.localdate()),
            person=OuterRef("pk"),
            organisation__memberships__coalition=self.coalition,
            organisation__memberships__state__in=MEMBER_STATES,
        )
        if self.domains:
            speakers = speakers.filter(organisation__type__domain__in=list(self.domains))
        if self.municipalities:
            places = Area.objects.municipalities().filter(code__in=list(self.municipalities))
            speakers = speakers.filter(organisation__municipality__in=places)
        return speakers
