"""Search, filters and order of the lists of organisations and schakelfuncties."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from coalitions.care_landscape import SHAPES, SHOWN_AT_FIRST
from partners.models import (
    Area,
    Domain,
    LinkingRole,
    Organisation,
    OrganisationAlias,
    OrganisationType,
    ServiceArea,
)
from portal.list_filters import FilterForm, ListChoiceFilter, ListFilter
from portal.names import name_holds


def organisation_holds(value: str) -> Q:
    """A condition: `value` stands in a name of the organisation, or is one of its numbers."""
    number = "".join(value.split())
    aliases = OrganisationAlias.objects.filter(organisation=OuterRef("pk")).filter(name_holds(value))
    found: Q = Q(name_holds(value)) | Q(short_name__icontains=value) | Q(Exists(aliases))
    if number.isdecimal():
        found |= Q(kvk=number) | Q(agb=number) | Q(oin=number) | Q(rsin=number) | Q(branch=number)
    return found


class TypeFilter(ListChoiceFilter):
    """The kinds of organisations on this list."""

    def options(self) -> list[tuple[str, str]]:
        kinds = self.parent.queryset.order_by().values("type")
        return list(OrganisationType.objects.filter(pk__in=kinds).values_list("code", "name"))


class PlaceFilter(ListChoiceFilter):
    """The municipalities on this list."""

    def options(self) -> list[tuple[str, str]]:
        places = self.parent.queryset.order_by().values("municipality")
        return list(Area.objects.filter(pk__in=places).values_list("code", "name"))


class OrganisationFilter(ListFilter):
    """Organisations by name or number, kind, domain and place."""

    name_column = "name"
    zoek = django_filters.CharFilter(method="named", label="Zoek op naam of nummer")
    soort = TypeFilter(field_name="type__code", label="Soort", empty_label="Alle soorten")
    domein = django_filters.ChoiceFilter(
        method="in_domain", choices=Domain.choices, label="Domein", empty_label="Alle domeinen"
    )
    gemeente = PlaceFilter(method="in_place", label="Gemeente", empty_label="Alle gemeenten")

    orderings: ClassVar = {
        "naam": ("sort_key",),
        "soort": ("type__sort_key", "sort_key"),
        "domein": ("type__domain", "sort_key"),
        "gemeente": ("municipality__sort_key", "sort_key"),
    }

    class Meta:
        model = Organisation
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """By name, short name, another name, or one of its numbers."""
        return queryset.filter(organisation_holds(value))

    def in_domain(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """By the domain of its kind, or one in which it works as well."""
        return queryset.filter(Q(type__domain=value) | Q(extra_domains__contains=[value]))

    def in_place(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Settled there, or at work for it."""
        serves = ServiceArea.objects.filter(organisation=OuterRef("pk"), municipality__code=value)
        return queryset.filter(Q(municipality__code=value) | Exists(serves))


class LinkingRoleFilter(ListFilter):
    """Schakelfuncties by name, municipality and the domain to which they lead."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op functie, persoon of organisatie")
    gemeente = PlaceFilter(field_name="municipality__code", label="Gemeente", empty_label="Alle gemeenten")
    van = django_filters.ChoiceFilter(
        field_name="domain_from", choices=Domain.choices, label="Vanuit domein", empty_label="Alle domeinen"
    )
    naar = django_filters.ChoiceFilter(
        field_name="domain_to", choices=Domain.choices, label="Naar domein", empty_label="Alle domeinen"
    )

    orderings: ClassVar = {
        "naam": ("sort_key",),
        "wie": ("person__sort_key", "sort_key"),
        "organisatie": ("organisation__sort_key", "sort_key"),
        "gemeente": ("municipality__sort_key", "sort_key"),
    }

    class Meta:
        model = LinkingRole
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def named(self, queryset: Any, _name: str, value: str) -> QuerySet:
        return queryset.filter(
            Q(name_holds(value))
            | Q(name_holds(value, "organisation__sort_key"))
            | Q(name_holds(value, "person__sort_key"))
        )


class LegendFilter(django_filters.MultipleChoiceFilter):
    """Ticks for the kinds of birth care that there are."""

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field"):
            kinds = OrganisationType.objects.filter(code__in=SHAPES)
            words = dict(kinds.values_list("code", "name_plural"))
            self.extra |= {
                "choices": [(code, words[code]) for code in SHAPES if code in words],
                "widget": forms.CheckboxSelectMultiple,
            }
        return super().field


class BirthCareFilter(ListFilter):
    """Organisations of birth care by kind, name and place; at first those that hold a region together."""

    name_column = "name"
    zoek = django_filters.CharFilter(method="named", label="Zoek op naam")
    gemeente = PlaceFilter(field_name="municipality__code", label="Gemeente", empty_label="Alle gemeenten")
    soort = LegendFilter(method="of_kinds", label="Toon op de kaart en in de lijst")

    orderings: ClassVar = {
        "naam": ("sort_key",),
        "soort": ("type__sort_key", "sort_key"),
        "gemeente": ("municipality__sort_key", "sort_key"),
    }

    class Meta:
        model = Organisation
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        data = data.copy()
        if not any(data.get(name) for name in ("zoek", "soort", "gemeente")):
            data.setlist("soort", list(SHOWN_AT_FIRST))
        super().__init__(data, *args, **kwargs)

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        aliases = OrganisationAlias.objects.filter(organisation=OuterRef("pk")).filter(name_holds(value))
        return queryset.filter(Q(name_holds(value)) | Q(Exists(aliases)))

    def of_kinds(self, queryset: QuerySet, _name: str, value: list[str]) -> QuerySet:
        return queryset.filter(type__code__in=value) if value else queryset
