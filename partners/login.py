"""How people log in: by invitation only, with mail through the outbox."""

import time
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from partners.models import Person
from portal import outbox
from portal.acts import Refused
from portal.models import Mail


class WithoutAddress(Refused):
    def __init__(self) -> None:
        super().__init__("Deze persoon heeft geen mailadres. Vul dat eerst in.")


class PortalAccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; only who was invited gets in; mail is a row first."""

    # In words that say what to do next.
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. "
            "Probeer het opnieuw, of vraag een code per mail."
        ),
        # Of passwords, and of codes that were asked for or mistyped.
        "too_many_login_attempts": (
            "Er is te vaak geprobeerd in te loggen. Wacht een paar minuten en probeer het opnieuw."
        ),
        "incorrect_code": "Deze code klopt niet. Kijk in de nieuwste mail en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse | None:
        # Somebody may be known, with an address, who was never invited to log in.
        if not has_account(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **details)

    def is_reauthentication_required(self, *, app: str, **details: Any) -> bool:
        # Who came in minutes ago has just shown who she is. Asking again would stop her half-way
        # the set-up of a second step, for a code of the app that she has used up already.
        shown = get_authentication_records(current.request, current.request.user)
        if shown and time.time() - shown[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **details)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # The commit must come before the bell; without a transaction each statement is its own.
        with transaction.atomic():
            self._write(template_prefix, email, context, urgent=True)

    def write_to_nobody(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The work of `send_mail` without a mail, so that the time an answer takes tells nothing."""
        with transaction.atomic():
            mail = self._write(template_prefix, email, context, urgent=False)
            Mail.objects.filter(pk=mail.pk).delete()

    def _write(self, template_prefix: str, email: str, context: dict[str, Any], *, urgent: bool) -> Mail:
        message: EmailMessage = self.render_mail(template_prefix, email, context)
        return outbox.post_text(
            purpose=template_prefix.removeprefix("account/email/")[:60],
            reference=uuid.uuid4().hex,
            recipient=email,
            subject=str(message.subject),
            text=str(message.body),
            holds_secret=True,
            urgent=urgent,
        )


class PortalMFAAdapter(DefaultMFAAdapter):
    """The name under which a passkey shows this portal."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Kansrijke Start"}


class PortalSocialAccountAdapter(DefaultSocialAccountAdapter):
    """A log-in service of an organisation lets in only who has an account here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        # Both sides have checked the address: the service says so, and the invitation did here.
        is_known = EmailAddress.objects.filter(email=email.lower(), verified=True).exists()
        return is_known and super().can_authenticate_by_email(login, email)

    def serialize_instance(self, instance: Any) -> dict[str, Any]:
        # Half-way a log-in with a second factor the session keeps who it is, and not her password.
        if isinstance(instance, Person):
            return {"pk": instance.pk}
        return super().serialize_instance(instance)

    def deserialize_instance(self, model: type, data: dict[str, Any]) -> Any:
        if model is Person:
            return Person.objects.get(pk=data["pk"])
        return super().deserialize_instance(model, data)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        # Who is logged in and connects the service to her own account is not known by it yet.
        is_connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        if not sociallogin.is_existing and not (is_connecting and request.user.is_authenticated):
            messages.error(
                request,
                "Wij kennen geen account bij dit adres. Vraag je coördinator om een uitnodiging.",
            )
            raise ImmediateHttpResponse(redirect("account_login"))


def has_account(person: Person) -> bool:
    """Whether an account was opened for `person`; she may have been locked out since."""
    return EmailAddress.objects.filter(user=person, verified=True).exists()


def log_in(request: HttpRequest, person: Person, *, redirect_url: str) -> HttpResponse:
    """Log in who proved herself by a link in her mail; a second step is asked where she has one."""
    record_authentication(request, person, "mail_link")
    return perform_login(request, person, redirect_url=redirect_url)


@transaction.atomic
def open_account(*, person: Person, password: str | None = None) -> Person:
    """Let `person` log in: her address counts as checked, and a password is set where one is given."""
    if not person.email:
        raise WithoutAddress
    address = person.email.lower()
    # One address is the first; a person has one from the start or none.
    EmailAddress.objects.filter(user=person, primary=True).exclude(email=address).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=person, email=address, defaults={"verified": True, "primary": True}
    )
    if password is not None:
        person.set_password(password)
    elif not person.password:
        person.set_unusable_password()
    person.email = address
    person.is_active = True
    person.save(update_fields=["email", "password", "is_active"])
    return person
