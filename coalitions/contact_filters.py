"""Search and filters of the list of talks."""

from typing import ClassVar

import django_filters
from django.db.models import QuerySet

from coalitions.models import Channel, OutreachContact
from coalitions.models.contacts import ContactQuerySet
from portal.list_filters import FilterForm, ListFilter
from portal.names import name_holds

OVERDUE, OPEN, DONE = "te-laat", "open", "gezet"


class ContactFilter(ListFilter):
    """Talks by organisation, kind, and whether the next step was taken; what is due first on top."""

    queryset: ContactQuerySet

    zoek = django_filters.CharFilter(method="named", label="Zoek op organisatie")
    soort = django_filters.ChoiceFilter(
        field_name="channel", choices=Channel.choices, label="Soort contact", empty_label="Alle soorten"
    )
    stap = django_filters.ChoiceFilter(
        method="with_step",
        choices=[(OVERDUE, "te laat"), (OPEN, "nog te zetten"), (DONE, "gezet")],
        label="Volgende stap",
        empty_label="Maakt niet uit",
    )

    orderings: ClassVar = {
        "datum": ("on",),
        "naam": ("organisation__sort_key", "on"),
        "uiterlijk": ("due", "organisation__sort_key"),
    }
    default_ordering = "-datum"

    class Meta:
        model = OutreachContact
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Talks with organisations whose name holds `value`."""
        return queryset.filter(name_holds(value, "organisation__sort_key"))

    def with_step(self, queryset: ContactQuerySet, _name: str, value: str) -> QuerySet:
        """Talks by what became of the next step."""
        if value == OVERDUE:
            return queryset.overdue()
        return queryset.open() if value == OPEN else queryset.filter(done_on__isnull=False)
