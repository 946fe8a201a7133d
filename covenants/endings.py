"""A text is replaced by a newer one, or the whole document ends; what was signed stays as it is.

A document ends by two people: `propose_end`, and another who does `confirm_end`.
"""

import datetime

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from coalitions.models import Role
from covenants import chain
from covenants.models import Covenant, CovenantVersion, EndProposal, EventType, ResignRule, VersionState
from covenants.models.parties import in_utc
from covenants.register import register
from partners.models import Person, Representative
from portal import outbox
from portal.acts import Refused, act

IN_USE = (VersionState.FROZEN, VersionState.OPEN, VersionState.CLOSED)


class DraftWaits(Refused):
    def __init__(self, version: CovenantVersion) -> None:
        super().__init__(
            f"Versie {version.number} wordt nu vastgesteld. Wacht tot zij is verzegeld, of trek het "
            "voorstel in."
        )


class EndedAlready(Refused):
    def __init__(self, covenant: Covenant) -> None:
        super().__init__(f"Dit document is al beëindigd per {covenant.ended_on:%d-%m-%Y}.")


class NothingToEnd(Refused):
    def __init__(self) -> None:
        super().__init__("Van dit document is nog geen tekst vastgesteld. Er is niets om te beëindigen.")


class ProposedAlready(Refused):
    def __init__(self, proposal: EndProposal) -> None:
        super().__init__(
            f"{proposal.proposed_by} stelde al voor om dit document te beëindigen per "
            f"{proposal.ended_on:%d-%m-%Y}. Bevestig dat voorstel of trek het in."
        )


class SamePerson(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Je hebt dit zelf voorgesteld. Een andere coördinator, iemand van het kernteam of de "
            "opdrachtgever bevestigt het."
        )


class Settled(Refused):
    def __init__(self) -> None:
        super().__init__("Dit voorstel is al bevestigd of ingetrokken. Er is niets veranderd.")


class EndsInThePast(Refused):
    def __init__(self) -> None:
        super().__init__("Deze dag is al voorbij. Kies vandaag of een latere dag.")


def supersede_before(*, version: CovenantVersion, by: Person | None) -> list[CovenantVersion]:
    """Nobody signs the texts before `version` any more; whom they bind, they bind until the rule of the
    newer text says otherwise."""
    with act(by=by):
        older = CovenantVersion.objects.filter(
            covenant=version.covenant_id, number__lt=version.number, state__in=IN_USE
        ).order_by("number")
        return [_leave(one, VersionState.SUPERSEDED, _replaced_by(version), by=by) for one in older]


def supersede_due() -> int:
    """Replace what a text without signatures has overtaken by now; how many texts that were."""
    today = timezone.localdate()
    newer = CovenantVersion.objects.filter(
        Q(effective_on__isnull=True) | Q(effective_on__lte=today),
        state__in=IN_USE,
        resign_rule__in=(ResignRule.TACIT, ResignRule.EDITORIAL),
        number__gt=1,
    ).order_by("number")
    return sum(len(supersede_before(version=version, by=None)) for version in newer)


def propose_end(*, covenant: Covenant, ended_on: datetime.date, reason: str, by: Person) -> EndProposal:
    """`by` says that the parties stop with the whole document; nothing ends before another confirms."""
    with act(by=by):
        covenant = _locked(covenant.pk)
        _refuse_end(covenant, ended_on)
        for waiting in covenant.end_proposals.waiting().select_related("proposed_by"):
            raise ProposedAlready(waiting)
        proposal = EndProposal(covenant=covenant, ended_on=ended_on, reason=reason.strip(), proposed_by=by)
        proposal.full_clean(exclude=["proposed_at"])
        proposal.save(force_insert=True)
    return proposal


def withdraw_end(*, proposal: EndProposal, by: Person) -> EndProposal:
    """The proposal is off; the document goes on."""
    with act(by=by):
        proposal = _waiting(proposal)
        proposal.withdrawn_by, proposal.withdrawn_at = by, timezone.now()
        proposal.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return proposal


def confirm_end(*, proposal: EndProposal, by: Person) -> Covenant:
    """A second person confirms what she read: from that day the register is empty, and everybody is told."""
    with act(by=by):
        proposal = _waiting(proposal)
        covenant = proposal.covenant
        if by.pk == proposal.proposed_by_id:
            raise SamePerson
        in_use = _refuse_end(covenant, proposal.ended_on)
        parties = {holder.pk for entry in register(covenant) for holder in entry.holders}
        proposal.confirmed_by, proposal.confirmed_at = by, timezone.now()
        proposal.save(update_fields=["confirmed_by", "confirmed_at"])
        covenant.ended_on, covenant.ended_by, covenant.ended_reason = proposal.ended_on, by, proposal.reason
        covenant.full_clean()
        covenant.save(update_fields=["ended_on", "ended_by", "ended_reason"])
        facts: dict[str, object] = {
            "ended_on": proposal.ended_on.isoformat(),
            "reason": proposal.reason,
            "proposed_by": proposal.proposed_by.name,
            "ended_by": by.name,
        }
        for version in in_use:
            _leave(version, VersionState.ENDED, facts, by=by)
        _tell(covenant, parties)
    return covenant


def _locked(pk: int) -> Covenant:
    return Covenant.objects.select_for_update(no_key=True).get(pk=pk)


def _waiting(proposal: EndProposal) -> EndProposal:
    """The proposal behind the lock of its document, so that one answer is the first."""
    covenant = _locked(proposal.covenant_id)
    proposal = EndProposal.objects.select_related("proposed_by").get(pk=proposal.pk)
    if not proposal.is_waiting:
        raise Settled
    proposal.covenant = covenant
    return proposal


def _refuse_end(covenant: Covenant, ended_on: datetime.date) -> list[CovenantVersion]:
    """Why the document cannot end on that day; else its texts that are in use."""
    if covenant.ended_on:
        raise EndedAlready(covenant)
    if ended_on < timezone.localdate():
        raise EndsInThePast
    for draft in covenant.versions.drafts().filter(second_by__isnull=False):
        raise DraftWaits(draft)
    in_use = list(covenant.versions.filter(state__in=IN_USE).order_by("number"))
    if not in_use:
        raise NothingToEnd
    return in_use


def _leave(
    version: CovenantVersion, state: VersionState, facts: dict[str, object], *, by: Person | None
) -> CovenantVersion:
    """Close its round, where one is open, and say in its chain what became of the text."""
    version = chain.lock(version)
    for round in version.rounds.filter(closed_at__isnull=True):
        version.rounds.filter(pk=round.pk).update(closed_at=Now(), closed_by=by)
        round.refresh_from_db()
        closed_at = in_utc(round.closed_at or timezone.now())
        chain.append(version, EventType.ROUND_CLOSED, {"round": round.number, "closed_at": closed_at})
    version.state = state
    version.save(update_fields=["state"])
    type = EventType.SUPERSEDED if state == VersionState.SUPERSEDED else EventType.ENDED
    chain.append(version, type, facts)
    return version


def _replaced_by(version: CovenantVersion) -> dict[str, object]:
    return {"by_number": version.number, "by_sha256": version.sha256}


def _tell(covenant: Covenant, parties: set[int]) -> None:
    primary = Representative.objects.current().filter(organisation__in=parties, is_primary=True)
    roles = covenant.coalition.roles.current().filter(role=Role.COORDINATOR)
    people = Person.objects.filter(pk__in=primary.values("person")) | Person.objects.filter(
        pk__in=roles.values("person")
    )
    for person in people.distinct().exclude(email=None):
        outbox.post(
            purpose="covenant_ended",
            reference=f"covenant-ended:{covenant.pk}",
            recipient=person.email or "",
            context={"covenant": covenant, "person": person},
        )
