"""Many organisations are asked to become a member at once: one mail for each, all of them or none."""

import string
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from coalitions import members
from coalitions.models import Coalition, Membership, MembershipState
from partners import invitations
from partners.models import Person, Representative
from portal import outbox
from portal.acts import Refused, act

CONFIRM_ABOVE = 25
MOST = 200
INVITABLE = (MembershipState.PROSPECT, MembershipState.IN_TALKS)
PLACEHOLDERS = ("naam", "organisatie", "coalitie")

SUBJECT = "Doe mee met Kansrijke Start in {coalitie}"
TEXT = """Dag {naam},

In {coalitie} werken organisaties samen aan een goede start voor elk kind.
We willen graag dat {organisatie} meedoet.

Bel of mail me gerust als je vragen hebt."""


class NotConfirmed(Refused):
    def __init__(self, count: int) -> None:
        super().__init__(f"Dit zijn {count} mails. Vink aan dat je ze echt wilt versturen.")


class NobodyChosen(Refused):
    def __init__(self) -> None:
        super().__init__("Kies ten minste één organisatie.")


class TooMany(Refused):
    def __init__(self) -> None:
        super().__init__(f"Verstuur ten hoogste {MOST} uitnodigingen tegelijk.")


class WithoutAddress(Refused):
    def __init__(self, membership: Membership) -> None:
        super().__init__(f"Van {membership.organisation} kennen we geen mailadres. Vul dat eerst in.")


@dataclass(frozen=True)
class Recipient:
    """To whom the mail of one organisation goes: its first contact, or its general address."""

    membership: Membership
    person: Person | None
    email: str

    @property
    def name(self) -> str:
        """How the mail addresses who reads it."""
        return self.person.name if self.person else str(self.membership.organisation)


def invitable(coalition: Coalition) -> QuerySet[Membership]:
    """Who can be asked now."""
    return coalition.memberships.with_organisation().filter(state__in=INVITABLE)


def recipients_of(memberships: Iterable[Membership]) -> list[Recipient]:
    """To whom each mail goes; the address is empty where none is known. One query."""
    rows = list(memberships)
    speakers = (
        Representative.objects.current()
        .filter(organisation__in={row.organisation_id for row in rows}, person__email__isnull=False)
        .select_related("person")
        .order_by("is_primary", "-pk")
    )
    people = {speaker.organisation_id: speaker.person for speaker in speakers}
    return [
        Recipient(
            row,
            person := people.get(row.organisation_id),
            (person.email if person else row.organisation.general_email) or "",
        )
        for row in rows
    ]


def unknown_placeholders(text: str) -> list[str]:
    """What stands between braces in `text` and means nothing; raises ValueError for a loose brace."""
    return [
        name
        for _, name, width, conversion in string.Formatter().parse(text)
        if name is not None and (name not in PLACEHOLDERS or width or conversion)
    ]


def filled(text: str, recipient: Recipient) -> str:
    """`text` for one recipient."""
    return text.format(
        naam=recipient.name,
        organisatie=str(recipient.membership.organisation),
        coalitie=str(recipient.membership.coalition),
    )


def invite_together(
    *,
    coalition: Coalition,
    memberships: Iterable[Membership],
    subject: str,
    text: str,
    is_confirmed: bool,
    by: Person,
) -> int:
    """Every membership becomes ‘uitgenodigd’ and its contact gets one mail; how many there were.

    Who is known as a person gets a link to her own account in it, else a link to the public form.
    """
    recipients = recipients_of(memberships)
    if not recipients:
        raise NobodyChosen
    if len(recipients) > MOST:
        raise TooMany
    if len(recipients) > CONFIRM_ABOVE and not is_confirmed:
        raise NotConfirmed(len(recipients))
    with act(by=by):
        for recipient in recipients:
            if not recipient.email:
                raise WithoutAddress(recipient.membership)
            members.invite(
                membership=recipient.membership, by=by, reason=f"Mail: {filled(subject, recipient)}"[:300]
            )
            _mail(recipient, filled(subject, recipient), filled(text, recipient), by=by)
    return len(recipients)


def _mail(recipient: Recipient, subject: str, words: str, *, by: Person) -> None:
    membership = recipient.membership
    if recipient.person:
        invitations.invite(
            person=recipient.person,
            reason=f"contactpersoon van {membership.organisation} in {membership.coalition}"[:200],
            by=by,
            subject=subject,
            words=words,
        )
        return
    form = reverse("coalitions:join-request", args=[membership.coalition.slug])
    outbox.post_text(
        purpose="member_invitation",
        reference=f"membership:{membership.pk}",
        recipient=recipient.email,
        subject=subject,
        text=f"{words}\n\nMeld je organisatie hier aan:\n{settings.PORTAL_ORIGIN}{form}",
    )
