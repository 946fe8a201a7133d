"""The filters of the members of a coalition, and the columns that other apps add to them."""

import datetime
from functools import lru_cache
from typing import Any, ClassVar

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from coalitions.models import Membership, MembershipState, Seat, SeatLevel
from coalitions.models.memberships import OVER_STATES, MembershipQuerySet
from partners.models import Domain, OrganisationAlias
from portal import hooks
from portal.list_filters import FilterForm, ListChoiceFilter, ListFilter, position_in
from portal.names import name_holds

WITHOUT_BOARD = "geen-bestuur"


# One row with both lists: each is read from the same few hundred members. It starts with SELECT,
# because the history takes WITH for a change. As arrays, so that the few are looked up by their key: of all
# areas there are thousands.
_MEMBER_OPTIONS_SQL = """
SELECT kinds, places FROM (
    WITH listed (type_id, municipality_id) AS MATERIALIZED ({listed})
    SELECT
        (SELECT json_agg(json_build_array(code, name) ORDER BY sort_key)
         FROM partners_organisationtype WHERE id = ANY (ARRAY(SELECT type_id FROM listed))) AS kinds,
        (SELECT json_agg(json_build_array(code, name) ORDER BY sort_key)
         FROM partners_area WHERE id = ANY (ARRAY(SELECT municipality_id FROM listed))) AS places
) AS options
"""


class MemberTypeFilter(ListChoiceFilter):
    """The kinds of organisations that occur on this list."""

    def options(self) -> list[tuple[str, str]]:
        return self.parent.member_options[0]


class MemberMunicipalityFilter(ListChoiceFilter):
    """The municipalities of the organisations on this list."""

    def options(self) -> list[tuple[str, str]]:
        return self.parent.member_options[1]


class ColumnFilter(ListChoiceFilter):
    """The filter that goes with a column of another app, such as who has not signed."""

    def __init__(self, column: hooks.Column) -> None:
        self.column = column
        super().__init__(label=column.label, empty_label="Maakt niet uit")

    def options(self) -> list[tuple[str, str]]:
        return list(self.column.options)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return self.column.narrow(queryset, value) if value and self.column.narrow else queryset


class MemberFilter(ListFilter):
    """Members of one coalition; the coordinator also finds who is not a member yet, or no more."""

    queryset: MembershipQuerySet
    name_column = "organisation__name"

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam")
    domein = ListChoiceFilter(
        field_name="organisation__type__domain",
        choices=Domain.choices,
        label="Domein",
        empty_label="Alle domeinen",
    )
    soort = MemberTypeFilter(field_name="organisation__type__code", label="Soort", empty_label="Alle soorten")
    gemeente = MemberMunicipalityFilter(
        field_name="organisation__municipality__code",
        label="Gemeente",
        empty_label="Alle gemeenten",
    )
    stand = ListChoiceFilter(
        method="in_state",
        choices=MembershipState.choices,
        label="Stand",
        empty_label="Alle standen, zonder gestopt",
    )
    niveau = ListChoiceFilter(
        method="at_level",
        choices=[*SeatLevel.choices, (WITHOUT_BOARD, "nog niemand op bestuur")],
        label="Niveau van de zetel",
        empty_label="Alle niveaus",
    )

    orderings: ClassVar = {
        "naam": ("organisation__sort_key",),
        "stand": (position_in(MembershipState, "state"), "organisation__sort_key"),
        "soort": ("organisation__type__sort_key", "organisation__sort_key"),
        "domein": ("organisation__type__domain", "organisation__sort_key"),
        "gemeente": ("organisation__municipality__sort_key", "organisation__sort_key"),
        "lid-sinds": ("joined_on", "organisation__sort_key"),
    }

    class Meta:
        model = Membership
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, shows_prospects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shows_prospects:
            # The options of the other filters are read from these rows too.
            self.queryset = self.queryset.members()
            del self.filters["stand"]
        for column in hooks.columns():
            if column.options:
                added = self.filters[column.key] = ColumnFilter(column)
                added.parent, added.model = self, Membership

    @cached_property
    def member_options(self) -> list[list[tuple[str, str]]]:
        """The kinds and the municipalities of the organisations on this list, before any filter."""
        listed = self.queryset.order_by().values("organisation__type", "organisation__municipality")
        sql, values = listed.distinct().query.sql_with_params()
        with connection.cursor() as cursor:
            # Its text comes from the query builder, its values apart.
            cursor.execute(_MEMBER_OPTIONS_SQL.format(listed=sql), values)
            return [[tuple(option) for option in options or ()] for options in cursor.fetchone()]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Who left is shown only where the URL asks for it."""
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("stand"):
            return found
        return found.exclude(state__in=OVER_STATES)

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """By name, short name or another name of the organisation, accents and capitals aside."""
        return queryset.filter(self.name_of(value))

    def name_of(self, value: str) -> Q:
        """Where on this list `value` may stand in a name."""
        aliases = OrganisationAlias.objects.filter(name_holds(value), organisation=OuterRef("organisation"))
        name = Q(name_holds(value, "organisation__sort_key"))
        return name | Q(organisation__short_name__icontains=value) | Q(Exists(aliases))

    def in_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(state=value)

    def at_level(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Organisations with somebody at that level today, or with nobody on the board."""
        seats = Seat.objects.current().filter(membership=OuterRef("pk"))
        if value == WITHOUT_BOARD:
            return queryset.exclude(Exists(seats.filter(level=SeatLevel.BOARD)))
        return queryset.filter(Exists(seats.filter(level=value)))


@lru_cache(maxsize=100)
def listed_in(coalition: int, today: datetime.date) -> QuerySet:
    """The memberships of a coalition with what the list shows of them, to narrow further: put together once
    a day, as that takes longer than to read them."""
    listed = Membership.objects.filter(coalition=coalition).for_list()
    return hooks.with_columns(with_seat_levels(listed, today), coalition, is_internal=False)


def with_seat_levels(memberships: QuerySet, today: datetime.date) -> QuerySet:
    """Adds `seat_levels`: the levels at which the organisation has somebody today."""
    seats = Seat.objects.on(today).filter(membership=OuterRef("pk"))
    return memberships.annotate(seat_levels=ArraySubquery(seats.order_by().values("level").distinct()))
