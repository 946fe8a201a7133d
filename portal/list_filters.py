"""What every filtered list does: search, choose, order and cut into pages, all of it in the URL."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.paginator import Page, Paginator
from django.db.models import Case, Expression, F, IntegerField, OrderBy, QuerySet, TextChoices, When
from django.utils.functional import cached_property

from portal.names import name_holds
from portal.widgets import FixedOptions, LongSelect

PAGE_SIZE = 50
# Half of the letters, three by three, are those of one word in the name.
LEAST_ALIKE = 0.5
MOST_MEANT = 3


class FilterForm(forms.Form):
    """In a list of filters every field is optional, so no label says so."""

    marks_optional_fields = False


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
        self.choices = FixedOptions(choices)
        super().__init__(*args, **kwargs)

    def options(self) -> Iterable[tuple[str, str]]:
        """The fixed choices; a filter that reads its options gives those."""
        return self.choices

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            self.extra |= {"choices": FixedOptions(self.options()), "widget": LongSelect}
        return super().field
