"""Which documents and texts of a coalition somebody may read, and which one an address means."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from coalitions.access import Permission, can, readable_by
from coalitions.models import Coalition
from covenants.models import Covenant, CovenantVersion, VersionState

IN_USE = frozenset({VersionState.FROZEN, VersionState.OPEN, VersionState.CLOSED})


def coalition_for(person: Any, slug: str) -> Coalition:
    """The coalition whose fixed texts `person` may read: a public one, or her own; 404 otherwise."""
    coalition = get_object_or_404(readable_by(person).select_related("area"), slug=slug)
    if not (coalition.is_public or reads_drafts(person, coalition)):
        raise Http404
    return coalition


def reads_drafts(person: Any, coalition: Coalition) -> bool:
    """Whether `person` may read what is still being written."""
    return can(person, Permission.COVENANT_READ, coalition)


def documents_for(person: Any, coalition: Coalition) -> list[Covenant]:
    """The documents of `coalition` with the versions that `person` may read: first what holds, then
    what is written, then what ended, each the newest first. Two queries."""
    documents = list(coalition.covenants.with_versions().order_by("-pk"))
    for document in documents:
        document.coalition = coalition
        if not reads_drafts(person, coalition):
            document.all_versions = [one for one in document.all_versions if not one.is_draft]
        for version in document.all_versions:
            version.covenant = document
    return sorted((document for document in documents if document.all_versions), key=_standing)


def document_of(coalition: Coalition, slug: str) -> Covenant:
    """The document with this address in `coalition`; 404 otherwise."""
    return get_object_or_404(coalition.covenants, slug=slug)


def draft_of(coalition: Coalition, slug: str) -> CovenantVersion:
    """The draft of a document; 404 where nothing is being written."""
    drafts = CovenantVersion.objects.drafts().select_related("covenant", "frozen_by", "second_by")
    return _one(drafts, coalition, slug)


def draft_or_last(coalition: Coalition, slug: str) -> CovenantVersion:
    """The draft of a document, or else its newest text; 404 where it has none."""
    versions = CovenantVersion.objects.select_related("covenant", "frozen_by", "second_by")
    newest = versions.filter(covenant__coalition=coalition, covenant__slug=slug).order_by("-number").first()
    if newest is None:
        raise Http404
    newest.covenant.coalition = coalition
    return newest


def fixed_version(coalition: Coalition, slug: str, number: int) -> CovenantVersion:
    """One text of a document that stands; 404 otherwise."""
    return _one(CovenantVersion.objects.fixed().select_related("covenant"), coalition, slug, number=number)


def version_for(person: Any, coalition: Coalition, slug: str, number: int) -> CovenantVersion:
    """One version that `person` may read; 404 otherwise."""
    versions = CovenantVersion.objects.select_related("covenant", "frozen_by", "second_by")
    version = _one(versions, coalition, slug, number=number)
    if version.is_draft and not reads_drafts(person, coalition):
        raise Http404
    return version


def _one(versions: QuerySet, coalition: Coalition, slug: str, **which: int) -> CovenantVersion:
    """The one of `versions` in this document, with the coalition that is known already."""
    version = get_object_or_404(versions, covenant__coalition=coalition, covenant__slug=slug, **which)
    version.covenant.coalition = coalition
    return version


def _standing(document: Covenant) -> int:
    states = {version.state for version in document.all_versions}
    if states & IN_USE:
        return 0
    return 1 if VersionState.DRAFT in states else 2


def shown_version(document: Covenant) -> CovenantVersion:
    """The text to show first, with its words: the newest that stands, else what is being written."""
    fixed = [version for version in document.all_versions if not version.is_draft]
    in_use = [version for version in fixed if version.state in IN_USE]
    shown = (in_use or fixed or document.all_versions)[0]
    shown.refresh_from_db(fields=["blocks", "meaning"])
    return shown
