"""What the notes of tables became, each as a link, in the query of the notes themselves."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import capfirst

from actions.models import BottleneckKind, NoteOutcome, TableNote
from coalitions.models import Coalition
from coalitions.models.conditions import Score

# Of every kind of outcome what its link needs.
FIELDS = {
    "pk": "pk",
    "bottleneck": "bottleneck",
    "kind": "bottleneck__kind",
    "text": "bottleneck__text",
    "practice": "practice__slug",
    "practice_title": "practice__title",
    "action": "action__number",
    "action_title": "action__title",
    "agreement": "agreement__title",
    "condition": "score__condition__name",
    "year": "score__year",
    "score": "score__score",
}


@dataclass(frozen=True, kw_only=True)
class Became:
    """One thing that a note became; without `url` it has no page of its own."""

    pk: int
    word: str
    title: str
    url: str = ""


def with_outcomes(notes: QuerySet[TableNote]) -> QuerySet[Any]:
    """Adds `made`: what each note became, for `became`."""
    outcomes = NoteOutcome.objects.filter(note=OuterRef("pk")).order_by("pk")
    return notes.annotate(made=ArraySubquery(outcomes.values(one=JSONObject(**FIELDS))))


def became(note: Any, coalition: Coalition) -> list[Became]:
    """What a note of `with_outcomes` became, in order."""
    return [_link(one, coalition.slug) for one in note.made]


def _link(one: dict[str, Any], slug: str) -> Became:
    def page(name: str, *more: Any) -> str:
        return reverse(name, args=[slug, *more])

    pk = one["pk"]
    if one["bottleneck"]:
        word = BottleneckKind(one["kind"]).label
        url = page("actions:bottleneck-detail", one["bottleneck"])
        return Became(pk=pk, word=capfirst(word), title=one["text"], url=url)
    if one["practice"]:
        url = reverse("actions:practice-detail", args=[one["practice"]])
        return Became(pk=pk, word="Parel", title=one["practice_title"], url=url)
    if one["action"]:
        url = page("actions:action-detail", one["action"])
        return Became(pk=pk, word="Actie", title=one["action_title"], url=url)
    if one["agreement"]:
        return Became(pk=pk, word="Afspraak", title=one["agreement"], url=page("coalitions:agreement-list"))
    stood = f"{one['condition']} {one['year']}: {Score(one['score']).label}"
    return Became(pk=pk, word="Randvoorwaarde", title=stood)
