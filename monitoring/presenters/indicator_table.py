"""The municipalities of the page of one indicator as a list: searched, in order, cut into pages."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict

from monitoring import pooling
from monitoring.models import Aggregate
from monitoring.presenters.indicator import AreaRow, area_rows
from monitoring.selection import AREA, BESIDE, LEVEL, PERIOD, Selection
from partners.models import AreaKind
from portal import list_addresses
from portal.list_filters import PAGE_SIZE, FilterForm
from portal.names import fold
from portal.numbers import counted

# What a list shows at once stands folded on the page of the indicator. A table of the whole country weighs
# more than all else there, and few open it.
MOST_FOLDED = PAGE_SIZE


def has_own_page(figures: Sequence[Aggregate]) -> bool:
    """Whether so many rows stand on a page of their own."""
    return len(figures) > MOST_FOLDED


def place_of_parts(chosen: Selection) -> str:
    """Of what the parts are: of a municipality what it is laid beside."""
    if chosen.beside and chosen.area.kind == AreaKind.MUNICIPALITY:
        return chosen.beside.label
    return chosen.area.name


def rows_of(chosen: Selection, figures: Sequence[Aggregate]) -> list[AreaRow]:
    """Figures of the chosen period as rows, beside the country."""
    first = pooling.window_of_period(chosen.period) if chosen.period else None
    windows = [window for window in chosen.windows if first is not None and window.period_id == -first]
    return area_rows(figures, chosen.definition, country=chosen.benchmark, windows=windows)


def table_of(chosen: Selection) -> dict[str, Any]:
    """All municipalities of a choice by name, and what they are municipalities of."""
    return {
        "rows": rows_of(chosen, chosen.municipalities),
        "place": place_of_parts(chosen),
        "period": chosen.period.label if chosen.period else "",
        "is_provisional": chosen.period is not None and chosen.period.pk in chosen.provisional,
        "query": chosen.query,
    }


class TownForm(FilterForm):
    """Which of the municipalities; what they are of stays as it was chosen."""

    zoek = forms.CharField(label="Naam van de gemeente", required=False, max_length=100)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for word in (AREA, PERIOD, BESIDE, LEVEL):
            if data.get(word):
                self.fields[word] = forms.CharField(required=False, widget=forms.HiddenInput)


class TownList:
    """The rows of `table_of` as the address asks."""

    def __init__(self, everything: Sequence[AreaRow], data: QueryDict) -> None:
        self.everything = everything
        self.data = data
        self.form = TownForm(data)
        self.form.is_valid()

    @cached_property
    def order(self) -> str:
        """By name, unless somebody asks for another order that exists."""
        chosen = self.data.get("sorteer", "")
        return chosen if chosen.removeprefix("-") in {"naam", "cijfer"} else "naam"

    @property
    def is_by_name(self) -> bool:
        return self.order.endswith("naam")

    @cached_property
    def rows(self) -> list[AreaRow]:
        """Every municipality that was searched for, in order; those without a number last, either way."""
        sought, is_down = fold(self.form.cleaned_data.get("zoek", "")), self.order.startswith("-")
        found = [row for row in self.everything if sought in fold(row.name)]
        if self.is_by_name:
            return found[::-1] if is_down else found
        known = [(row.value, row) for row in found if row.value is not None]
        known.sort(key=lambda pair: pair[0], reverse=is_down)
        return [*(row for _, row in known), *(row for row in found if row.value is None)]

    @cached_property
    def page(self) -> Page:
        """The page that the address names; one that does not exist becomes the nearest."""
        return Paginator(self.rows, PAGE_SIZE).get_page(self.data.get("pagina", 1))

    @property
    def count(self) -> str:
        """How many were found, and of how many."""
        found = counted(len(self.rows), "gemeente", "gemeenten")
        return found if len(self.rows) == len(self.everything) else f"{found}, van {len(self.everything)}"

    @property
    def all_url(self) -> str:
        """The address of all of them."""
        return list_addresses.without_filters(self.data, self.form)
