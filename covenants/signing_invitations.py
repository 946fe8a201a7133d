"""People are asked by mail to sign; the link says whom we asked, the log-in says who came.

The link holds a secret of 32 bytes, of which only the hash is kept. Nobody but the invited address
ever gets it, the sender and the coordinator included.
"""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.db.models import Count, Max
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from covenants import accessions, authority
from covenants.models import (
    CovenantVersion,
    InvitationReason,
    Party,
    Round,
    SignatureAct,
    SigningInvitation,
)
from covenants.register import bound_to, register
from partners.login import has_account, open_account
from partners.models import Mandate, Organisation, Person
from portal import outbox
from portal.acts import Refused, act

# After a first mail a person gets so many reminders for one round, and never two within a few days.
MAX_REMINDERS = 3
BETWEEN_REMINDERS = datetime.timedelta(days=3)


class NobodyToRemind(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Er is niemand om te herinneren: wie gekozen is heeft getekend, mag niet tekenen, of kreeg "
            "pas nog een mail."
        )


class NotWaiting(Refused):
    def __init__(self) -> None:
        super().__init__("Voor deze uitnodiging is geen nieuwe link meer nodig.")


class Unusable(Refused):
    """The link of an invitation that leads nowhere; `status` is the answer of its page."""

    status = HTTPStatus.GONE
    may_renew = False

    def __init__(self, sentence: str, invitation: SigningInvitation | None = None) -> None:
        self.invitation = invitation
        super().__init__(sentence)


class Unknown(Unusable):
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("We kennen deze link niet. Hebt u de hele link uit de mail overgenomen?")


class Expired(Unusable):
    may_renew = True


def invite_all(*, round: Round, by: Person | None) -> list[SigningInvitation]:
    """Invite everybody with a mandate whose organisation can sign in this round, in one act."""
    version = round.version
    with act(by=by):
        everybody = authority.mandated_people(version.covenant.coalition)
        organisations = {mandate.representative.organisation_id for mandate in everybody}
        passed_over = signed_organisation_ids(version)
        passed_over |= accessions.unadmitted(version, round, organisations)
        mandates = [one for one in everybody if one.representative.organisation_id not in passed_over]
        _become_candidates(version, mandates)
        return _send(round, mandates, by=by, reason=InvitationReason.FIRST)


def invite(*, round: Round, organisation: Organisation, by: Person | None) -> list[SigningInvitation]:
    """Invite everybody with a mandate of one organisation, such as one that became a member later."""
    with act(by=by):
        mandates = authority.mandated_people(round.version.covenant.coalition, [organisation.pk])
        if not mandates:
            raise authority.NoMandate
        if accessions.waits_for_parties(round.version, round, organisation.pk):
            raise accessions.NotAdmitted(organisation)
        _become_candidates(round.version, mandates)
        return _send(round, mandates, by=by, reason=InvitationReason.FIRST)


def remind(
    *, round: Round, organisations: Iterable[Organisation], by: Person | None
) -> list[SigningInvitation]:
    """Ask again who was asked before and did not sign; a few times at most, and not too often."""
    version = round.version
    with act(by=by):
        # One at a time, so that two who press at once send one mail.
        round = Round.objects.select_for_update(of=("self",), no_key=True).get(pk=round.pk)
        waiting = {organisation.pk for organisation in organisations} - signed_organisation_ids(version)
        history = {
            (row["organisation"], row["person"]): row
            for row in SigningInvitation.objects.filter(round=round, organisation__in=waiting)
            .order_by()
            .values("organisation", "person")
            .annotate(mails=Count("pk"), newest=Max("invited_at"))
        }
        already = set(SignatureAct.objects.filter(round=round).values_list("organisation", "person"))
        patience = timezone.now() - BETWEEN_REMINDERS
        mandates = [
            mandate
            for mandate in authority.mandated_people(version.covenant.coalition, waiting)
            if (key := (mandate.representative.organisation_id, mandate.representative.person_id)) in history
            and key not in already
            and history[key]["mails"] <= MAX_REMINDERS
            and history[key]["newest"] < patience
        ]
        if not mandates:
            raise NobodyToRemind
        return _send(round, mandates, by=by, reason=InvitationReason.REMINDER)


def remind_all(*, round: Round) -> int:
    """The reminders that the portal sends by itself; how many."""
    asked = Organisation.objects.filter(signing_invitations__round=round).distinct()
    try:
        return len(remind(round=round, organisations=asked, by=None))
    except NobodyToRemind:
        return 0


def renew(*, invitation: SigningInvitation) -> SigningInvitation:
    """A new link instead of one that ran out, to the invited address and nowhere else."""
    with act(by=None):
        invitation = (
            SigningInvitation.objects.select_for_update(of=("self",), no_key=True)
            .select_related("round__version__covenant__coalition", "organisation", "person")
            .get(pk=invitation.pk)
        )
        round = invitation.round.version.rounds.open().first()
        if invitation.used_at or invitation.revoked_at or round is None:
            raise NotWaiting
        sent = SigningInvitation.objects.filter(
            round=round, organisation=invitation.organisation, person=invitation.person
        )
        newest = sent.order_by("-pk").first()
        if newest and newest.pk != invitation.pk and newest.expires_at > timezone.now():
            # Who asks twice gets one mail; the link in it works.
            return newest
        mandates = [
            mandate
            for mandate in authority.mandated_people(
                round.version.covenant.coalition, [invitation.organisation_id]
            )
            if mandate.representative.person_id == invitation.person_id
        ]
        if not mandates:
            raise NotWaiting
        return _send(round, mandates, by=None, reason=InvitationReason.RENEWAL)[0]


def renew_if_asked(*, invitation: SigningInvitation) -> None:
    """As `renew`, for a page that anybody can open and that therefore tells nothing."""
    with suppress(NotWaiting):
        renew(invitation=invitation)


def enter(*, invitation: SigningInvitation, name: str) -> Person | None:
    """Open the account of who was invited and never logged in, once; None where she has one already."""
    with act(by=invitation.person):
        person = Person.objects.select_for_update(no_key=True).get(pk=invitation.person_id)
        is_open = SigningInvitation.objects.open().filter(pk=invitation.pk).exists()
        if has_account(person) or not is_open or not person.is_active:
            return None
        person.name = name.strip()
        person.full_clean(exclude=["password"])
        person.save(update_fields=["name"])
        return open_account(person=person)


def revoke(*, invitation: SigningInvitation, by: Person | None) -> SigningInvitation:
    """Take back a link that nobody signed with; doing it twice changes nothing."""
    with act(by=by):
        SigningInvitation.objects.filter(
            pk=invitation.pk, used_at__isnull=True, revoked_at__isnull=True
        ).update(revoked_at=Now())
        invitation.refresh_from_db()
    return invitation


def find(version: CovenantVersion, token: str) -> SigningInvitation:
    """The invitation of this link, also where it was signed with; raises Unusable where it leads
    nowhere (any more)."""
    invitation = (
        SigningInvitation.objects.select_related("round__version__covenant", "organisation", "person")
        .filter(token_hash=hash_of(token), round__version=version)
        .first()
    )
    if invitation is None:
        raise Unknown
    if invitation.used_at:
        return invitation
    if invitation.revoked_at or not invitation.person.is_active:
        raise Unusable("Deze uitnodiging is ingetrokken. Bel uw coördinator.", invitation)
    if invitation.expires_at <= timezone.now():
        raise Expired("Deze link is te oud. Vraag een nieuwe link aan.", invitation)
    return invitation


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_organisation_ids(version: CovenantVersion) -> set[int]:
    """Organisations that need not sign `version` (any more): it binds them, or a newer one does."""
    return bound_to(version.number, register(version.covenant))


def _become_candidates(version: CovenantVersion, mandates: Iterable[Mandate]) -> None:
    organisations = {mandate.representative.organisation_id for mandate in mandates}
    Party.objects.bulk_create(
        [Party(covenant=version.covenant, organisation_id=pk) for pk in sorted(organisations)],
        ignore_conflicts=True,
    )


def _send(
    round: Round, mandates: list[Mandate], *, by: Person | None, reason: InvitationReason
) -> list[SigningInvitation]:
    """One row and one mail for each mandate of somebody with an address."""
    tokens = [
        (mandate, secrets.token_urlsafe(32))
        for mandate in mandates
        if mandate.representative.person.email and mandate.representative.person.is_active
    ]
    invitations = SigningInvitation.objects.bulk_create(
        SigningInvitation(
            round=round,
            organisation=mandate.representative.organisation,
            person=mandate.representative.person,
            reason=reason,
            token_hash=hash_of(token),
            invited_by=by,
            expires_at=round.closes_at,
        )
        for mandate, token in tokens
    )
    for invitation, (mandate, token) in zip(invitations, tokens, strict=True):
        _mail(round, invitation, mandate, token)
    return invitations


def _mail(round: Round, invitation: SigningInvitation, mandate: Mandate, token: str) -> None:
    version = round.version
    path = reverse(
        "covenants:signing-link",
        args=[version.covenant.coalition.slug, version.covenant.slug, version.number, token],
    )
    outbox.post(
        purpose="signing_invitation",
        reference=f"signing_invitation:{invitation.pk}",
        recipient=invitation.person.email or "",
        context={
            "invitation": invitation,
            "version": version,
            "covenant": version.covenant,
            "coalition": version.covenant.coalition,
            "function": mandate.representative.function,
            "until": round.until,
            "is_reminder": invitation.reason == InvitationReason.REMINDER,
            "link": settings.PORTAL_ORIGIN + path,
        },
        holds_secret=True,
    )
