"""What figures gave is worked out once: those of a release never change while it is published.

First in this process, then in the cache that all processes share.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache as once
from pathlib import Path
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Subquery, Value

from monitoring.models import Publication, Withdrawal
from partners.models import AreaMember, BoundaryFile
from portal.kept_queries import KeptQuery

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "templates" / "monitoring"
DAY = 60 * 60 * 24
MOST_NEAR = 100

T = TypeVar("T")

_near: dict[str, Any] = {}


def stamp_parts() -> dict[str, Subquery]:
    """For a query of anything: what the figures on the screen are made of, as `stamp_of` reads it: the
    release that everybody reads, without what was withdrawn since."""
    withdrawn = (
        Withdrawal.objects.in_force()
        .order_by()
        .annotate(together=Value(1))
        .values("together")
        .annotate(count=Count("pk"), newest=Max("pk"))
    )
    return {
        "of_release": Subquery(Publication.objects.values("release")[:1]),
        "since": Subquery(Publication.objects.values("moved_at")[:1]),
        "withdrawn_count": Subquery(withdrawn.values("count")),
        "withdrawn_newest": Subquery(withdrawn.values("newest")),
    }


def stamp_of(facts: Mapping[str, Any]) -> tuple[object, ...]:
    """The same for the same figures; empty of meaning where nothing is published."""
    return tuple(facts[part] for part in ("of_release", "since", "withdrawn_count", "withdrawn_newest"))


def stamp() -> tuple[object, ...]:
    """What the figures on the screen are made of; empty where nothing is published. One query."""
    return next((stamp_of(found) for found in _published()), ())


@KeptQuery
def _published() -> QuerySet:
    return Publication.objects.values(**stamp_parts())[:1]


def release() -> int | None:
    """The number of the release that everybody reads. One query."""
    return Publication.objects.values_list("release", flat=True).first()


def stamp_with_places() -> tuple[object, ...]:
    """The same, with which places make up which regions, and with their borders: who joins a region stands
    in its tables at once, and new borders on its maps. One query."""
    rows = _published_with_places()
    return next(((*stamp_of(found), found["places"], found["borders"]) for found in rows), ())


@KeptQuery
def _published_with_places() -> QuerySet:
    changes: Any = AreaMember
    newest = changes.pgh_event_model.objects.order_by("-pgh_id").values("pgh_id")[:1]
    borders = BoundaryFile.objects.order_by("-pk").values("pk")[:1]
    return Publication.objects.values(**stamp_parts(), places=Subquery(newest), borders=Subquery(borders))[:1]


def keep(what: str, made_of: tuple[object, ...], make: Callable[[], T]) -> T:
    """What `make` gives, made once for everything that `made_of` names."""
    key = _key(what, made_of)
    if key in _near:
        found = _near.pop(key)
    else:
        found = cache.get(key)
        if found is None:
            found = make()
            cache.set(key, found, DAY)
    # The newest stand last; what was not asked for longest is let go of.
    _near[key] = found
    for old in list(_near)[:-MOST_NEAR]:
        _near.pop(old, None)
    return cast(T, found)


def forget_near() -> None:
    """As in a process that just started."""
    _near.clear()


def _key(what: str, made_of: tuple[object, ...]) -> str:
    words = repr((made_of, edition()))
    return f"figures:{what}:{hashlib.sha256(words.encode()).hexdigest()}"


@once
def edition() -> str:
    """The words and rules of this version of the portal: another one may say things differently."""
    found = hashlib.sha256()
    for folder, pattern in ((HERE, "*.py"), (HERE, "*.toml"), (TEMPLATES, "*.html")):
        for path in sorted(folder.rglob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()
