"""What was agreed in a coalition, who did not sign yet, and who takes part in one municipality."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from coalitions.models import Coalition
from covenants.columns import day_signed
from covenants.main_texts import Document
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
    """The text of the most parties, and how many members are one of them."""

    title: str
    # What can be signed or was signed besides.
    others: list[str]
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
        have = "heeft" if self.signed_count == 1 else "hebben"
        return f"{self.signed_count} van de {self.member_count} leden {have} getekend: {self.title}."


def agreements_of(
    coalition: Coalition, municipality: Area | None, *, documents: Sequence[Document]
) -> Agreements:
    """About the first of these documents; read in one query, however many members there are."""
    main = documents[0] if documents else None
    rows = list(
        coalition.memberships.members()
        .annotate(signed=day_signed(main.pk if main else None, timezone.localdate()))
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
        title=main.title if main else "",
        others=[one.title for one in documents[1:]],
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
