"""Themes, meetings and gems on the public page of a coalition."""

from django.db.models import CharField, DateTimeField, Value
from django.db.models.functions import Cast

from actions.models import Meeting, Practice, PracticeState, ProgrammeState, Theme
from coalitions.models import Coalition
from portal.hooks import Panel

SHOWN = 3
FACTS = ("what", "title", "place", "starts_at", "ends_at")


def on_coalition(coalition: Coalition) -> list[Panel]:
    """The themes of the programme that was adopted, the next meetings that everybody may know of, and the
    gems that are ready; one query."""
    never = Value(None, DateTimeField())
    themes = (
        Theme.objects.filter(programme__coalition=coalition, programme__state=ProgrammeState.ADOPTED)
        .annotate(
            what=Value("theme", CharField()),
            place=Cast("number", CharField()),
            starts_at=never,
            ends_at=never,
        )
        .order_by()
        .values_list(*FACTS)
    )
    meetings = (
        coalition.meetings.to_come()
        .filter(is_public=True)
        .annotate(what=Value("meeting", CharField()))
        .order_by("starts_at", "pk")
        .values_list(*FACTS)[:SHOWN]
    )
    gems = (
        coalition.practices.filter(state=PracticeState.PREBAKED)
        .annotate(what=Value("gem", CharField()), starts_at=never, ends_at=never)
        .order_by()
        .values_list("what", "title", "slug", "starts_at", "ends_at")
    )
    rows = list(meetings.union(gems, themes, all=True).order_by("starts_at", "title"))
    numbered = sorted((int(number), title) for what, title, number, *_ in rows if what == "theme")
    return [
        *_panel("Hier werkt deze coalitie aan", "_public_themes", themes=[title for _, title in numbered]),
        *_panel(
            "Komende bijeenkomsten",
            "_public_meetings",
            meetings=[
                Meeting(title=title, place=place, starts_at=starts_at, ends_at=ends_at)
                for what, title, place, starts_at, ends_at in rows
                if what == "meeting"
            ],
        ),
        *_panel(
            "Parels",
            "_coalition_gems",
            practices=[Practice(title=title, slug=slug) for what, title, slug, *_ in rows if what == "gem"],
        ),
    ]


def _panel(title: str, template: str, **context: list) -> list[Panel]:
    """The block, where there is something in it."""
    if not any(context.values()):
        return []
    return [Panel(title=title, template=f"actions/{template}.html", context=context, order=35)]
