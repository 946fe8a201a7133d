"""Who speaks for an organisation: she starts, gets another function, and stops; each with its days."""

import datetime

from django.utils import timezone

from partners import invitations, people
from partners.login import has_account
from partners.models import Organisation, Person, Representative
from portal.acts import Refused, act
from portal.revisions import refuse_if_changed


class AlreadyOver(Refused):
    def __init__(self) -> None:
        super().__init__("Deze functie is al beëindigd. Ververs de pagina om te zien hoe het nu is.")


class LastOne(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"Dit is de laatste die voor {organisation} spreekt. Nodig eerst een collega uit.")


class OrganisationGone(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} bestaat niet meer onder deze naam.")


class SpeaksNoMore(Refused):
    def __init__(self) -> None:
        super().__init__("Deze persoon spreekt nu niet voor de organisatie.")


def appoint(
    *,
    organisation: Organisation,
    person: Person,
    function: str,
    by: Person | None,
    portfolio: str = "",
    valid_from: datetime.date | None = None,
) -> Representative:
    """`person` speaks for `organisation` from a day, today by default; the first one is its contact."""
    with act(by=by):
        organisation = _locked(organisation)
        if organisation.archived_at:
            raise OrganisationGone(organisation)
        day = valid_from or timezone.localdate()
        speaker = Representative(
            organisation=organisation,
            person=person,
            function=function.strip(),
            portfolio=portfolio.strip(),
            is_primary=not organisation.representatives.on(day).filter(is_primary=True).exists()
            and not organisation.representatives.filter(is_primary=True, valid_from__gt=day).exists(),
            valid_from=day,
        )
        speaker.full_clean()
        speaker.save(force_insert=True)
    return speaker


def invite(
    *,
    organisation: Organisation,
    name: str,
    email: str,
    function: str,
    by: Person | None,
    portfolio: str = "",
) -> Representative:
    """A colleague, known already or new, speaks for `organisation` from today; who has no account yet
    gets an invitation to open it."""
    with act(by=by):
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            person = people.add_person(name=name, email=email, by=by)
        speaker = appoint(
            organisation=organisation, person=person, function=function, portfolio=portfolio, by=by
        )
        if not has_account(person):
            invitations.invite(person=person, reason=f"{speaker.function} van {organisation.name}", by=by)
    return speaker


def change_portfolio(
    *, representative: Representative, portfolio: str, by: Person | None, seen: int | None = None
) -> Representative:
    """What she looks after; another function is another row, with its own days. ChangedMeanwhile where
    somebody wrote another portfolio after revision `seen`."""
    with act(by=by):
        speaker = _current(representative)
        refuse_if_changed(speaker, seen=seen, wanted={"portfolio": portfolio.strip()})
        speaker.portfolio = portfolio.strip()
        speaker.full_clean()
        speaker.save(update_fields=["portfolio"])
    return speaker


def make_primary(*, representative: Representative, by: Person | None) -> Representative:
    """She is the first contact from now; who was it, is it no longer."""
    with act(by=by):
        _locked(representative.organisation)
        speaker = _current(representative)
        for other in speaker.organisation.representatives.current().filter(is_primary=True):
            other.is_primary = False
            other.save(update_fields=["is_primary"])
        speaker.is_primary = True
        speaker.full_clean()
        speaker.save(update_fields=["is_primary"])
    return speaker


def end(
    *,
    representative: Representative,
    by: Person | None,
    on: datetime.date | None = None,
    may_leave_nobody: bool = False,
) -> Representative:
    """She speaks for the organisation no longer from `on`; who ends today does so no more today."""
    day = on or timezone.localdate()
    with act(by=by):
        organisation = _locked(representative.organisation)
        speaker = Representative.objects.select_for_update(of=("self",), no_key=True).get(
            pk=representative.pk
        )
        if speaker.valid_to is not None and speaker.valid_to <= day:
            raise AlreadyOver
        others = organisation.representatives.on(day).exclude(pk=speaker.pk)
        if not may_leave_nobody and not others.exists():
            raise LastOne(organisation)
        speaker.valid_to = max(day, speaker.valid_from)
        speaker.full_clean()
        speaker.save(update_fields=["valid_to"])
    return speaker


def _locked(organisation: Organisation) -> Organisation:
    """So that of two who change its people the second sees what the first did."""
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _current(representative: Representative) -> Representative:
    speaker = Representative.objects.select_for_update(of=("self",), no_key=True).get(pk=representative.pk)
    if not speaker.is_current:
        raise SpeaksNoMore
    return speaker
