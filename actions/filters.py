"""Search, filters, order and pages of actions and bottlenecks, all of it in the URL."""

from typing import Any, ClassVar

import django_filters
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from actions.models import (
    Action,
    ActionKind,
    ActionPhase,
    ActionState,
    Bottleneck,
    BottleneckKind,
    BottleneckState,
    Factor,
    OriginKind,
    StatusClaim,
)
from actions.models.actions import LIVE_STATES, OVER_STATES, ActionQuerySet
from coalitions.models import Coalition, Membership
from portal.list_filters import FilterForm, ListChoiceFilter, ListFilter, position_in
from portal.names import name_holds

LATE, WANTS_HELP = "te-laat", "hulp"
SILENT = "niets"
NO_THEME = "geen"
OPEN = "open"

# What occurs on the list of one coalition, in one row: four lists from the same table.
_OPTIONS_SQL = """
SELECT
    (SELECT json_agg(json_build_array(t.id::text, t.number || '. ' || t.title)
                     ORDER BY t.programme_id, t.number)
     FROM actions_theme t
     WHERE t.id IN (SELECT theme_id FROM actions_action WHERE coalition_id = %(coalition)s)),
    (SELECT json_agg(json_build_array(m.id::text, o.name) ORDER BY o.sort_key)
     FROM coalitions_membership m JOIN partners_organisation o ON o.id = m.organisation_id
     WHERE m.id IN (SELECT lead_id FROM actions_action WHERE coalition_id = %(coalition)s)),
    (SELECT json_agg(json_build_array(g.id::text, g.name) ORDER BY g.sort_key)
     FROM coalitions_workinggroup g
     WHERE g.id IN (SELECT group_id FROM actions_action WHERE coalition_id = %(coalition)s)),
    (SELECT json_agg(json_build_array(a.code, a.name) ORDER BY a.sort_key)
     FROM partners_area a JOIN coalitions_coalition c ON c.id = %(coalition)s
     WHERE a.id IN (SELECT l.member_id FROM partners_areamember l
                    WHERE l.region_id = c.area_id AND l.valid_to IS NULL))
"""


class OccurringFilter(ListChoiceFilter):
    """A choice among what occurs on this list."""

    def __init__(self, *args: Any, place: int, **kwargs: Any) -> None:
        self.place = place
        super().__init__(*args, **kwargs)

    def options(self) -> list[tuple[str, str]]:
        return self.parent.occurring[self.place]


class ActionFilter(ListFilter):
    """Actions of one coalition, by everything that a table, a board and a time line share."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op titel of nummer")
    thema = OccurringFilter(place=0, field_name="theme", label="Thema", empty_label="Alle thema’s")
    stand = ListChoiceFilter(
        method="in_state",
        choices=[(OPEN, "nog niet klaar"), *ActionState.choices],
        label="Stand",
        empty_label="Alle standen",
    )
    gemeld = ListChoiceFilter(
        method="claimed",
        choices=[*StatusClaim.choices, (SILENT, "nog niets gemeld")],
        label="Gemeld",
        empty_label="Maakt niet uit",
    )
    trekker = OccurringFilter(place=1, field_name="lead", label="Trekker", empty_label="Alle trekkers")
    werkgroep = OccurringFilter(
        place=2, field_name="group", label="Werkgroep", empty_label="Alle werkgroepen"
    )
    gemeente = OccurringFilter(place=3, method="in_place", label="Gemeente", empty_label="Alle gemeenten")
    soort = ListChoiceFilter(
        field_name="kind", choices=ActionKind.choices, label="Soort", empty_label="Alle soorten"
    )
    moment = ListChoiceFilter(
        field_name="phase", choices=ActionPhase.choices, label="Moment", empty_label="Alle momenten"
    )
    let_op = ListChoiceFilter(
        method="needing",
        choices=[(LATE, "te laat"), (WANTS_HELP, "vraagt hulp")],
        label="Let op",
        empty_label="Maakt niet uit",
    )

    orderings: ClassVar = {
        "nummer": ("number",),
        "titel": ("sort_key",),
        "thema": ("theme__number", "number"),
        "stand": (position_in(ActionState, "state"), "number"),
        "gemeld": (position_in(StatusClaim, "claim"), "number"),
        "trekker": ("lead__organisation__sort_key", "number"),
        "klaar": ("due_on", "number"),
        "voorrang": ("priority", "number"),
    }
    default_ordering = "nummer"

    class Meta:
        model = Action
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        self.coalition = coalition
        super().__init__(*args, **kwargs)

    @cached_property
    def occurring(self) -> list[list[tuple[str, str]]]:
        """Themes, leads, groups and municipalities that can be chosen."""
        with connection.cursor() as cursor:
            cursor.execute(_OPTIONS_SQL, {"coalition": self.coalition.pk})
            return [[tuple(option) for option in options or ()] for options in cursor.fetchone()]

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        found = Q(name_holds(value))
        if value.strip().isdecimal():
            found |= Q(number=min(int(value), 2_000_000_000))
        return queryset.filter(found)

    def in_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        if value == OPEN:
            return queryset.exclude(state__in=OVER_STATES)
        return queryset.filter(state=value)

    def claimed(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """By what was said last in the round that counts; of what does not run nothing is asked."""
        if value == SILENT:
            return queryset.filter(claim__isnull=True, state__in=LIVE_STATES)
        return queryset.filter(claim=value)

    def in_place(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """What is for the whole region is for each municipality too."""
        return queryset.filter(
            Q(scope="regional")
            | Q(pk__in=Action.areas.through.objects.filter(area__code=value).values("action"))
        )

    def needing(self, queryset: ActionQuerySet, _name: str, value: str) -> QuerySet:
        return queryset.late() if value == LATE else queryset.exclude(needs_help="")


class BottleneckFilter(ListFilter):
    """Bottlenecks and dreams of one coalition; what was dropped only where the address asks for it."""

    zoek = django_filters.CharFilter(method="named", label="Zoek in de tekst")
    soort = ListChoiceFilter(
        field_name="kind", choices=BottleneckKind.choices, label="Soort", empty_label="Knelpunten en dromen"
    )
    thema = OccurringFilter(place=0, method="under", label="Thema", empty_label="Alle thema’s")
    stand = ListChoiceFilter(
        field_name="state",
        choices=BottleneckState.choices,
        label="Stand",
        empty_label="Alle standen, zonder vervallen",
    )
    herkomst = ListChoiceFilter(
        field_name="origin", choices=OriginKind.choices, label="Komt uit", empty_label="Maakt niet uit"
    )
    omstandigheid = ListChoiceFilter(
        method="with_factor",
        choices=Factor.choices,
        label="Omstandigheid",
        empty_label="Alle omstandigheden",
    )

    orderings: ClassVar = {
        "tekst": ("sort_key",),
        "thema": ("theme__number", "sort_key"),
        "stand": (position_in(BottleneckState, "state"), "sort_key"),
        "herkend": ("support_count", "sort_key"),
        "acties": ("action_count", "sort_key"),
        "opgehaald": ("collected_on", "sort_key"),
    }
    default_ordering = "-herkend"

    class Meta:
        model = Bottleneck
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        self.coalition = coalition
        super().__init__(*args, **kwargs)

    @cached_property
    def occurring(self) -> list[list[tuple[str, str]]]:
        """The themes under which something stands, and none."""
        themes = (
            Bottleneck.objects.filter(coalition=self.coalition, theme__isnull=False)
            .order_by("theme__programme", "theme__number")
            .values_list("theme", "theme__number", "theme__title")
            .distinct()
        )
        found = [(str(pk), f"{number}. {title}") for pk, number, title in themes]
        return [[*found, (NO_THEME, "nog geen thema")]]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("stand"):
            return found
        return found.exclude(state=BottleneckState.DROPPED)

    def under(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(theme__isnull=True) if value == NO_THEME else queryset.filter(theme=value)

    def with_factor(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(factors__contains=[value])


class DoerFilter(ListFilter):
    """Members by name, to see who does what."""

    zoek = django_filters.CharFilter(method="named", label="Zoek op naam van het lid")

    orderings: ClassVar = {"naam": ("organisation__sort_key",)}

    class Meta:
        model = Membership
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def named(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(name_holds(value, "organisation__sort_key"))


class LessonFilter(ListFilter):
    """What was learned, by words, subject and moment."""

    zoek = django_filters.CharFilter(method="saying", label="Zoek in titel en les")
    soort = ListChoiceFilter(
        field_name="kind", choices=ActionKind.choices, label="Soort", empty_label="Alle soorten"
    )
    moment = ListChoiceFilter(
        field_name="phase", choices=ActionPhase.choices, label="Moment", empty_label="Alle momenten"
    )
    omstandigheid = ListChoiceFilter(
        method="with_factor",
        choices=Factor.choices,
        label="Omstandigheid",
        empty_label="Alle omstandigheden",
    )

    orderings: ClassVar = {"sinds": ("state_since", "number"), "titel": ("sort_key",)}
    default_ordering = "-sinds"

    class Meta:
        model = Action
        form = FilterForm
        fields: ClassVar[list[str]] = []

    def saying(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(Q(name_holds(value)) | Q(lesson__icontains=value))

    def with_factor(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(factors__contains=[value])
