"""Search, filters and order of gems, interventions and tools."""

from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet

from actions.models import (
    Intervention,
    Practice,
    PracticeAdoption,
    PracticeState,
    Tool,
    ToolKind,
)
from actions.models.interventions import TargetPhase
from portal.list_filters import FilterForm, ListFilter
from portal.names import name_holds


class PracticeFilter(ListFilter):
    """Gems by words, state and the municipality that has them."""

    zoek = django_filters.CharFilter(method="holding", label="Zoek op titel of probleem")
    gemeente = django_filters.CharFilter(method="in_place", label="Naam van een gemeente")
    stand = django_filters.ChoiceFilter(
        field_name="state", choices=PracticeState.choices, label="Stand", empty_label="Alle standen"
    )

    orderings: ClassVar = {"naam": ("sort_key",), "overgenomen": ("adoption_count", "sort_key")}

    class Meta:
        model = Practice
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """What is used no more only where the address asks for it."""
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("stand"):
            return found
        return found.exclude(state=PracticeState.RETIRED)

    def holding(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Gems whose title or problem holds the words."""
        return queryset.filter(Q(name_holds(value)) | Q(problem__icontains=value))

    def in_place(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Gems that began or live in a municipality with such a name."""
        living = PracticeAdoption.objects.living().filter(name_holds(value, "municipality__sort_key"))
        return queryset.filter(Q(name_holds(value, "origin__sort_key")) | Q(pk__in=living.values("practice")))


class InterventionFilter(ListFilter):
    """Interventions by name and moment."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam")
    moment = django_filters.ChoiceFilter(
        field_name="phase", choices=TargetPhase.choices, label="Moment", empty_label="Alle momenten"
    )

    orderings: ClassVar = {"naam": ("sort_key",), "gemeenten": ("offer_count", "sort_key")}

    class Meta:
        model = Intervention
        form = FilterForm
        fields: ClassVar[list[str]] = []


class ToolFilter(ListFilter):
    """Tools by name and kind."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op titel")
    soort = django_filters.ChoiceFilter(
        field_name="kind", choices=ToolKind.choices, label="Soort", empty_label="Alle soorten"
    )

    orderings: ClassVar = {"naam": ("sort_key",), "gebruik": ("use_count", "sort_key")}

    class Meta:
        model = Tool
        form = FilterForm
        fields: ClassVar[list[str]] = []
