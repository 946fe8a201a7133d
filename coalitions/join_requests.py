"""Organisations ask to take part; the coordinator decides, with an answer by mail."""

import datetime
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from coalitions import members
from coalitions.models import Coalition, JoinRequest, Membership, RequestState
from coalitions.models.memberships import MEMBER_STATES
from partners import duplicates, organisations, representatives
from partners.models import Organisation, Person
from portal import outbox
from portal.acts import Refused, act
from portal.names import name_holds
from portal.revisions import meanwhile

# Without letters and digits that look alike, for who reads it out over the telephone.
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHOWN_CANDIDATES = 8


class Closed(Refused):
    def __init__(self, coalition: Coalition) -> None:
        super().__init__(f"{coalition} neemt nu geen aanmeldingen aan. Neem contact op met de coördinator.")


class AlreadyMember(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(
            f"{organisation} is al lid van deze coalitie. Vraag een collega om u uit te nodigen."
        )


class AlreadyWaiting(Refused):
    def __init__(self, request: JoinRequest) -> None:
        super().__init__(
            f"Er ligt al een aanmelding van {request.organisation_name} met dit mailadres. "
            "Het kenmerk staat in de mail die u kreeg."
        )


class AlreadyDecided(Refused):
    def __init__(self, request: JoinRequest) -> None:
        super().__init__(
            f"{meanwhile(request.decided_by, request.decided_at)}: deze aanmelding staat op "
            f"‘{request.get_state_display()}’. Er is niets veranderd."
        )


def submit(*, coalition: Coalition, applicant: Person | None, **details: Any) -> JoinRequest:
    """File a request; who files it gets a mail with its reference, its term and a way to take it back."""
    with act(by=applicant):
        # So that of two clicks on the same button the second finds the request of the first.
        coalition = Coalition.objects.select_for_update(of=("self",), no_key=True).get(pk=coalition.pk)
        if not coalition.accepts_requests:
            raise Closed(coalition)
        token = secrets.token_urlsafe(32)
        request = JoinRequest(
            coalition=coalition,
            applicant=applicant,
            reference=_new_reference(),
            withdrawal_hash=_hash(token),
            answer_by=timezone.localdate() + datetime.timedelta(days=coalition.answer_days),
            **details,
        )
        _check_new(request)
        request.full_clean()
        request.save(force_insert=True)
        request.refresh_from_db(fields=["submitted_at"])
        link = reverse("coalitions:join-request-own", args=[coalition.slug, token])
        _mail(request, "join_request_received", holds_secret=True, link=settings.PORTAL_ORIGIN + link)
    return request


def take_up(*, request: JoinRequest, by: Person) -> JoinRequest:
    """Somebody is looking at the request."""
    with act(by=by):
        request = _locked(request)
        if request.state != RequestState.SUBMITTED:
            raise AlreadyDecided(request)
        return _move(request, RequestState.IN_REVIEW)


def accept(
    *,
    request: JoinRequest,
    organisation: Organisation | None,
    answer: str,
    invites: bool,
    by: Person,
) -> Membership:
    """Make the organisation a member: one that is known, or a new one where none is given.

    With `invites` the applicant speaks for it from today, and gets an account.
    """
    with act(by=by):
        request = _open(request)
        if organisation is None:
            organisation = organisations.add_organisation(
                name=request.organisation_name,
                type=request.type,
                municipality=request.municipality,
                kvk=request.kvk,
                by=by,
            )
        membership = _admit(request, organisation, by=by)
        if invites:
            _invite(request, organisation, by=by)
        _move(
            request,
            RequestState.ACCEPTED,
            answer=answer.strip(),
            decided_by=by,
            decided_at=timezone.now(),
            membership=membership,
        )
        _mail(request, "join_request_accepted", membership=membership, invites=invites)
    return membership


def reject(*, request: JoinRequest, answer: str, by: Person) -> JoinRequest:
    """Say no, with the reason, which the applicant gets by mail."""
    with act(by=by):
        request = _open(request)
        _move(
            request,
            RequestState.REJECTED,
            answer=answer.strip(),
            decided_by=by,
            decided_at=timezone.now(),
        )
        _mail(request, "join_request_rejected")
    return request


def withdraw(*, request: JoinRequest) -> JoinRequest:
    """The applicant takes the request back, by the link in her mail."""
    with act(by=request.applicant):
        return _move(_open(request), RequestState.WITHDRAWN)


def find(coalition: Coalition, token: str) -> JoinRequest | None:
    """The request of this link."""
    return coalition.join_requests.filter(withdrawal_hash=_hash(token)).first()


def known_by_kvk(kvk: str) -> Organisation | None:
    """The organisation of the register with this number."""
    return Organisation.objects.active().filter(kvk=kvk).first() if kvk else None


def candidates_for(request: JoinRequest) -> list[Organisation]:
    """Organisations of the register that may be the one that asks, the likeliest first. Five queries."""
    known = [
        match.organisation
        for match in duplicates.matches(
            name=request.organisation_name, municipality=request.municipality, kvk=request.kvk
        )
    ]
    everybody = Organisation.objects.active().select_related("type", "municipality")
    named = everybody.filter(Q(pk=request.matched_organisation_id) | name_holds(request.organisation_name))
    known += [one for one in named.order_by("sort_key", "pk")[:SHOWN_CANDIDATES] if one not in known]
    # Whom the applicant pointed at herself goes first.
    return sorted(known, key=lambda one: one.pk != request.matched_organisation_id)[:SHOWN_CANDIDATES]


def _check_new(request: JoinRequest) -> None:
    matched = request.matched_organisation
    if (
        matched
        and request.coalition.memberships.filter(organisation=matched, state__in=MEMBER_STATES).exists()
    ):
        raise AlreadyMember(matched)
    waiting = request.coalition.join_requests.open().filter(
        contact_email__iexact=request.contact_email, organisation_name__iexact=request.organisation_name
    )
    if first := waiting.first():
        raise AlreadyWaiting(first)


def _admit(request: JoinRequest, organisation: Organisation, *, by: Person) -> Membership:
    reason = f"Aanmelding {request.reference}"
    spell = request.coalition.memberships.filter(organisation=organisation, left_on__isnull=True).first()
    if spell is None:
        spell = members.put_on_list(
            coalition=request.coalition, organisation=organisation, by=by, reason=reason
        )
    return members.admit(membership=spell, by=by, reason=reason)


def _invite(request: JoinRequest, organisation: Organisation, *, by: Person) -> None:
    speaks = organisation.representatives.current().filter(person__email__iexact=request.contact_email)
    if not speaks.exists():
        representatives.invite(
            organisation=organisation,
            name=request.contact_name,
            email=request.contact_email,
            function=request.contact_function,
            by=by,
        )


def _open(request: JoinRequest) -> JoinRequest:
    request = _locked(request)
    if not request.is_open:
        raise AlreadyDecided(request)
    return request


def _locked(request: JoinRequest) -> JoinRequest:
    # Not with who decided: a join would show nobody where a colleague did so while we waited.
    return (
        JoinRequest.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition", "type", "municipality")
        .get(pk=request.pk)
    )


def _move(request: JoinRequest, to: str, **facts: Any) -> JoinRequest:
    request.state = to
    for field, value in facts.items():
        setattr(request, field, value)
    request.full_clean()
    request.save(update_fields=["state", *facts])
    return request


def _mail(request: JoinRequest, purpose: str, *, holds_secret: bool = False, **context: Any) -> None:
    outbox.post(
        purpose=purpose,
        reference=f"join_request:{request.pk}",
        recipient=request.contact_email,
        context={"request": request, "coalition": request.coalition, **context},
        holds_secret=holds_secret,
    )


def _new_reference() -> str:
    """Six letters that no request has yet; the column is unique as well."""
    while True:
        reference = "KS-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))
        if not JoinRequest.objects.filter(reference=reference).exists():
            return reference


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
