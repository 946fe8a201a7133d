"""The register: who is a party of a covenant on a day, since when, and which text binds it.

Everything follows from signatures and withdrawals; nothing of it is stored.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet
from django.utils import timezone

from coalitions.models import Coalition
from covenants.models import (
    Covenant,
    CovenantVersion,
    PartySignature,
    ResignRule,
    SignatureAct,
    SignatureKind,
    VersionState,
    Withdrawal,
)
from partners.models import Organisation


@dataclass(frozen=True)
class Signer:
    """Who signed for a party, as it stood on the page that day."""

    name: str
    function: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One party on one day."""

    organisation: Organisation
    # The one that it went on in, where it has merged since.
    successor: Organisation | None
    stint: int
    since: datetime.date
    kind: str
    # The newest text that it signed, and the one that binds it.
    signature: PartySignature
    bound_by: CovenantVersion
    leaves_on: datetime.date | None
    signers: tuple[Signer, ...]

    @property
    def name(self) -> str:
        """Its name on the day that it signed."""
        return self.signature.legal_name

    @property
    def holders(self) -> tuple[Organisation, ...]:
        """Whom the agreement binds: the party, and the organisation that it went on in."""
        return (self.organisation, self.successor) if self.successor else (self.organisation,)

    @property
    def members(self) -> list[str]:
        """For whom it signed, where it is no legal person itself."""
        return self.signature.named_members.splitlines()

    @property
    def is_outside(self) -> bool:
        """Whether it signed outside the portal, on paper or with a tool of its own."""
        return self.signature.is_outside


def register(covenant: Covenant, on: datetime.date | None = None) -> list[Entry]:
    """The parties of `covenant` on a day, today unless told, by name; five queries, however many."""
    on = on or timezone.localdate()
    if covenant.ended_on and covenant.ended_on <= on:
        return []
    spells: dict[tuple[int, int], list[PartySignature]] = defaultdict(list)
    signatures = (
        PartySignature.objects.filter(version__covenant=covenant, signed_on__lte=on)
        .select_related("version", "organisation__type", "organisation__merged_into")
        .order_by("version__number", "pk")
    )
    for signature in signatures:
        spells[signature.organisation_id, signature.stint].append(signature)
    left = _withdrawals(covenant, on)
    versions = _fixed_versions(covenant)
    signers = _signers(covenant)
    entries = []
    for (organisation_id, stint), spell in spells.items():
        leaves_on = left.get((organisation_id, stint))
        if leaves_on and leaves_on <= on:
            continue
        first = min(spell, key=lambda signature: (signature.signed_on, signature.pk))
        entries.append(
            Entry(
                organisation=first.organisation,
                successor=first.organisation.merged_into,
                stint=stint,
                since=first.signed_on,
                kind=SignatureKind(first.kind),
                signature=spell[-1],
                bound_by=bound_by(spell[-1].version, versions, on=on),
                leaves_on=leaves_on,
                signers=tuple(signers.get(spell[-1].pk, ())),
            )
        )
    return sorted(entries, key=lambda entry: (entry.name.casefold(), entry.organisation.pk))


def bound_by(
    signed: CovenantVersion, versions: Iterable[CovenantVersion], *, on: datetime.date
) -> CovenantVersion:
    """The text that binds who signed `signed`: a newer one without a signature only where its rule
    says so, and never past a version that asks everybody to sign again."""
    binding = signed
    for version in sorted(versions, key=lambda version: version.number):
        if version.number <= binding.number:
            continue
        if version.resign_rule == ResignRule.RESIGN_ALL:
            break
        starts = version.effective_on or timezone.localdate(version.second_at)
        if starts <= on:
            binding = version
    return binding


def same_or_merged(outer: str) -> QuerySet:
    """The organisation of the row around the signatures, and whoever went on in it; for a filter on the
    organisation of a signature inside a subquery."""
    around = OuterRef(OuterRef(outer))
    return Organisation.objects.filter(Q(pk=around) | Q(merged_into=around))


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
    own = [entry for entry in register(covenant, on) if organisation in entry.holders]
    return min(own, key=lambda entry: entry.organisation != organisation, default=None)


def signed_membership_ids(coalition: Coalition, at: datetime.date | None = None) -> set[int]:
    """The memberships of organisations that are party of a covenant of `coalition` on a day, those
    that took over a party among them."""
    parties: set[int] = set()
    for covenant in coalition.covenants.all():
        for entry in register(covenant, at):
            parties |= {holder.pk for holder in entry.holders}
    return set(coalition.memberships.members().filter(organisation__in=parties).values_list("pk", flat=True))


def _withdrawals(covenant: Covenant, on: datetime.date) -> dict[tuple[int, int], datetime.date]:
    rows = (
        Withdrawal.objects.standing()
        .filter(party__covenant=covenant, given_on__lte=on)
        .values_list("party__organisation", "stint", "ends_on")
    )
    return {(organisation, stint): ends_on for organisation, stint, ends_on in rows}


def _fixed_versions(covenant: Covenant) -> list[CovenantVersion]:
    return list(
        covenant.versions.exclude(state=VersionState.DRAFT).only(
            "number", "resign_rule", "effective_on", "second_at", "state", "covenant", "notice_months"
        )
    )


def _signers(covenant: Covenant) -> dict[int, list[Signer]]:
    """Who signed, by the number of the signature of the party."""
    acts = SignatureAct.objects.filter(version__covenant=covenant).order_by("pk")
    by_spell: dict[tuple[int, int, int, int], list[Signer]] = defaultdict(list)
    for act in acts.only("version", "organisation", "stint", "round", "person_name", "function"):
        key = (act.version_id, act.organisation_id, act.stint, act.round_id)
        by_spell[key].append(Signer(act.person_name, act.function))
    rows = PartySignature.objects.filter(version__covenant=covenant, round__isnull=False).values_list(
        "pk", "version", "organisation", "stint", "round"
    )
    return {
        pk: by_spell[version, organisation, stint, round] for pk, version, organisation, stint, round in rows
    }
