"""Search, filters and order of the lists of mandates."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from partners.models import Mandate, MandateKind, MandateStatus
from portal.list_filters import FilterForm, ListFilter
from portal.names import name_holds


class MandateFilter(ListFilter):
    """Mandates by name of person or organisation, by where they stand, and by their ground."""

    queryset: Any

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam")
    stand = django_filters.ChoiceFilter(
        method="in_status",
        choices=[*MandateStatus.choices, ("ending", "loopt binnen 30 dagen af")],
        label="Stand",
        empty_label="Alle standen",
    )
    grond = django_filters.ChoiceFilter(
        field_name="kind", choices=MandateKind.choices, label="Grond", empty_label="Alle gronden"
    )

    orderings: ClassVar = {
        "naam": ("representative__organisation__sort_key", "representative__person__sort_key"),
        "persoon": ("representative__person__sort_key",),
        "aangevraagd": ("requested_at",),
        "tot": ("valid_to", "representative__organisation__sort_key"),
    }

    class Meta:
        model = Mandate
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Mandates of organisations or people whose name holds `value`."""
        return queryset.filter(
            Q(name_holds(value, "representative__organisation__sort_key"))
            | Q(name_holds(value, "representative__person__sort_key"))
        )

    def in_status(self, queryset: Any, _name: str, value: str) -> QuerySet:
        """Mandates that stand there today."""
        today = timezone.localdate()
        over = Q(valid_to__lte=today) | Q(representative__valid_to__lte=today)
        if value == "ending":
            return queryset.ending()
        if value == MandateStatus.REVOKED:
            return queryset.filter(revoked_at__isnull=False)
        kept = queryset.filter(revoked_at__isnull=True)
        if value == MandateStatus.EXPIRED:
            return kept.filter(over)
        return kept.exclude(over).filter(checked_at__isnull=value == MandateStatus.UNCHECKED)
