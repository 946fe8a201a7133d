"""Search, filters, order and pages of the lists, all of it in the URL."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import (
    Case,
    Exists,
    Expression,
    F,
    IntegerField,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    When,
)
from django.utils.functional import cached_property

from coalitions.models import (
    Coalition,
    GroupKind,
    GroupState,
    Level,
    Membership,
    MembershipState,
    Phase,
    Seat,
    SeatLevel,
    WorkingGroup,
)
from coalitions.models.groups import OVER_STATES as GROUPS_OVER
from coalitions.models.memberships import OVER_STATES, MembershipQuerySet
from partners.models import Area, AreaKind, AreaMember, Domain, OrganisationAlias
from portal import hooks
from portal.names import name_holds
from portal.widgets import FixedOptions, LongSelect

PAGE_SIZE = 50
# Half of the letters, three by three, are those of one word in the name.
LEAST_ALIKE = 0.5
MOST_MEANT = 3
WITHOUT_BOARD = "geen-bestuur"


class FilterForm(forms.Form):
    """In a list of filters every field is optional, so no label says so."""

    marks_optional_fields = False


class MunicipalitySearchForm(FilterForm):
    """The question on the front page: which municipality?"""

    naam = forms.CharField(label="Naam van je gemeente", max_length=100)


class ListFilter(django_filters.FilterSet):
    """A filtered list that is also ordered (`sorteer`) and cut into pages (`pagina`)."""

    queryset: QuerySet
    # The word in the URL, and what it orders by; only the first turns round.
    orderings: ClassVar[dict[str, tuple[str | Expression, ...]]] = {}
    default_ordering: ClassVar[str] = "naam"
    # Where the name stands that `zoek` looks for, so that a slip of the pen still leads to it.
    name_column: ClassVar[str] = ""

    @cached_property
    def meant(self) -> list[str]:
        """Names on the whole list that look like what was searched for; one query."""
        words = self.form.cleaned_data.get("zoek") if self.form.is_valid() else ""
        if not words or not self.name_column:
            return []
        rows = self.queryset.annotate(alike=TrigramWordSimilarity(words, self.name_column))
        alike = rows.filter(alike__gte=LEAST_ALIKE).order_by("-alike", self.name_column)
        return list(alike.values_list(self.name_column, flat=True)[:MOST_MEANT])

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Rows whose name holds `value`, accents and capitals aside."""
        return queryset.filter(name_holds(value))

    @cached_property
    def rows(self) -> QuerySet:
        """Every row that passes the filters, in order; an unknown order becomes the usual one."""
        chosen = self.data.get("sorteer", "")
        word = chosen.removeprefix("-")
        if word not in self.orderings:
            chosen = self.default_ordering
            word = chosen.removeprefix("-")
        first, *others = self.orderings[word]
        return self.qs.order_by(
            _directed(first, descending=chosen.startswith("-")),
            *[_directed(other) for other in others],
            "pk",
        )

    @cached_property
    def page(self) -> Page:
        """The page that the URL names; a page that does not exist becomes the nearest."""
        return Paginator(self.rows, PAGE_SIZE).get_page(self.data.get("pagina", 1))

    @cached_property
    def active_count(self) -> int:
        """How many filters are on."""
        self.form.is_valid()
        return sum(bool(value) for value in self.form.cleaned_data.values())

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply what is valid; a choice that does not exist is shown as an error and skipped."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset


def _directed(column: str | Expression, *, descending: bool = False) -> OrderBy:
    """One column to order by, with what is unknown at the end either way."""
    expression = F(column) if isinstance(column, str) else column
    return OrderBy(expression, descending=descending, nulls_last=True)


def position_in(choices: type[TextChoices], column: str) -> Case:
    """Where the value of `column` stands among its choices, so that states sort as they follow."""
    return Case(
        *[When(**{column: value}, then=number) for number, value in enumerate(choices.values)],
        output_field=IntegerField(),
    )


class ListChoiceFilter(django_filters.ChoiceFilter):
    """A choice whose options are read once, however often the form is drawn."""

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        self.choices = choices
        super().__init__(*args, **kwargs)

    def options(self) -> Sequence[tuple[str, str]]:
        """The fixed choices; a filter that reads its options gives those."""
        return self.choices

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            self.extra |= {"choices": FixedOptions(self.options()), "widget": LongSelect}
        return super().field


class RegionFilter(ListChoiceFilter):
    """A province or GGD region of today, by its code."""

    def __init__(self, *args: Any, kind: AreaKind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def options(self) -> list[tuple[str, str]]:
        return list(Area.objects.current().filter(kind=self.kind).values_list("code", "name"))


def members_of_region(kind: AreaKind, code: str) -> QuerySet:
    """The ids of the municipalities that lie in a region today."""
    links = AreaMember.objects.current().filter(kind=kind, region__code=code)
    return links.order_by().values("member")


def province_filter() -> RegionFilter:
    """The filter on the province, for a list that knows what is `in_region`."""
    return RegionFilter(
        kind=AreaKind.PROVINCE, method="in_region", label="Provincie", empty_label="Alle provincies"
    )


def ggd_filter() -> RegionFilter:
    """The filter on the GGD region, for a list that knows what is `in_region`."""
    return RegionFilter(
        kind=AreaKind.GGD_REGION, method="in_region", label="GGD-regio", empty_label="Alle GGD-regio’s"
    )


# The tranches of the national programme by their years. No source says which municipality was in which, so
# a coalition counts by the year in which it started.
STARTED = (("2019", "in 2019 of eerder"), ("2020", "in 2020"), ("2021", "in 2021 of later"))


class CoalitionFilter(ListFilter):
    """Coalitions by name, level, phase, start and place."""

    name_column = "name"

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam")
    niveau = ListChoiceFilter(
        field_name="level", choices=Level.choices, label="Niveau", empty_label="Alle niveaus"
    )
    fase = ListChoiceFilter(field_name="phase", choices=Phase.choices, label="Fase", empty_label="Alle fasen")
    gestart = ListChoiceFilter(method="started", choices=STARTED, label="Gestart", empty_label="Alle jaren")
    provincie = province_filter()
    ggd = ggd_filter()

    orderings: ClassVar = {
        "naam": ("sort_key",),
        "niveau": (position_in(Level, "level"), "sort_key"),
        "fase": (position_in(Phase, "phase"), "sort_key"),
        "gemeenten": ("municipality_count", "sort_key"),
        "leden": ("member_count", "sort_key"),
    }

    class Meta:
        model = Coalition
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def started(self, queryset: QuerySet, name: str, chosen: str) -> QuerySet:
        """Coalitions that started with this tranche of the programme, by year."""
        within = {
            "2019": Q(started_on__year__lte=2019),
            "2020": Q(started_on__year=2020),
            "2021": Q(started_on__year__gte=2021),
        }
        return queryset.filter(within[chosen])

    def in_region(self, queryset: QuerySet, name: str, code: str) -> QuerySet:
        """Coalitions with a municipality in the region today."""
        kind = self.filters[name].kind
        areas = AreaMember.objects.current().filter(
            kind=AreaKind.COALITION, member__in=members_of_region(kind, code)
        )
        return queryset.filter(area__in=areas.values("region"))


class MunicipalityFilter(ListFilter):
    """Municipalities of today by name, province and GGD region."""

    name_column = "name"

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam")
    provincie = province_filter()
    ggd = ggd_filter()

    orderings: ClassVar = {
        "naam": ("sort_key",),
        "provincie": ("province_name", "sort_key"),
        "ggd": ("ggd_name", "sort_key"),
    }

    class Meta:
        model = Area
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def in_region(self, queryset: QuerySet, name: str, code: str) -> QuerySet:
        """Municipalities in the region today."""
        return queryset.filter(pk__in=members_of_region(self.filters[name].kind, code))


# One row with both lists: each is read from the same few hundred members. It starts with SELECT,
# because the history takes WITH for a change.
_MEMBER_OPTIONS_SQL = """
SELECT kinds, places FROM (
    WITH listed (type_id, municipality_id) AS MATERIALIZED ({listed})
    SELECT
        (SELECT json_agg(json_build_array(code, name) ORDER BY sort_key)
         FROM partners_organisationtype WHERE id IN (SELECT type_id FROM listed)) AS kinds,
        (SELECT json_agg(json_build_array(code, name) ORDER BY sort_key)
         FROM partners_area WHERE id IN (SELECT municipality_id FROM listed)) AS places
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


class WorkingGroupFilter(ListFilter):
    """Groups of one coalition; who stopped only where the address asks for it."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam")
    soort = django_filters.ChoiceFilter(
        field_name="kind", choices=GroupKind.choices, label="Soort", empty_label="Alle soorten"
    )
    stand = django_filters.ChoiceFilter(
        field_name="state",
        choices=GroupState.choices,
        label="Stand",
        empty_label="Alle standen, zonder afgerond",
    )

    orderings: ClassVar = {
        "naam": ("sort_key",),
        "stand": (position_in(GroupState, "state"), "sort_key"),
        "leden": ("member_count", "sort_key"),
    }

    class Meta:
        model = WorkingGroup
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("stand"):
            return found
        return found.exclude(state__in=GROUPS_OVER)


def with_seat_levels(memberships: QuerySet) -> QuerySet:
    """Adds `seat_levels`: the levels at which the organisation has somebody today."""
    seats = Seat.objects.current().filter(membership=OuterRef("pk"))
    return memberships.annotate(seat_levels=ArraySubquery(seats.order_by().values("level").distinct()))


def with_regions(areas: QuerySet) -> QuerySet:
    """Adds `province_name`, `ggd_name` and `ggd_code` the latest that are known."""
    return areas.annotate(
        province_name=_region(AreaKind.PROVINCE, "name"),
        province_code=_region(AreaKind.PROVINCE, "code"),
        ggd_name=_region(AreaKind.GGD_REGION, "name"),
        ggd_code=_region(AreaKind.GGD_REGION, "code"),
    )


def _region(kind: AreaKind, column: str) -> Subquery:
    links = AreaMember.objects.filter(member=OuterRef("pk"), kind=kind).order_by("-valid_from")
    return Subquery(links.values(f"region__{column}")[:1])
