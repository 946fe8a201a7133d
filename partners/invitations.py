"""An invitation by mail opens an account, once.

The link holds a secret of 32 bytes; the database keeps only its hash, so that who reads the
database cannot use an open invitation.
"""

import datetime
import hashlib
import secrets
from http import HTTPStatus

from django.conf import settings
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from partners.login import WithoutAddress, has_account, open_account
from partners.models import Invitation, Person
from portal import outbox
from portal.acts import Refused, act


class AccountClosed(Refused):
    def __init__(self) -> None:
        super().__init__("Het account van deze persoon staat uit. Vraag de beheerder om hulp.")


class AlreadyUsed(Refused):
    def __init__(self) -> None:
        super().__init__("Deze uitnodiging is al gebruikt.")


class Unusable(Refused):
    """The link of an invitation that opens nothing; `status` is the answer of its page."""

    status = HTTPStatus.GONE
    sentence = "Deze uitnodiging is ingetrokken of vervangen door een nieuwe."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class Unknown(Unusable):
    status = HTTPStatus.NOT_FOUND
    sentence = "We kennen deze link niet. Heb je de hele link uit de mail overgenomen?"


class Used(Unusable):
    sentence = "Deze uitnodiging is al gebruikt. Was jij dat? Dan kun je gewoon inloggen."


class Expired(Unusable):
    sentence = "Deze uitnodiging is te oud."


def invite(
    *,
    person: Person,
    reason: str,
    by: Person | None,
    valid_days: int = 14,
    subject: str = "",
    words: str = "",
) -> Invitation:
    """Mail `person` a link that opens her account; `reason` completes "je bent uitgenodigd als".

    `subject` and `words` of who invites come in place of the usual ones, above the link. An older
    open invitation for the same reason no longer works.
    """
    with act(by=by):
        # Two who invite her for the same reason at once: the later one replaces the first.
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if not person.email:
            raise WithoutAddress
        if not person.is_active:
            raise AccountClosed
        person.invitations.open().filter(reason=reason).update(revoked_at=Now())
        token = secrets.token_urlsafe(32)
        invitation = Invitation(
            person=person,
            token_hash=_hash(token),
            reason=reason,
            invited_by=by,
            expires_at=timezone.now() + datetime.timedelta(days=valid_days),
        )
        invitation.full_clean()
        invitation.save(force_insert=True)
        outbox.post(
            purpose="invitation",
            reference=f"invitation:{invitation.pk}",
            recipient=person.email,
            context={
                "invitation": invitation,
                "has_account": has_account(person),
                "subject": subject,
                "words": words,
                "link": settings.PORTAL_ORIGIN + reverse("partners:invitation-accept", args=[token]),
            },
            holds_secret=True,
        )
    return invitation


def resend(*, invitation: Invitation, by: Person | None) -> Invitation:
    """A new invitation in place of one that got lost or ran out."""
    if invitation.used_at:
        raise AlreadyUsed
    return invite(person=invitation.person, reason=invitation.reason, by=by)


def revoke(*, invitation: Invitation, by: Person | None) -> Invitation:
    """Take back an invitation that nobody took up yet; doing it twice changes nothing."""
    with act(by=by):
        unused = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True)
        if not unused.exists():
            raise AlreadyUsed
        unused.filter(revoked_at__isnull=True).update(revoked_at=Now())
        invitation.refresh_from_db()
    return invitation


def find(token: str) -> Invitation:
    """The open invitation of this link; raises Unusable where it opens nothing (any more)."""
    invitation = (
        Invitation.objects.select_related("person", "invited_by").filter(token_hash=_hash(token)).first()
    )
    if invitation is None:
        raise Unknown
    if invitation.used_at:
        raise Used
    if invitation.revoked_at or not invitation.person.is_active:
        raise Unusable
    if invitation.expires_at <= timezone.now():
        raise Expired
    return invitation


def accept(*, invitation: Invitation, name: str = "", password: str | None = None) -> Person:
    """Use up the invitation and open the account of its person.

    Of two who do this at once one wins; the other gets Used. Who has an account keeps her name
    and password: a link in an old mail changes neither.
    """
    with act(by=invitation.person):
        person = Person.objects.select_for_update(no_key=True).get(pk=invitation.person_id)
        taken = Invitation.objects.open().filter(pk=invitation.pk).update(used_at=Now())
        if not taken or not person.is_active:
            raise Used if _is_used(invitation) else Unusable
        if not has_account(person):
            if name:
                person.name = name
                person.full_clean(exclude=["password"])
                person.save(update_fields=["name"])
            open_account(person=person, password=password)
    return person


def _is_used(invitation: Invitation) -> bool:
    return Invitation.objects.filter(pk=invitation.pk, used_at__isnull=False).exists()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
