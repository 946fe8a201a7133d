"""The addresses by which a list is sorted, paged and filtered; what somebody chose stays in each of them."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django import forms
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.formats import date_format


def sorting(chosen: QueryDict, field: str) -> tuple[str, str]:
    """The address that sorts by `field`, or turns the order round; and which way it is sorted now."""
    query = chosen.copy()
    current = query.get("sorteer", "")
    query.pop("pagina", None)
    direction = {field: "ascending", f"-{field}": "descending"}.get(current, "")
    query["sorteer"] = f"-{field}" if direction == "ascending" else field
    return f"?{query.urlencode()}", direction


class Pages:
    """The pages of one list."""

    def __init__(self, chosen: QueryDict, page: Page[Any]) -> None:
        self._query = chosen.copy()
        self._page = page

    def all(self) -> list[dict[str, object]]:
        """The page numbers that are shown, and what stands for those between them."""
        shown = self._page.paginator.get_elided_page_range(self._page.number, on_each_side=1, on_ends=1)
        return [
            {
                "label": number,
                "href": self._address(number) if isinstance(number, int) else "",
                "is_current": number == self._page.number,
            }
            for number in shown
        ]

    def previous(self) -> str:
        return self._address(self._page.number - 1) if self._page.has_previous() else ""

    def next(self) -> str:
        return self._address(self._page.number + 1) if self._page.has_next() else ""

    def _address(self, number: int) -> str:
        self._query["pagina"] = str(number)
        return f"?{self._query.urlencode()}"


def chips(query: QueryDict, form: forms.Form) -> list[dict[str, str]]:
    """Each active filter, with the address that leaves it out."""
    found = []
    for name, field in form.fields.items():
        if field.widget.is_hidden:
            continue
        key = form.add_prefix(name)
        for raw in query.getlist(key):
            if not raw:
                continue
            rest = query.copy()
            rest.setlist(key, [other for other in query.getlist(key) if other != raw])
            rest.pop("pagina", None)
            found.append(
                {
                    "label": str(field.label or name),
                    "value": chosen_words(field, raw),
                    "href": f"?{rest.urlencode()}",
                }
            )
    return found


def without_filters(query: QueryDict, form: forms.Form) -> str:
    """The address of the whole list, in the order that was chosen; a hidden field is no filter, it says
    what the list is about."""
    keep = QueryDict(mutable=True)
    for key in (*(field.html_name for field in form.hidden_fields()), "sorteer"):
        if key in query:
            keep[key] = str(query[key])
    return f"?{keep.urlencode()}"


def chosen_words(field: forms.Field, raw: str) -> str:
    """Return the words on the screen for one raw value of a filter."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "ja"
    if isinstance(field, forms.DateField):
        # The last value of an address was checked, and not what stands before it.
        with suppress(forms.ValidationError):
            return date_format(field.to_python(raw) or raw, "j F Y")
    for value, label in flat_choices(getattr(field, "choices", ())):
        if str(value) == raw:
            return label
    return raw


def flat_choices(choices: Iterable[Any]) -> Iterable[tuple[Any, str]]:
    """Yield value and label of every choice, also those inside named groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from flat_choices(label)
        else:
            yield value, str(label)
