"""Who is on the way to becoming a member: one set of filters, shown as a table or as a board."""

from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.html import format_html

from coalitions.member_filters import MemberFilter
from coalitions.member_table import LEVEL, MemberColumn
from coalitions.models import Membership, MembershipState, OutreachContact
from coalitions.models.memberships import OVER_STATES
from partners.models import Representative
from portal import days
from portal.names import name_holds
from portal.templatetags.ui import badge

# More cards than these do not help; the table holds them all.
CARDS_PER_STATE = 20
OVERDUE, WITH_STEP, WITHOUT_STEP, NEVER = "te-laat", "met", "zonder", "geen-contact"


class PipelineFilter(MemberFilter):
    """As the member list, and besides by who speaks for an organisation and by the next step."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op organisatie of persoon")
    stap = django_filters.ChoiceFilter(
        method="with_step",
        label="Volgende stap",
        choices=[
            (OVERDUE, "stap is te laat"),
            (WITH_STEP, "stap afgesproken"),
            (WITHOUT_STEP, "geen stap afgesproken"),
            (NEVER, "nog geen contact"),
        ],
        empty_label="Maakt niet uit",
    )

    orderings: ClassVar = {
        **MemberFilter.orderings,
        "stap": ("next_due", "organisation__sort_key"),
        "contact": ("last_contact_on", "organisation__sort_key"),
    }

    class Meta(MemberFilter.Meta):
        pass

    def name_of(self, value: str) -> Q:
        """Who works on the list is called by people, whose organisation she looks up."""
        speakers = Representative.objects.current().filter(
            name_holds(value, "person__sort_key"), organisation=OuterRef("organisation")
        )
        return super().name_of(value) | Q(Exists(speakers))

    def with_step(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Organisations by whether a next step was agreed, and whether it is late."""
        if value == NEVER:
            return queryset.exclude(pk__in=_having(queryset, OutreachContact.objects.all()))
        if value == WITHOUT_STEP:
            return queryset.exclude(pk__in=_having(queryset, OutreachContact.objects.open()))
        wanted = OutreachContact.objects.overdue() if value == OVERDUE else OutreachContact.objects.open()
        return queryset.filter(pk__in=_having(queryset, wanted))


def _having(memberships: QuerySet, contacts: QuerySet) -> QuerySet:
    """The ids of `memberships` whose organisation has one of `contacts` in the same coalition."""
    return (
        memberships.order_by()
        .filter(
            organisation__in=contacts.filter(coalition=OuterRef("coalition"))
            .order_by()
            .values("organisation")
        )
        .values("pk")
    )


def with_contacts(memberships: QuerySet) -> QuerySet:
    """Adds `last_contact_on`, and `next_step` and `next_due` of the step that comes first."""
    contacts = OutreachContact.objects.filter(
        coalition=OuterRef("coalition"), organisation=OuterRef("organisation")
    )
    following = contacts.open().order_by(F("due").asc(nulls_last=True), "pk")
    return memberships.annotate(
        last_contact_on=Subquery(contacts.order_by("-on").values("on")[:1]),
        next_step=Subquery(following.values("next_step")[:1]),
        next_due=Subquery(following.values("due")[:1]),
    )


def is_late(row: Any) -> bool:
    """Whether the next step should have been taken before today."""
    return bool(row.next_due and row.next_due < timezone.localdate())


def _due(row: Any) -> str:
    if row.next_due is None:
        return ""
    words = f"uiterlijk {days.shortly(row.next_due)}"
    return format_html("{} {}", LATE, words) if is_late(row) else words


LATE = badge("Te laat", "warning")
# What she works on. Kind, domain and place stand below the name and the day of joining below the state,
# so that a row fits on a screen.
WORK_COLUMNS = (
    MemberColumn(label="Volgende stap", value=lambda row: row.next_step, sort="stap", below=_due),
    MemberColumn(
        label="Laatste contact",
        value=lambda row: row.last_contact_on,
        sort="contact",
        is_short=True,
        is_minor=True,
    ),
    LEVEL,
)


# In the file besides what the member list has.
FILE_COLUMNS = (
    MemberColumn(label="Laatste contact", value=lambda row: row.last_contact_on),
    MemberColumn(label="Volgende stap", value=lambda row: row.next_step),
    MemberColumn(label="Uiterlijk", value=lambda row: row.next_due),
)


@dataclass(frozen=True)
class BoardColumn:
    """One state on the board, with its first cards and how many there are."""

    state: MembershipState
    cards: list[Membership]
    count: int

    @property
    def hidden_count(self) -> int:
        """How many do not fit on the board."""
        return self.count - len(self.cards)


def board_of(members: PipelineFilter) -> list[BoardColumn]:
    """The board of everything that passes the filters; who is over only where asked for.

    Two queries: one counts, one reads the first cards of every state.
    """
    found = members.qs.order_by()
    counts = dict(found.values_list("state").annotate(count=Count("pk")))
    first = (
        found.annotate(
            place=Window(
                RowNumber(),
                partition_by="state",
                order_by=[F("next_due").asc(nulls_last=True), "organisation__sort_key", "pk"],
            )
        )
        .filter(place__lte=CARDS_PER_STATE)
        .order_by("place")
    )
    cards: dict[str, list[Membership]] = {}
    for row in first:
        row.is_late = is_late(row)
        cards.setdefault(row.state, []).append(row)
    return [
        BoardColumn(state, cards.get(state, []), counts.get(state, 0))
        for state in MembershipState
        if state not in OVER_STATES or state in counts
    ]
