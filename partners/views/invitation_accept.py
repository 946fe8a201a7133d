"""The page behind the link of an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from partners import invitations
from partners.forms import AcceptInvitationForm
from partners.login import has_account, log_in
from partners.models import Invitation, Person


@login_not_required
@never_cache
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation; only the button uses it up, so that a mail scanner does not."""
    try:
        invitation = invitations.find(token)
        if request.user.is_authenticated and request.user != invitation.person:
            return render(request, "partners/invitation_for_another.html")
        if has_account(invitation.person):
            return _go_on(request, invitation)
        return _open(request, invitation)
    except invitations.Unusable as refusal:
        return render(
            request,
            "partners/invitation_unusable.html",
            {"refusal": refusal},
            status=refusal.status,
        )


def _open(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AcceptInvitationForm(request.POST or None, person=invitation.person)
    if request.method != "POST" or not form.is_valid():
        context = {"invitation": invitation, "form": form}
        return render(request, "partners/invitation_accept.html", context)
    person = invitations.accept(
        invitation=invitation,
        name=form.cleaned_data["name"],
        password=form.cleaned_data["password"] or None,
    )
    return log_in(request, person, redirect_url=reverse("portal:landing"))


def _go_on(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Who has an account already logs in as always: a link by mail is no way around that."""
    if request.method != "POST":
        context = {"invitation": invitation}
        return render(request, "partners/invitation_go_on.html", context)
    person: Person = invitations.accept(invitation=invitation)
    if request.user != person:
        messages.info(request, "Je hebt al een account. Log in om verder te gaan.")
    return redirect("portal:landing")
