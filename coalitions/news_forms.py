"""The form with which somebody chooses her news."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from coalitions.news_topics import Topics
from portal.hooks import NewsKind


class NewsTopicsForm(forms.Form):
    """A list of boxes for each coalition; none ticked is no news of it."""

    marks_optional_fields = False

    def __init__(self, *args: Any, topics: Sequence[Topics], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in topics:
            self.fields[f"coalition_{one.coalition.pk}"] = forms.MultipleChoiceField(
                label=one.coalition.name,
                choices=NewsKind,
                initial=one.wanted,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def wanted(self) -> dict[int, Collection[str]]:
        """The kinds that were ticked, by the id of their coalition."""
        return {int(name.removeprefix("coalition_")): kinds for name, kinds in self.cleaned_data.items()}
