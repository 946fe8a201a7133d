"""What is new in a coalition since somebody last looked at its board page."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Max, QuerySet, Value

from coalitions.models import Coalition, MembershipState, MembershipStep
from covenants.models import PartySignature
from monitoring.models import BoardItem, Publication
from portal.addresses import address_of
from portal.kept_queries import KeptQuery, Slot

# What is said of one and of several, and the page that tells more.
_WORDS = {
    "joined": ("{one} is lid geworden.", "{count} organisaties zijn lid geworden.", "coalitions:member-list"),
    "left": ("{one} is gestopt.", "{count} organisaties zijn gestopt.", "coalitions:member-list"),
    "signed": ("{one} heeft getekend.", "{count} organisaties hebben getekend.", "covenants:register"),
    "asked": ("Nieuw bespreekpunt: {one}", "Er zijn {count} nieuwe bespreekpunten.", "monitoring:board"),
    "figures": ("Er zijn nieuwe cijfers.", "Er zijn nieuwe cijfers.", "monitoring:region"),
}


@dataclass(frozen=True)
class Change:
    """One thing that is new on the board page, and the page that tells more."""

    line: str
    url: str


def changes_in(coalition: Coalition, *, since: datetime.datetime) -> list[Change]:
    """One line for each kind of change; one query."""
    rows = _counts(coalition=coalition.pk, since=since)
    found = {kind: (count, one) for kind, count, one in rows if count}
    return [
        Change(
            line=(one_word if found[kind][0] == 1 else many).format(count=found[kind][0], one=found[kind][1]),
            url=address_of(page, coalition.slug),
        )
        for kind, (one_word, many, page) in _WORDS.items()
        if kind in found
    ]


@KeptQuery
def _counts() -> QuerySet:
    coalition, since = Slot("coalition"), Slot("since")
    steps = MembershipStep.objects.filter(membership__coalition=coalition, recorded_at__gt=since)
    joined = steps.filter(to_state=MembershipState.MEMBER).exclude(from_state=MembershipState.DORMANT)
    signed = PartySignature.objects.filter(version__covenant__coalition=coalition, completed_at__gt=since)
    asked = BoardItem.objects.open().filter(coalition=coalition, asked_at__gt=since)
    counted = [
        _counted("joined", joined, "membership__organisation__name"),
        _counted("left", steps.filter(to_state=MembershipState.LEFT), "membership__organisation__name"),
        _counted("signed", signed, "legal_name"),
        _counted("asked", asked, "question"),
        _counted("figures", Publication.objects.filter(moved_at__gt=since), "release__state"),
    ]
    return counted[0].union(*counted[1:], all=True)


def _counted(kind: str, rows: QuerySet, name: str) -> QuerySet[Any, tuple[str, int, str]]:
    """How many rows, and the name in one of them."""
    return (
        rows.order_by()
        .values(what=Value(kind))
        .annotate(count=Count("pk"), one=Max(name, output_field=CharField()))
        .values_list("what", "count", "one")
    )
