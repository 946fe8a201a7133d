"""Search, filters and order of the list of meetings."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from actions.models import Meeting, MeetingKind, MeetingState
from actions.models.meetings import HELD_STATES
from portal.list_filters import FilterForm, ListChoiceFilter, ListFilter

WHEN = (("komend", "Nog te komen"), ("geweest", "Geweest"), ("vervallen", "Gaat niet door"))


class MeetingFilter(ListFilter):
    """Meetings of one coalition by name, moment, kind and series."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op titel")
    wanneer = django_filters.ChoiceFilter(
        method="at", choices=WHEN, label="Wanneer", empty_label="Alle bijeenkomsten"
    )
    soort = django_filters.ChoiceFilter(
        field_name="kind", choices=MeetingKind.choices, label="Soort", empty_label="Alle soorten"
    )
    reeks = ListChoiceFilter(field_name="series", label="Reeks", empty_label="Alle reeksen")

    orderings: ClassVar = {
        "datum": ("starts_at",),
        "titel": ("sort_key",),
        "soort": ("kind", "starts_at"),
        "aanwezig": ("present_count", "starts_at"),
    }
    default_ordering: ClassVar[str] = "-datum"

    def __init__(self, *args: Any, coalition: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["reeks"].choices = [
            (str(pk), name) for pk, name in coalition.meeting_series.values_list("pk", "name")
        ]

    class Meta:
        model = Meeting
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def at(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Meetings to come, those that were, or those that do not go on."""
        match value:
            case "komend":
                return queryset.filter(
                    state__in=[MeetingState.DRAFT, MeetingState.INVITED], ends_at__gte=timezone.now()
                )
            case "geweest":
                return queryset.filter(state__in=HELD_STATES)
            case _:
                return queryset.filter(state=MeetingState.CANCELLED)
