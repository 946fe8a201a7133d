"""Mail is a row first; a worker sends it."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator

from portal import jobs
from portal.models import Mail, StoredFile

SUBJECT_LENGTH = 200


def post(
    *,
    purpose: str,
    reference: str,
    recipient: str,
    context: dict[str, Any],
    holds_secret: bool = False,
    urgent: bool = False,
    unsubscribe_url: str = "",
    attachment: StoredFile | None = None,
) -> Mail:
    """The mail `emails/<purpose>` to `recipient`, written once per reference and sent after commit.

    `urgent` mail, such as a log-in code, leaves in the request where the broker is away.
    """
    context = {"portal_name": settings.PORTAL_NAME, "origin": settings.PORTAL_ORIGIN, **context}
    subject = render_to_string(f"emails/{purpose}_subject.txt", context)
    text = render_to_string(f"emails/{purpose}.txt", context)
    return post_text(
        purpose=purpose,
        reference=reference,
        recipient=recipient,
        subject=subject,
        text=text,
        holds_secret=holds_secret,
        urgent=urgent,
        unsubscribe_url=unsubscribe_url,
        attachment=attachment,
    )


def post_text(
    *,
    purpose: str,
    reference: str,
    recipient: str,
    subject: str,
    text: str,
    holds_secret: bool = False,
    urgent: bool = False,
    unsubscribe_url: str = "",
    attachment: StoredFile | None = None,
) -> Mail:
    """As `post`, for a mail whose words are already there."""
    mail, is_new = Mail.objects.get_or_create(
        purpose=purpose,
        reference=reference,
        recipient=recipient,
        defaults={
            # A long name in it must not undo the act that the mail tells of.
            "subject": Truncator(" ".join(subject.split())).chars(SUBJECT_LENGTH),
            "text": text.strip() + "\n",
            "holds_secret": holds_secret,
            "unsubscribe_url": unsubscribe_url,
            "attachment": attachment,
        },
    )
    if is_new:
        jobs.ring(Mail, urgent=mail if urgent else None)
    return mail
