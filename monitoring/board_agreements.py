"""What was agreed in a coalition, who did not sign yet, and who takes part in one municipality."""

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from coalitions.models import Coalition
from covenants.columns import signed_on
from covenants.documents import IN_USE
from covenants.models import Covenant
from partners.models import Area
from portal.addresses import address_of

MOST_NAMES = 6
# Whose signature an alderman asks about first.
GOVERNMENTS = ("gemeente", "provincie")


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A member that has its place in the municipality of who looks."""

    name: str
    kind: str
    signed_on: datetime.date | None


@dataclass(frozen=True, kw_only=True)
class Agreements:
    """The text that holds, and how many members are a party of it."""

    title: str
    url: str
    register_url: str
    member_count: int
    signed_count: int
    # Governments first, then by name.
    waiting: list[str]
    partners: list[Partner]

    @property
    def waiting_count(self) -> int:
        """How many members did not sign yet."""
        return self.member_count - self.signed_count

    @property
    def more_waiting(self) -> int:
        """How many of them are not named."""
        return self.waiting_count - len(self.waiting)

    @property
    def partner_sentence(self) -> str:
        """How many take part in the municipality, and how many of them signed."""
        count, signed = len(self.partners), sum(one.signed_on is not None for one in self.partners)
        words = "organisatie doet" if count == 1 else "organisaties doen"
        return f"{count} {words} mee" + (
            f", {signed} daarvan tekende{'n' * (signed != 1)}." if self.title else "."
        )

    @property
    def sentence(self) -> str:
        """What was agreed, and by how many."""
        if not self.title:
            return "Er is nog geen convenant om te tekenen."
        if not self.waiting_count:
            return f"Alle {self.member_count} leden hebben getekend: {self.title}."
        return f"{self.signed_count} van de {self.member_count} leden hebben getekend: {self.title}."


def title_in_use() -> QuerySet:
    """For a query of coalitions: the title of the newest text that can be or was signed."""
    held = Covenant.objects.filter(coalition=OuterRef("pk"), versions__state__in=IN_USE)
    return held.order_by("-pk").values("title")[:1]


def agreements_of(coalition: Coalition, municipality: Area | None, *, title: str) -> Agreements:
    """Read in one query, however many members there are."""
    rows = list(
        coalition.memberships.members()
        .annotate(signed=signed_on(timezone.localdate()).annotation)
        .order_by("organisation__sort_key")
        .values_list(
            "organisation__name",
            "organisation__type__code",
            "organisation__type__name",
            "organisation__municipality",
            "signed",
        )
    )
    unsigned = [(code not in GOVERNMENTS, name) for name, code, _, _, signed in rows if signed is None]
    return Agreements(
        title=title,
        url=address_of("covenants:covenant-detail", coalition.slug),
        register_url=address_of("covenants:register", coalition.slug),
        member_count=len(rows),
        signed_count=len(rows) - len(unsigned),
        # Sorting is stable: within both groups the names stay in order.
        waiting=[name for _, name in sorted(unsigned, key=lambda one: one[0])[:MOST_NAMES]],
        partners=[
            Partner(name=name, kind=kind, signed_on=signed)
            for name, _, kind, place, signed in rows
            if municipality is not None and place == municipality.pk
        ],
    )
