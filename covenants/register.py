"""The register: who is a party of a covenant on a day, since when, and which text binds it.

Everything follows from signatures and withdrawals; nothing of it is stored.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from coalitions.models import Coalition
from covenants import successors
from covenants.models import (
    Covenant,
    CovenantVersion,
    ResignRule,
    Withdrawal,
)
from partners.models import Organisation

# Each signature of some documents by a day, with all that the register tells of it; the oldest text first.
_SIGNATURES_SQL = """
SELECT s.id, v.covenant_id, s.version_id, s.stint, s.kind, s.signed_on, s.legal_name, s.kvk, s.named_members,
    s.is_outside, o.id, o.name, t.name, o.merged_into_id, heir.name,
    o.id IN (
        SELECT target_id FROM partners_organisationlink
        WHERE kind = 'successor_of' AND valid_from <= %(on)s AND (valid_to IS NULL OR %(on)s < valid_to)
    ),
    (
        SELECT COALESCE(n.effective_on, w.effective_on)
        FROM covenants_withdrawal w LEFT JOIN covenants_shorternotice n ON n.withdrawal_id = w.id
        WHERE w.party_id = s.party_id AND w.stint = s.stint
          AND w.retracted_at IS NULL AND w.given_on <= %(on)s
        ORDER BY w.id DESC LIMIT 1
    ),
    ARRAY(
        SELECT ARRAY[a.person_name, a.function] FROM covenants_signatureact a
        WHERE a.version_id = s.version_id AND a.organisation_id = s.organisation_id
          AND a.stint = s.stint AND a.round_id = s.round_id
        ORDER BY a.id
    )
FROM covenants_partysignature s
JOIN covenants_covenantversion v ON v.id = s.version_id
JOIN partners_organisation o ON o.id = s.organisation_id
JOIN partners_organisationtype t ON t.id = o.type_id
LEFT JOIN partners_organisation heir ON heir.id = o.merged_into_id
WHERE v.covenant_id = ANY(%(covenants)s) AND s.signed_on <= %(on)s
ORDER BY v.number, s.id
"""


class _Signature(NamedTuple):
    """A row of it."""

    pk: int
    covenant_id: int
    version_id: int
    stint: int
    kind: str
    signed_on: datetime.date
    legal_name: str
    kvk: str
    named_members: str
    is_outside: bool
    organisation_id: int
    organisation_name: str
    type: str
    # In whom the organisation went on: the row with which it was merged, or by a link.
    merged_into_id: int | None
    merged_into_name: str | None
    is_followed: bool
    # The day on which the party leaves, where it gave notice by then.
    leaves_on: datetime.date | None
    # Who signed for it in that round: name and function.
    signers: list[list[str]]


class Signer(NamedTuple):
    """Who signed for a party, as it stood on the page that day."""

    name: str
    function: str


class Holder(NamedTuple):
    """An organisation that the agreement binds, by the name that it has now."""

    pk: int
    name: str


class Entry(NamedTuple):
    """One party on one day, in plain values and quick to make: a register holds hundreds of them."""

    organisation: Holder
    # Those that it went on in, where it has merged since, or was followed by another: at a herindeling that
    # may be more than one.
    successors: tuple[Holder, ...]
    type: str
    # Of the newest signature in this spell: which, under what text, and what stood on it.
    signature_id: int
    signed: CovenantVersion
    signed_on: datetime.date
    name: str
    kvk: str
    members: tuple[str, ...]
    is_outside: bool
    signers: tuple[Signer, ...]
    # Of the spell: which, since when, and how it began.
    stint: int
    since: datetime.date
    kind: str
    leaves_on: datetime.date | None
    # The text that binds it.
    bound_by: CovenantVersion

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Whom the agreement binds: the party, and the organisations that it went on in."""
        return (self.organisation, *self.successors)

    def binds(self, organisation: Organisation | None) -> bool:
        """Whether `organisation` is the party, or went on with what it agreed."""
        return organisation is not None and any(holder.pk == organisation.pk for holder in self.holders)


def register(covenant: Covenant, on: datetime.date | None = None) -> list[Entry]:
    """The parties of `covenant` on a day, today unless told, by name; at most two queries, and one for each
    further step where some went on in others."""
    return registers([covenant], on)[covenant.pk]


def registers(covenants: Collection[Covenant], on: datetime.date | None = None) -> dict[int, list[Entry]]:
    """As `register` for several documents, by their number; also two queries at most."""
    on = on or timezone.localdate()
    known = {one.pk: one for one in covenants}
    found: dict[int, list[Entry]] = {pk: [] for pk in known}
    standing = [pk for pk, one in known.items() if not one.ended_on or one.ended_on > on]
    if not standing:
        return found
    versions = {version.pk: version for version in _fixed_versions([known[pk] for pk in standing])}
    for version in versions.values():
        version.covenant = known[version.covenant_id]
    binding = {pk: bound_by(version, versions.values(), on=on) for pk, version in versions.items()}
    spells = _spells(standing, on)
    heirs = successors.heirs_of((spell[-1] for spell in spells), on)
    for spell in spells:
        newest = spell[-1]
        if newest.leaves_on and newest.leaves_on <= on:
            continue
        found[newest.covenant_id].append(
            _entry(
                spell,
                signed=versions[newest.version_id],
                bound_by=binding[newest.version_id],
                heirs=heirs.get(newest.organisation_id, ()),
            )
        )
    for entries in found.values():
        entries.sort(key=lambda entry: (entry.name.casefold(), entry.organisation.pk))
    return found


def bound_to(number: int, entries: Iterable[Entry]) -> set[int]:
    """Organisations in a register that need not sign the version with this number (any more): it binds
    them, or a newer one does."""
    return {holder.pk for entry in entries if entry.bound_by.number >= number for holder in entry.holders}


def _entry(
    spell: list[_Signature],
    *,
    signed: CovenantVersion,
    bound_by: CovenantVersion,
    heirs: Iterable[tuple[int, str]],
) -> Entry:
    newest, first = spell[-1], min(spell, key=lambda row: (row.signed_on, row.pk))
    return Entry(
        organisation=Holder(newest.organisation_id, newest.organisation_name),
        successors=tuple(Holder(*heir) for heir in heirs),
        type=newest.type,
        signature_id=newest.pk,
        signed=signed,
        signed_on=newest.signed_on,
        name=newest.legal_name,
        kvk=newest.kvk,
        members=tuple(newest.named_members.splitlines()),
        is_outside=newest.is_outside,
        signers=tuple(Signer(*signer) for signer in newest.signers),
        stint=newest.stint,
        since=first.signed_on,
        kind=first.kind,
        leaves_on=newest.leaves_on,
        bound_by=bound_by,
    )


def _spells(covenants: list[int], on: datetime.date) -> Collection[list[_Signature]]:
    """The signatures of each spell of each organisation, the oldest text first."""
    spells: dict[tuple[int, int, int], list[_Signature]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SIGNATURES_SQL, {"covenants": covenants, "on": on})
        for one in map(_Signature._make, cursor.fetchall()):
            spells[one.covenant_id, one.organisation_id, one.stint].append(one)
    return spells.values()


def bound_by(
    signed: CovenantVersion, versions: Iterable[CovenantVersion], *, on: datetime.date
) -> CovenantVersion:
    """The text that binds who signed `signed`: a newer one without a signature only where its rule
    says so, and never past a version that asks everybody to sign again."""
    binding = signed
    for version in sorted(versions, key=lambda version: version.number):
        if version.covenant_id != signed.covenant_id or version.number <= binding.number:
            continue
        if version.resign_rule == ResignRule.RESIGN_ALL:
            break
        starts = version.effective_on or timezone.localdate(version.second_at)
        if starts <= on:
            binding = version
    return binding


def current_stint(covenant: Covenant, organisation: Organisation, on: datetime.date | None = None) -> int:
    """The spell that a signature of today belongs to: a new one after the last has ended."""
    on = on or timezone.localdate()
    ended = Withdrawal.objects.standing().filter(
        party__covenant=covenant,
        party__organisation=organisation,
        ends_on__lte=on,
    )
    return ended.count() + 1


def current_stints(covenant: Covenant, on: datetime.date | None = None) -> dict[int, int]:
    """As `current_stint` for every organisation that ever left; one query."""
    ended = (
        Withdrawal.objects.standing()
        .filter(party__covenant=covenant, ends_on__lte=on or timezone.localdate())
        .order_by()
        .values_list("party__organisation")
        .annotate(count=Count("pk"))
    )
    return {organisation: count + 1 for organisation, count in ended}


def entry_of(covenant: Covenant, organisation: Organisation, on: datetime.date | None = None) -> Entry | None:
    """What the register says of one organisation, or of the one that went on in it; None where it is no
    party."""
    own = [entry for entry in register(covenant, on) if entry.binds(organisation)]
    return min(own, key=lambda entry: entry.organisation.pk != organisation.pk, default=None)


def held_by(covenant: Covenant, organisation: Organisation) -> set[int]:
    """The parties for which `organisation` speaks: itself, and those that went on in it."""
    return {entry.organisation.pk for entry in register(covenant) if entry.binds(organisation)}


def signed_membership_ids(coalition: Coalition, at: datetime.date | None = None) -> set[int]:
    """The memberships of organisations that are party of a covenant of `coalition` on a day, those
    that took over a party among them."""
    found = registers(list(coalition.covenants.all()), at)
    parties = {holder.pk for entries in found.values() for entry in entries for holder in entry.holders}
    return set(coalition.memberships.members().filter(organisation__in=parties).values_list("pk", flat=True))


def _fixed_versions(covenants: Collection[Covenant]) -> Iterable[CovenantVersion]:
    """The texts that stand; not asked for again where they were read with their documents."""
    if all(hasattr(one, "all_versions") for one in covenants):
        return [version for one in covenants for version in one.all_versions if not version.is_draft]
    return (
        CovenantVersion.objects.fixed()
        .filter(covenant__in=covenants)
        .only("number", "resign_rule", "effective_on", "second_at", "state", "covenant", "notice_months")
    )
