"""A text is written, proposed by one person, confirmed by another, and stands from then on.

`create` and `new_version` start a draft; `covenants.block_edits` changes its words; `propose_freeze`
and `confirm_freeze` fix them; `complete_freeze` is called with the seal.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from coalitions.models import Coalition
from covenants import chain, endings, rendering, seals
from covenants.block_edits import NotEditable, edit_blocks, edit_meaning, locked
from covenants.blocks import BlockKind, MeaningLine, clean_blocks, clean_meaning, digest_of
from covenants.layout import lay_out
from covenants.models import (
    Covenant,
    CovenantKind,
    CovenantVersion,
    EventType,
    ResignRule,
    SealKind,
    VersionState,
)
from covenants.models.versions import TERMS
from partners.models import Person
from portal.acts import Refused, act

__all__ = [
    "complete_freeze",
    "confirm_freeze",
    "create",
    "digest_of_version",
    "edit_blocks",
    "edit_meaning",
    "edit_terms",
    "new_version",
    "propose_freeze",
    "shortcomings",
    "withdraw_freeze",
]

# Words that stand for pages in the address of a coalition's covenant, so no document is called so.
RESERVED_SLUGS = frozenset(
    {"nieuw", "register", "tekenen", "ondertekenen", "ceremonie", "beheer", "toetreden", "dossier", "export"}
)


class DraftExists(Refused):
    def __init__(self, version: CovenantVersion) -> None:
        super().__init__(
            f"Er is al een concept: versie {version.number}. Stel dat eerst vast, of schrijf daarin verder."
        )


class NothingToFollow(Refused):
    def __init__(self) -> None:
        super().__init__("Dit document heeft nog geen tekst om een nieuwe versie van te maken.")


class NotReady(Refused):
    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__("De tekst is nog niet klaar om vast te stellen. " + " ".join(missing))


class NotProposed(Refused):
    def __init__(self) -> None:
        super().__init__("Niemand stelt nu voor om deze tekst vast te stellen.")


class AlreadyConfirmed(Refused):
    def __init__(self, version: CovenantVersion) -> None:
        at = timezone.localtime(version.second_at)
        super().__init__(f"{version.second_by} heeft deze tekst om {at:%H.%M} uur al bevestigd.")


class SamePerson(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Je hebt dit zelf voorgesteld. Een andere coördinator, iemand van het kernteam of de "
            "opdrachtgever bevestigt het."
        )


class OtherText(Refused):
    def __init__(self) -> None:
        super().__init__(
            "De tekst is veranderd sinds je haar las. Lees haar opnieuw en bevestig daarna wat er nu staat."
        )


def create(
    *,
    coalition: Coalition,
    title: str,
    by: Person | None,
    kind: str = CovenantKind.COVENANT,
    blocks: Iterable[Mapping[str, Any]] = (),
    meaning: Mapping[str, str] | None = None,
    effective_on: datetime.date | None = None,
    slug: str = "",
    is_demo: bool = False,
    **terms: Any,
) -> CovenantVersion:
    """A new document of `coalition`; its first version, a draft that starts with its title."""
    with act(by=by):
        covenant = Covenant(
            coalition=coalition,
            kind=kind,
            title=title.strip(),
            slug=slug or _free_slug(coalition, title, kind),
            is_demo=is_demo,
        )
        covenant.full_clean()
        covenant.save(force_insert=True)
        first = list(blocks) or [{"kind": BlockKind.TITLE, "text": covenant.title}]
        version = CovenantVersion(
            covenant=covenant,
            number=1,
            blocks=clean_blocks(first),
            meaning=clean_meaning(meaning or {}),
            effective_on=effective_on,
            **terms,
        )
        version.full_clean()
        version.save(force_insert=True)
    return version


def edit_terms(*, version: CovenantVersion, by: Person | None, **terms: Any) -> CovenantVersion:
    """Other agreements about a draft, and another name for a document of which no text was confirmed."""
    with act(by=by):
        version = locked(version)
        covenant = Covenant.objects.select_for_update(no_key=True).get(pk=version.covenant_id)
        for row, names in ((covenant, terms.keys() - TERMS), (version, terms.keys() & TERMS)):
            for name in names:
                setattr(row, name, terms[name])
            row.full_clean()
            row.save(update_fields=list(names))
        version.covenant = covenant
    return version


def new_version(
    *,
    covenant: Covenant,
    by: Person | None,
    resign_rule: str = ResignRule.RESIGN_ALL,
    effective_on: datetime.date | None = None,
) -> CovenantVersion:
    """A draft with the words and terms of the newest version; its blocks keep their names, so that the two
    can be compared."""
    with act(by=by):
        covenant = Covenant.objects.select_for_update(no_key=True).get(pk=covenant.pk)
        if covenant.ended_on:
            raise endings.EndedAlready(covenant)
        newest = covenant.versions.order_by("-number").first()
        if newest is None:
            raise NothingToFollow
        if newest.is_draft:
            raise DraftExists(newest)
        version = CovenantVersion(
            covenant=covenant,
            number=newest.number + 1,
            blocks=newest.blocks,
            meaning=newest.meaning,
            resign_rule=resign_rule,
            effective_on=effective_on,
            **{name: getattr(newest, name) for name in TERMS},
        )
        version.full_clean()
        version.save(force_insert=True)
    return version


def shortcomings(version: CovenantVersion) -> list[str]:
    """What a text still lacks before it can be frozen, each as a sentence."""
    missing = []
    kinds = [block["kind"] for block in version.blocks]
    if kinds.count(BlockKind.TITLE) != 1 or kinds[0] != BlockKind.TITLE:
        missing.append("Zet precies één titel bovenaan.")
    if not {BlockKind.ARTICLE, BlockKind.PARAGRAPH} & set(kinds):
        missing.append("Schrijf minstens één artikel.")
    missing += [
        f"{section.name} heeft nog geen tekst."
        for section in lay_out(version.blocks).sections
        if section.kind in {BlockKind.ARTICLE, BlockKind.ANNEX} and not section.parts
    ]
    empty = [line.label for line in MeaningLine if not version.meaning.get(line.value)]
    if empty:
        missing.append(f"Vul bij ‘Wat betekent tekenen?’ nog in: {', '.join(empty)}.")
    if version.resign_rule == ResignRule.TACIT and version.effective_on is None:
        missing.append("Vul de ingangsdatum in: vanaf dan geldt de tekst voor iedereen.")
    return missing


def digest_of_version(version: CovenantVersion) -> str:
    """What the second person confirms: words, number and terms, as one hash."""
    return digest_of(
        {
            "number": version.number,
            "blocks": version.blocks,
            "meaning": version.meaning,
            "terms": rendering.terms_of(version),
        }
    )


def propose_freeze(*, version: CovenantVersion, by: Person) -> CovenantVersion:
    """`by` proposes that the text stands; until it is withdrawn nobody changes a word."""
    with act(by=by):
        version = locked(version)
        if not version.is_editable:
            raise NotEditable(version)
        missing = shortcomings(version)
        if missing:
            raise NotReady(missing)
        # A text of which no PDF can be made is refused now, and not after two people agreed.
        rendering.render_text(version)
        version.frozen_by, version.frozen_at = by, timezone.now()
        version.save(update_fields=["frozen_by", "frozen_at"])
    return version


def withdraw_freeze(*, version: CovenantVersion, by: Person) -> CovenantVersion:
    """The proposal is off, and the words may change again."""
    with act(by=by):
        version = locked(version)
        if version.is_being_sealed or not version.is_draft:
            raise AlreadyConfirmed(version)
        if not version.is_proposed:
            raise NotProposed
        version.frozen_by = version.frozen_at = None
        version.save(update_fields=["frozen_by", "frozen_at"])
    return version


def confirm_freeze(*, version: CovenantVersion, by: Person, digest: str) -> CovenantVersion:
    """A second person confirms the text that `digest` names; no word changes any more, and a worker
    seals it."""
    with act(by=by):
        version = locked(version)
        if version.second_by_id is not None:
            raise AlreadyConfirmed(version)
        if not version.is_proposed:
            raise NotProposed
        if version.frozen_by_id == by.pk:
            raise SamePerson
        if digest != digest_of_version(version):
            raise OtherText
        version.second_by, version.second_at = by, timezone.now()
        version.save(update_fields=["second_by", "second_at"])
        seals.order(kind=SealKind.TEXT, key=version.pk)
    return version


def complete_freeze(*, version: CovenantVersion, sha256: str) -> CovenantVersion:
    """The sealed bytes of the confirmed text are kept, and `sha256` is theirs."""
    with act(by=None):
        version = locked(version)
        if not version.is_being_sealed:
            raise NotProposed
        version.sha256, version.state = sha256, VersionState.FROZEN
        version.save(update_fields=["sha256", "state"])
        chain.append(version, EventType.FROZEN, version.facts())
        if version.resign_rule == ResignRule.EDITORIAL and version.effective_on is None:
            endings.supersede_before(version=version, by=None)
    return version


def _free_slug(coalition: Coalition, title: str, kind: str) -> str:
    stem = slugify(title)[:50].strip("-")
    if not stem or stem.isdecimal():
        # A bare number in the address is that of a version.
        stem = f"{CovenantKind(kind).label}-{stem}".strip("-")
    taken = set(coalition.covenants.values_list("slug", flat=True)) | RESERVED_SLUGS
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
