"""The filters of the lists of coalitions, municipalities and working groups."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery

from coalitions.models import Coalition, GroupKind, GroupState, Level, Phase, WorkingGroup
from coalitions.models.groups import OVER_STATES as GROUPS_OVER
from partners import postcodes
from partners.models import Area, AreaKind, AreaMember
from portal.list_filters import FilterForm, ListChoiceFilter, ListFilter, position_in
from portal.names import name_holds


class MunicipalitySearchForm(FilterForm):
    """The question on the front page: which municipality?"""

    naam = forms.CharField(label="Gemeente of postcode", max_length=100)


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
    """Municipalities of today by name or postcode, province and GGD region."""

    name_column = "name"

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam of postcode")
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

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """The municipality of a postcode, or those whose name holds `value`."""
        if postcode := postcodes.digits_of(value):
            return queryset.filter(code=postcodes.municipality_code(postcode))
        return queryset.filter(name_holds(value))

    def in_region(self, queryset: QuerySet, name: str, code: str) -> QuerySet:
        """Municipalities in the region today."""
        return queryset.filter(pk__in=members_of_region(self.filters[name].kind, code))


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
