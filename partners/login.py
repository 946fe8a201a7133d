"""How people log in: by invitation only, with mail through the outbox."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect

from partners.models import Person
from portal import outbox


class PortalAccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; mail is a row first."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message: EmailMessage = self.render_mail(template_prefix, email, context)
        # The commit must come before the bell; without a transaction each statement is its own.
        with transaction.atomic():
            outbox.post_text(
                purpose=template_prefix.removeprefix("account/email/")[:60],
                reference=uuid.uuid4().hex,
                recipient=email,
                subject=str(message.subject),
                text=str(message.body),
                holds_secret=True,
                urgent=True,
            )


class PortalMFAAdapter(DefaultMFAAdapter):
    """Names on second factors."""

    def get_totp_label(self, user: Any) -> str:
        return user.email

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Kansrijke Start"}


class PortalSocialAccountAdapter(DefaultSocialAccountAdapter):
    """A log-in service of an organisation opens only accounts that already exist."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing:
            messages.error(
                request,
                "Wij kennen geen account bij dit adres. Vraag uw coördinator om een uitnodiging.",
            )
            raise ImmediateHttpResponse(redirect("account_login"))


@transaction.atomic
def open_account(*, person: Person, password: str | None = None) -> Person:
    """Let `person` log in: her address counts as checked, and a password is set where one is given."""
    if not person.email:
        raise ValueError("Zonder mailadres kan niemand inloggen.")
    EmailAddress.objects.update_or_create(
        user=person, email=person.email.lower(), defaults={"verified": True, "primary": True}
    )
    if password is None and not person.password:
        person.set_unusable_password()
    elif password is not None:
        person.set_password(password)
    person.is_active = True
    person.save(update_fields=["password", "is_active"])
    return person
