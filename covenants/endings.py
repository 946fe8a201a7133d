"""A text is replaced by a newer one, or the whole document ends; what was signed stays as it is."""

import datetime

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from coalitions.models import Role
from covenants import chain
from covenants.models import Covenant, CovenantVersion, EventType, ResignRule, VersionState
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


def end(*, covenant: Covenant, ended_on: datetime.date, reason: str, by: Person) -> Covenant:
    """The parties stop with the whole document; from `ended_on` the register is empty, and everybody is
    told."""
    with act(by=by):
        covenant = Covenant.objects.select_for_update(no_key=True).get(pk=covenant.pk)
        if covenant.ended_on:
            raise EndedAlready(covenant)
        if ended_on < timezone.localdate():
            raise EndsInThePast
        for draft in covenant.versions.drafts().filter(second_by__isnull=False):
            raise DraftWaits(draft)
        in_use = list(covenant.versions.filter(state__in=IN_USE).order_by("number"))
        if not in_use:
            raise NothingToEnd
        parties = {holder.pk for entry in register(covenant) for holder in entry.holders}
        covenant.ended_on, covenant.ended_by, covenant.ended_reason = ended_on, by, reason.strip()
        covenant.full_clean()
        covenant.save(update_fields=["ended_on", "ended_by", "ended_reason"])
        facts: dict[str, object] = {
            "ended_on": ended_on.isoformat(),
            "reason": covenant.ended_reason,
            "ended_by": by.name,
        }
        for version in in_use:
            _leave(version, VersionState.ENDED, facts, by=by)
        _tell(covenant, parties)
    return covenant


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
