"""Which mail somebody wants, and ending it with one click from the mail itself."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partners import people, unsubscribing
from partners.forms import MailChoiceForm
from partners.models import Person
from partners.requests import sent
from portal.signed_in import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: HttpRequest) -> HttpResponse:
    """One choice for all coalitions."""
    person = cast(Person, request.user)
    form = MailChoiceForm(*sent(request), initial={"mail_choice": person.mail_choice})
    if form.is_bound and form.is_valid():
        people.choose_mail(person=person, choice=form.cleaned_data["mail_choice"], by=person)
        messages.success(request, "Je keuze is opgeslagen.")
        return redirect("partners:mail-choice")
    return render(request, "partners/mail_choice.html", {"form": form})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails with news; mail programs post here by themselves, without a log-in.

    The link holds for one person and one choice only, so it needs no other protection.
    """
    person = unsubscribing.person_of(token)
    if person is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        people.choose_mail(person=person, choice=Person.MailChoice.NEEDED, by=person)
    return render(request, "partners/unsubscribe.html", {"is_done": is_done})
