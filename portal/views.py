"""Pages of the ground floor: health, where people land, and the fixed texts."""

import sys
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import hooks
from portal import search as searching
from portal.accessibility_statement import STATEMENT
from portal.files import download
from portal.glossary import TERMS
from portal.health import OUTAGES, check_parts
from portal.models import Mail
from portal.signed_in import signed_in


@login_not_required
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """What a load balancer asks: 503 only where no page would work."""
    parts = check_parts()
    has_database = next(part.is_well for part in parts if part.name == "database")
    if not has_database:
        state = "onbereikbaar"
    else:
        state = "goed" if all(part.is_well for part in parts) else "verminderd"
    return JsonResponse(
        {"status": state, **{part.name: "goed" if part.is_well else "weg" for part in parts}},
        status=HTTPStatus.OK if has_database else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what does not exist, or not for this person, with why where that is known."""
    context = {"sentence": getattr(exception, "sentence", "")}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an error of ours, or a calm one while PostgreSQL is away."""
    if not isinstance(sys.exc_info()[1], OUTAGES):
        return defaults.server_error(request)
    # Without the request, so that no context processor asks the database who is logged in.
    page = render_to_string("503.html")
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "30"})


@signed_in
def landing(request: HttpRequest) -> HttpResponse:
    """Send each role to its work after log-in."""
    return redirect(hooks.landing(request.user) or "/")


@login_not_required
def demo_mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail of the demo, the newest on top; nowhere else does this page exist."""
    _only_in_demo()
    mails = Mail.objects.order_by("-pk")
    page = Paginator(mails, 25).get_page(request.GET.get("pagina"))
    return render(request, "portal/demo_mail_list.html", {"page": page})


@login_not_required
def demo_mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail of the demo, codes and links included."""
    _only_in_demo()
    mail = get_object_or_404(Mail.objects.select_related("attachment"), pk=pk)
    return render(request, "portal/demo_mail_detail.html", {"mail": mail})


@login_not_required
def demo_mail_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that went along with a mail of the demo."""
    _only_in_demo()
    mail = get_object_or_404(Mail.objects.select_related("attachment"), pk=pk, attachment__isnull=False)
    return download(mail.attachment)


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, in the fixed Dutch model."""
    return render(request, "portal/accessibility.html", {"statement": STATEMENT})


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data the portal keeps, and why."""
    return render(request, "portal/privacy.html")


@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    """Where to ask what."""
    return render(request, "portal/contact.html")


@login_not_required
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of Kansrijke Start."""
    return render(request, "portal/glossary.html", {"terms": TERMS})


class SearchForm(forms.Form):
    """What somebody looks for, and of which kind when she wants to see all of it."""

    marks_optional_fields = False
    zoek = forms.CharField(label="Waar zoek je naar?", max_length=100, required=False)
    soort = forms.IntegerField(required=False, widget=forms.HiddenInput)


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything in the portal that this person may see with these words in it."""
    form = SearchForm(request.GET)
    words, kind = form.cleaned_data.values() if form.is_valid() else ("", None)
    found = searching.search(request.user, words, only=kind)
    # Who searches anew looks for everything.
    context = {"form": SearchForm({"zoek": words}), "words": words, "kind": kind, "found": found}
    return render(request, "portal/search.html", context)


def _only_in_demo() -> None:
    if not settings.PORTAL_DEMO:
        raise Http404
