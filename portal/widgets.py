"""Choices from hundreds of options, for which the standard field and widget are too slow."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Self

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst


class FixedOptions(BaseChoiceIterator):
    """Pairs of value and label that every copy of a field shares."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        self.options = options

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self.options

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class LongSelect(forms.Select):
    """The HTML of a select without groups; the standard widget renders a template per option."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = "".join(
            f'<option value="{escape(str(code))}"{" selected" if str(code) == chosen else ""}>'
            f"{escape(capfirst(str(label)))}</option>"
            for code, label in self.choices
        )
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        # Both parts of every option are escaped above.
        return format_html("<select{}>{}</select>", flatatt(attributes), mark_safe(options))  # noqa: S308
