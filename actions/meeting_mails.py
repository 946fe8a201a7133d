"""The mails about a meeting: ordered in the act that causes them, written when they are sent."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from actions.models import Meeting, MeetingInvitation, MeetingNotice, NoticeKind, Response
from coalitions.menu import is_formal
from portal import outbox
from portal.jobs import ring

_SALT = "actions.meeting_invitation"


def tell(meeting: Meeting, kind: str, *, only: MeetingInvitation | None = None) -> int:
    """Order a mail to everybody who is invited, or to one; how many. Asking twice orders once."""
    invitations = meeting.invitations.filter(person__email__isnull=False, person__is_active=True)
    if only is not None:
        invitations = invitations.filter(pk=only.pk)
    elif kind != NoticeKind.INVITED:
        # Who said no has nothing in her calendar that should change.
        invitations = invitations.exclude(response=Response.NO)
    sequence = 0 if kind == NoticeKind.INVITED else meeting.sequence
    ordered = MeetingNotice.objects.bulk_create(
        (
            MeetingNotice(invitation=invitation, kind=kind, sequence=sequence)
            for invitation in invitations.order_by("pk")
        ),
        ignore_conflicts=True,
    )
    ring(MeetingNotice)
    return len(ordered)


def send(notice: MeetingNotice) -> None:
    """Post the mail of one order, and finish with it."""
    invitation = MeetingInvitation.objects.select_related("meeting__coalition", "person").get(
        pk=notice.invitation_id
    )
    meeting, person = invitation.meeting, invitation.person
    with transaction.atomic():
        if person.email and person.is_active:
            outbox.post(
                purpose=f"meeting_{notice.kind}",
                reference=f"notice:{notice.pk}",
                recipient=person.email,
                context={
                    "meeting": meeting,
                    "person": person,
                    "is_formal": is_formal(person),
                    "link": link_for(invitation),
                },
                holds_secret=True,
            )
        notice.finish()


def link_for(invitation: MeetingInvitation) -> str:
    """The whole address of the page on which somebody answers without logging in."""
    return settings.PORTAL_ORIGIN + reverse("actions:meeting-link", args=[token_for(invitation)])


def token_for(invitation: MeetingInvitation) -> str:
    """What stands in that address: it holds for one invitation and lets in nowhere else."""
    return signing.dumps(invitation.pk, salt=_SALT)


def invitation_of(token: str) -> MeetingInvitation | None:
    """Whose link this is; None where it is not one of ours."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return (
        MeetingInvitation.objects.select_related("meeting__coalition", "person")
        .filter(pk=pk, person__is_active=True)
        .first()
    )
