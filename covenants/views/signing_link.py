"""The page behind the link in a mail: it says whom we asked, and lets her in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coalitions.models import Coalition
from covenants import signing_invitations
from covenants.documents import fixed_version
from covenants.models import Method, SigningInvitation
from covenants.proofs import methods_of
from covenants.signing_forms import NameOnEntryForm
from covenants.signing_invitations import Unusable
from covenants.signing_limits import refuse_guessing
from partners.login import has_account, log_in


@login_not_required
@never_cache
def signing_link(request: HttpRequest, slug: str, document: str, number: int, token: str) -> HttpResponse:
    """Looking uses nothing up, so that a mail scanner may; the log-in decides who may sign."""
    version = fixed_version(get_object_or_404(Coalition, slug=slug), document, number)
    try:
        invitation = signing_invitations.find(version, token)
    except Unusable as refusal:
        return refuse_guessing(request, refusal) or _unusable(request, refusal)
    if request.user.is_authenticated and request.user != invitation.person:
        context = {"invitation": invitation}
        return render(request, "covenants/signing_link_of_another.html", context, status=403)
    if request.user.is_authenticated:
        return redirect(_next_page(invitation))
    if has_account(invitation.person):
        return _to_login(invitation)
    return _enter(request, invitation)


@login_not_required
@require_POST
def signing_link_renew(
    request: HttpRequest, slug: str, document: str, number: int, token: str
) -> HttpResponse:
    """A new link, by mail to the invited address only; the answer is the same whatever came of it."""
    version = fixed_version(get_object_or_404(Coalition, slug=slug), document, number)
    try:
        signing_invitations.find(version, token)
    except Unusable as refusal:
        if refused := refuse_guessing(request, refusal):
            return refused
        if refusal.may_renew and refusal.invitation:
            signing_invitations.renew_if_asked(invitation=refusal.invitation)
    return render(request, "covenants/signing_link_renewed.html")


def _enter(request: HttpRequest, invitation: SigningInvitation) -> HttpResponse:
    """Who never logged in opens her account here, once; from then on she logs in as everybody does."""
    form = NameOnEntryForm(request.POST or None, initial={"name": invitation.person.name})
    if request.method == "POST" and form.is_valid():
        person = signing_invitations.enter(invitation=invitation, name=form.cleaned_data["name"])
        if person is None:
            return _to_login(invitation)
        return log_in(request, person, redirect_url=_next_page(invitation))
    return render(request, "covenants/signing_link.html", {"invitation": invitation, "form": form})


def _to_login(invitation: SigningInvitation) -> HttpResponse:
    """Where she can log in: who came in by a link has no password, and gets a code by mail at once."""
    person = invitation.person
    can_only_ask = not person.has_usable_password() and Method.PASSKEY not in methods_of(person)
    page = "account_request_login_code" if can_only_ask else "account_login"
    return redirect_to_login(_next_page(invitation), login_url=reverse(page))


def _next_page(invitation: SigningInvitation) -> str:
    version = invitation.round.version
    name = "covenants:signed" if invitation.used_at else "covenants:signing"
    page = reverse(name, args=[version.covenant.coalition.slug, version.covenant.slug, version.number])
    return f"{page}?organisatie={invitation.organisation_id}"


def _unusable(request: HttpRequest, refusal: Unusable) -> HttpResponse:
    match: Any = request.resolver_match
    context = {
        "refusal": refusal,
        "renew_url": reverse("covenants:signing-link-renew", kwargs=match.kwargs),
    }
    return render(request, "covenants/signing_link_unusable.html", context, status=refusal.status)
