"""What was signed on paper: registered by one person, confirmed by another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import outside
from covenants.documents import fixed_version
from covenants.models import OutsideRegistration
from covenants.round_forms import OutsideForm
from portal.act_pages import done
from portal.acts import Refused
from portal.files import download


@requires(Permission.COVENANT_FREEZE)
@require_http_methods(["GET", "HEAD", "POST"])
def outside_list(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Every registration, and the form for the next."""
    version = fixed_version(coalition, document, number)
    form = OutsideForm(request.POST or None, request.FILES or None, version=version)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            registered = outside.register_paper(version=version, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Geregistreerd. Iemand anders controleert het papier en bevestigt.")
            return redirect("covenants:outside-detail", coalition.slug, document, number, registered.pk)
    registrations = version.outside_registrations.select_related(
        "registered_by", "confirmed_by"
    ).prefetch_related("lines")
    context = {
        "coalition": coalition,
        "version": version,
        "registrations": registrations,
        "form": form,
    }
    return render(request, "covenants/outside_list.html", context)


@requires(Permission.COVENANT_FREEZE)
@require_safe
def outside_detail(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """What was registered, beside the paper itself."""
    found = _find(coalition, document, number, pk)
    lines = list(found.lines.all())
    context = {
        "coalition": coalition,
        "version": found.version,
        "registration": found,
        "lines": lines,
        "is_own": found.registered_by == request.user,
        "in_vain": _in_vain(found, {line.organisation_id for line in lines}),
    }
    return render(request, "covenants/outside_detail.html", context)


@requires(Permission.COVENANT_FREEZE)
@require_POST
def outside_confirm(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """A second person looked at the paper."""
    person: Any = request.user
    try:
        signed = outside.confirm(registration=_find(coalition, document, number, pk), by=person)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        count = len(signed)
        words = "handtekening staat" if count == 1 else "handtekeningen staan"
        messages.success(request, f"Bevestigd: {count} {words} in het register.")
    return redirect("covenants:outside-detail", coalition.slug, document, number, pk)


@requires(Permission.COVENANT_FREEZE)
@require_POST
def outside_reject(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """The paper does not say this."""
    person: Any = request.user
    return done(
        request,
        lambda: outside.reject(registration=_find(coalition, document, number, pk), by=person),
        "Afgewezen. Er staat niets van in het register.",
        reverse("covenants:outside-list", args=[coalition.slug, document, number]),
    )


@requires(Permission.COVENANT_FREEZE)
@require_safe
def outside_evidence(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """The paper."""
    return download(_find(coalition, document, number, pk).evidence)


def _in_vain(registration: OutsideRegistration, organisations: set[int]) -> str:
    """Why nobody can confirm it any more; blank where somebody can."""
    try:
        if registration.is_waiting:
            outside.refuse_parties(registration.version, organisations)
    except outside.AlreadyParty as refusal:
        return str(refusal)
    return ""


def _find(coalition: Coalition, document: str, number: int, pk: int) -> OutsideRegistration:
    version = fixed_version(coalition, document, number)
    found: Any = version.outside_registrations.select_related(
        "version__covenant", "evidence", "registered_by", "confirmed_by", "rejected_by"
    )
    return get_object_or_404(found, pk=pk)
