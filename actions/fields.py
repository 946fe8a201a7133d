"""Choices that the forms of this app share."""

from typing import Any

from django import forms

from actions.models import Bottleneck, Theme
from coalitions.models import Coalition, Membership, WorkingGroup
from coalitions.models.groups import LIVING_STATES
from partners.models import Area
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect


class MemberField(forms.ModelChoiceField):
    """A member of the coalition, by the name of its organisation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Membership.objects.none(), empty_label="Kies een lid", widget=LongSelect, **kwargs)

    def label_from_instance(self, membership: Membership) -> str:
        return membership.organisation.name

    def of(self, coalition: Coalition) -> None:
        """Offer the members of `coalition`."""
        self.queryset = (
            coalition.memberships.members()
            .select_related("organisation")
            .order_by("organisation__sort_key", "pk")
        )


class ThemeField(forms.ModelChoiceField):
    """A theme of a programme of the coalition."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Theme.objects.none(), empty_label="Nog geen thema", widget=LongSelect, **kwargs)

    def of(self, coalition: Coalition) -> None:
        """Offer the themes of programmes that are not over."""
        self.queryset = (
            Theme.objects.filter(programme__coalition=coalition)
            .exclude(programme__state="closed")
            .select_related("programme__coalition")
            .order_by("-programme__starts_on", "number")
        )


class GroupField(forms.ModelChoiceField):
    """A working group that lives."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            WorkingGroup.objects.none(), empty_label="Geen werkgroep", widget=LongSelect, **kwargs
        )

    def of(self, coalition: Coalition) -> None:
        """Offer the groups of `coalition`."""
        self.queryset = coalition.groups.filter(state__in=LIVING_STATES)


class MunicipalitiesField(forms.ModelMultipleChoiceField):
    """Some municipalities of the coalition."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Area.objects.none(), widget=forms.CheckboxSelectMultiple, required=False, **kwargs)

    def of(self, coalition: Coalition) -> None:
        """Offer the municipalities of today."""
        self.queryset = coalition.municipalities().order_by("sort_key")


class BottleneckField(forms.ModelChoiceField):
    """A bottleneck or dream of the coalition."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Bottleneck.objects.none(), empty_label="Kies een knelpunt of droom", widget=LongSelect, **kwargs
        )

    def of(self, coalition: Coalition) -> None:
        """Offer what was not dropped."""
        self.queryset = coalition.bottlenecks.exclude(state="dropped").order_by("sort_key", "pk")


CoalitionField = MemberField | ThemeField | GroupField | MunicipalitiesField | BottleneckField


class CoalitionForm(forms.Form):
    """A form whose choices are those of one coalition."""

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CoalitionField):
                field.of(coalition)


def seen() -> forms.IntegerField:
    """The revision that the page showed, so that nobody writes over somebody else's words."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def words(
    label: str, *, longest: int, required: bool = True, rows: int = 3, **kwargs: Any
) -> forms.CharField:
    """A field for free text, in which no BSN may stand."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[refuse_bsn],
        **kwargs,
    )


def line(label: str, *, longest: int, required: bool = True, **kwargs: Any) -> forms.CharField:
    """A field for one line of free text."""
    return forms.CharField(
        label=label, max_length=longest, required=required, validators=[refuse_bsn], **kwargs
    )
