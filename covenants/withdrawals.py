"""A party leaves: announced by somebody with a mandate, in force after the notice, never undone.

The signature stays where it is; leaving is a fact of its own, and coming back is one more signature.
"""

import datetime
import uuid

from django.utils import timezone

from coalitions.models import Role
from covenants import authority, chain, challenges
from covenants.models import (
    ChallengePurpose,
    CovenantVersion,
    EventType,
    Party,
    ShorterNotice,
    Withdrawal,
)
from covenants.models.parties import in_utc
from covenants.register import Entry, entry_of, held_by, register
from partners.models import Mandate, Organisation, Person, Representative
from portal import outbox
from portal.acts import Refused, act


class NoParty(authority.SigningRefused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} is geen partij van dit convenant.")


class AlreadyLeaving(authority.SigningRefused):
    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.name} heeft al opgezegd en is partij tot {entry.leaves_on:%d-%m-%Y}.")


class InThePast(Refused):
    def __init__(self) -> None:
        super().__init__("Deze dag is al voorbij. Kies vandaag of een latere dag.")


class ShorterAlready(Refused):
    def __init__(self) -> None:
        super().__init__("Voor deze opzegging is al een kortere termijn vastgelegd.")


class TooLate(authority.SigningRefused):
    def __init__(self) -> None:
        super().__init__("Deze opzegging is al ingegaan of al teruggenomen. U kunt wel opnieuw tekenen.")


def effective_on(covenant_months: int, given_on: datetime.date) -> datetime.date:
    """The first day on which a party that gives notice is a party no longer.

    A day that the last month lacks becomes the first of the next: the notice is never shorter.
    """
    months = given_on.month - 1 + covenant_months
    year, month = given_on.year + months // 12, months % 12 + 1
    try:
        return given_on.replace(year=year, month=month)
    except ValueError:
        return datetime.date(year + month // 12, month % 12 + 1, 1)


def withdraw(*, challenge: uuid.UUID, answer: str, version: CovenantVersion, by: Person) -> Withdrawal:
    """Give notice for the organisation of the challenge, and tell every party."""
    with act(by=by):
        version = chain.lock(version)
        asked = challenges.lock(challenge, by=by, purpose=ChallengePurpose.WITHDRAW)
        if asked.version_id != version.pk:
            raise challenges.Wrong
        mandate = authority.lock_mandate(asked.mandate, version, by)
        entry = _party_entry(version, asked.organisation)
        if challenges.is_answered(asked, answer):
            return _write(version, mandate, entry, method=asked.method, reason=asked.reason, by=by)
    raise challenges.refusal_of(asked)


def retract(*, withdrawal: Withdrawal, mandate: Mandate, by: Person) -> Withdrawal:
    """Take notice back before it is in force: the party stays what it was."""
    with act(by=by):
        version = chain.lock(withdrawal.version)
        authority.lock_mandate(mandate, version, by)
        now = timezone.now()
        open_ones = Withdrawal.objects.filter(
            pk=withdrawal.pk,
            party__organisation__in=held_by(version.covenant, mandate.representative.organisation),
            retracted_at__isnull=True,
            effective_on__gt=timezone.localdate(),
            shorter_notice__isnull=True,
        )
        # The condition is looked up apart: an update cannot join.
        if not Withdrawal.objects.filter(pk__in=list(open_ones.values_list("pk", flat=True))).update(
            retracted_at=now, retracted_by=by
        ):
            raise TooLate
        withdrawal = Withdrawal.objects.select_related("party__organisation").get(pk=withdrawal.pk)
        chain.append(
            version,
            EventType.RETRACTED,
            {
                "withdrawal": withdrawal.pk,
                "organisation": withdrawal.party.organisation_id,
                "person_name": by.name,
                "retracted_at": in_utc(now),
            },
        )
        _tell_everybody(version, withdrawal, "withdrawal_retracted")
    return withdrawal


def shorten(*, withdrawal: Withdrawal, effective_on: datetime.date, basis: str, by: Person) -> ShorterNotice:
    """The other parties agreed to let somebody go earlier; whoever coordinates writes down where."""
    with act(by=by):
        version = chain.lock(withdrawal.version)
        withdrawal = Withdrawal.objects.select_related("party__organisation").get(pk=withdrawal.pk)
        if effective_on < timezone.localdate():
            raise InThePast
        if ShorterNotice.objects.filter(withdrawal=withdrawal).exists():
            raise ShorterAlready
        agreed = ShorterNotice(
            withdrawal=withdrawal, effective_on=effective_on, basis=basis.strip(), agreed_by=by
        )
        agreed.full_clean(exclude=["agreed_at"])
        agreed.save(force_insert=True)
        chain.append(
            version,
            EventType.SHORTENED,
            {
                "withdrawal": withdrawal.pk,
                "organisation": withdrawal.party.organisation_id,
                "effective_on": effective_on.isoformat(),
                "basis": agreed.basis,
                "agreed_by": by.name,
            },
        )
        withdrawal.shorter_notice = agreed
        _tell_everybody(version, withdrawal, "withdrawal_shortened")
    return agreed


def _party_entry(version: CovenantVersion, organisation: Organisation) -> Entry:
    entry = entry_of(version.covenant, organisation)
    if entry is None:
        raise NoParty(organisation)
    if entry.leaves_on:
        raise AlreadyLeaving(entry)
    return entry


def _write(
    version: CovenantVersion,
    mandate: Mandate,
    entry: Entry,
    *,
    method: str,
    reason: str,
    by: Person,
) -> Withdrawal:
    today = timezone.localdate()
    withdrawal = Withdrawal(
        party=Party.objects.get(covenant=version.covenant, organisation=entry.organisation.pk),
        version=version,
        stint=entry.stint,
        person=by,
        mandate=mandate,
        person_name=by.name,
        function=mandate.representative.function,
        auth_method=method,
        given_on=today,
        # The text that binds this party says how long; a newer one may say otherwise.
        notice_months=entry.bound_by.notice_months,
        effective_on=effective_on(entry.bound_by.notice_months, today),
        reason=reason,
    )
    withdrawal.full_clean(exclude=["given_at"])
    withdrawal.save(force_insert=True)
    chain.append(version, EventType.WITHDRAWN, withdrawal.facts())
    _tell_everybody(version, withdrawal, "withdrawal_given")
    return withdrawal


def _tell_everybody(version: CovenantVersion, withdrawal: Withdrawal, purpose: str) -> None:
    """A mail to the first contact of every party, the leaving one too, and to the coordinators."""
    covenant = version.covenant
    parties = {holder.pk for entry in register(covenant) for holder in entry.holders}
    contacts = Person.objects.filter(
        pk__in=Representative.objects.current()
        .filter(organisation__in=parties, is_primary=True)
        .values("person")
    )
    coordinators = Person.objects.filter(
        pk__in=covenant.coalition.roles.current().filter(role=Role.COORDINATOR).values("person")
    )
    signer = Person.objects.filter(pk=withdrawal.person_id)
    for person in (contacts | coordinators | signer).distinct().exclude(email=None):
        outbox.post(
            purpose=purpose,
            reference=f"withdrawal:{withdrawal.pk}",
            recipient=person.email or "",
            context={"withdrawal": withdrawal, "covenant": covenant, "person": person},
        )
