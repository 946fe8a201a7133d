"""What tables can come in: every kind says what it reads, and how it is checked, saved and taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.urls import reverse

from coalitions.models import Coalition, MemberImport
from partners.models import Person
from portal import hooks
from portal.import_cells import ImportField


class Saving(Protocol):
    """Carries out what the temporary table `resolved` says."""

    def __call__(self, cursor: Any, plan: MemberImport, *, by: Person) -> None: ...


class TakingBack(Protocol):
    """Undoes a saved plan: `taken_back` rows, and `stayed` for what somebody used or changed since."""

    def __call__(self, cursor: Any, plan: MemberImport, *, by: Person) -> dict[str, int]: ...


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """One kind of table. Check and save both make the temporary table `resolved`, so that saving can
    tell whether anything changed since the check."""

    key: str
    fields: Callable[[], tuple[ImportField, ...]]
    required: tuple[str, ...]
    # The fields that together name a row to people.
    title: tuple[str, ...]
    # What `changes` can hold, in words.
    words: Mapping[str, str]
    # Columns of `resolved` that are kept with the row.
    targets: tuple[str, ...]
    # The column of `resolved` whose history tells who changed something, and the table of that history.
    subject: str
    history: str
    # Statements that hold what the check named, with the parameter `plan`.
    lock: tuple[str, ...]
    resolve: Callable[[Any, MemberImport], None]
    save: Saving
    take_back: TakingBack
    # The list that it fills, and the page where a table is chosen; its address ends in what the table is
    # about, where it is about one thing.
    list_label: str
    list_page: str
    start_page: str
    # That one thing, in words.
    about: Callable[[Coalition, int], str] | None = None

    @property
    def heading(self) -> str:
        """What stands above the names of the rows."""
        return next(field.label for field in self.fields() if field.key == self.title[0])

    def start_url(self, plan: MemberImport) -> str:
        """Where tables like this one are chosen."""
        place = [] if plan.about is None else [plan.about]
        return reverse(self.start_page, args=[plan.coalition.slug, *place])


@cache
def _kinds() -> Mapping[str, ImportKind]:
    return {kind.key: kind for part in hooks.parts("import_kinds") for kind in part.KINDS}


def kind_of(key: str) -> ImportKind:
    """The kind of a plan."""
    return _kinds()[key]
