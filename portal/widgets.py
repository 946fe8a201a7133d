"""The HTML of inputs and selects made at once: the standard widgets render several templates for each.

Choices from hundreds of options also have a field and a widget of their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any, Self

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst


class FixedOptions(BaseChoiceIterator):
    """Pairs of value and label that every copy of a field shares."""

    def __init__(self, options: Iterable[tuple[str, str]]) -> None:
        self.options = tuple(options)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self.options

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class LongSelect(forms.Select):
    """The HTML of a select without groups, for which the standard widget makes a dictionary per option."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        options = _options(tuple((str(code), str(label)) for code, label in self.choices))
        plain = f'<option value="{escape("" if value is None else str(value))}">'
        options = options.replace(plain, f"{plain[:-1]} selected>", 1)
        attributes = attributes_of({"name": name, **self.build_attrs(self.attrs, attrs)})
        # Everything in it was escaped on the way.
        return mark_safe(f"<select{attributes}>{options}</select>")  # noqa: S308


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f'<option value="{escape(code)}">{escape(capfirst(label))}</option>' for code, label in choices
    )


def attributes_of(attrs: Mapping[str, Any]) -> str:
    """The attributes of an element: what is False is left out, what is True has no value."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))


def input_html(widget: Mapping[str, Any]) -> SafeString:
    """One input, from the context of its widget."""
    attrs = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        attrs["value"] = widget["value"]
    return mark_safe(f"<input{attributes_of(attrs)}{attributes_of(widget['attrs'])}>")  # noqa: S308


def select_html(widget: Mapping[str, Any]) -> SafeString:
    """One select with its options, in groups where they have names, from the context of its widget."""
    groups = "".join(_group_html(name, options) for name, options, _index in widget["optgroups"])
    attributes = f"{attributes_of({'name': widget['name']})}{attributes_of(widget['attrs'])}"
    return mark_safe(f"<select{attributes}>{groups}</select>")  # noqa: S308


def _group_html(name: Any, options: Iterable[Mapping[str, Any]]) -> str:
    html = "".join(
        f"<option{attributes_of({'value': option['value'], **option['attrs']})}>"
        f"{escape(str(option['label']))}</option>"
        for option in options
    )
    return f'<optgroup label="{escape(str(name))}">{html}</optgroup>' if name else html


DRAWN = {
    "django/forms/widgets/select.html": select_html,
    **dict.fromkeys(
        (
            f"django/forms/widgets/{kind}.html"
            for kind in ("text", "input", "email", "number", "url", "password", "hidden", "date")
        ),
        input_html,
    ),
}
