"""About what somebody wants news by mail, for each of her coalitions: everything, until she says less."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition, MutedNews
from partners.models import Person
from portal.acts import act
from portal.hooks import News, NewsKind


@dataclass(frozen=True)
class Topics:
    """Which kinds of news somebody wants from one coalition."""

    coalition: Coalition
    wanted: list[str]


def topics_of(person: Any) -> list[Topics]:
    """One entry for each coalition of which news can come, by name; two queries."""
    muted = _muted(person)
    coalitions = Coalition.objects.filter(
        pk__in=coalition_ids_with(person, Permission.MEMBERS_READ)
    ).order_by("sort_key")
    return [
        Topics(one, [kind.value for kind in NewsKind if (one.pk, kind.value) not in muted])
        for one in coalitions
    ]


def choose(*, person: Person, wanted: dict[int, Collection[str]], by: Person) -> None:
    """From now on news of these kinds only, by the id of each coalition; of others nothing changes."""
    with act(by=by):
        # Of two choices at once the last one holds, whole.
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        MutedNews.objects.filter(person=person, coalition__in=wanted).delete()
        MutedNews.objects.bulk_create(
            MutedNews(person=person, coalition_id=coalition, kind=kind)
            for coalition, kinds in wanted.items()
            for kind in NewsKind.values
            if kind not in kinds
        )


def wanted_by(person: Person, news: Iterable[News]) -> list[News]:
    """What is left of `news` by her choice; one query."""
    muted = _muted(person)
    return [one for one in news if (one.coalition_id, one.kind.value) not in muted]


def wants(person: Person, coalition: Coalition, kind: NewsKind) -> bool:
    """Whether she wants this kind of news from this coalition."""
    return Person.objects.filter(wanting(coalition, kind), pk=person.pk).exists()


def wanting(coalition: Coalition, kind: NewsKind) -> Q:
    """Narrows people to those who want this kind of news from this coalition."""
    return ~Q(Exists(MutedNews.objects.filter(person=OuterRef("pk"), coalition=coalition, kind=kind)))


def _muted(person: Any) -> set[tuple[int, str]]:
    return set(MutedNews.objects.filter(person=person).values_list("coalition", "kind"))
