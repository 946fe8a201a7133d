"""The coordinator reads the requests to join, and decides."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions import join_requests
from coalitions.access import Permission, requires
from coalitions.join_forms import JoinAcceptForm, JoinRejectForm
from coalitions.models import Coalition, JoinRequest
from coalitions.models.join_requests import OPEN_REQUEST_STATES
from partners.requests import PersonRequest
from portal.act_pages import carried_out, done
from portal.acts import Refused
from portal.list_filters import PAGE_SIZE


@requires(Permission.JOIN_DECIDE)
@require_safe
def join_request_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """What waits, the oldest first; or what was answered, the latest first."""
    shows_answered = request.GET.get("toon") == "beantwoord"
    rows = coalition.join_requests.select_related("type", "municipality", "decided_by")
    rows = (
        rows.exclude(state__in=OPEN_REQUEST_STATES).order_by("-decided_at", "-pk")
        if shows_answered
        else rows.open().order_by("submitted_at", "pk")
    )
    here = reverse("coalitions:join-request-list", args=[coalition.slug])
    return render(
        request,
        "coalitions/join_request_list.html",
        {
            "coalition": coalition,
            "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina", 1)),
            "shows_answered": shows_answered,
            "tabs": [
                ("Wacht op antwoord", here, not shows_answered),
                ("Beantwoord", f"{here}?{urlencode({'toon': 'beantwoord'})}", shows_answered),
            ],
        },
    )


@requires(Permission.JOIN_DECIDE)
@require_safe
def join_request_detail(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One request, with what the register knows that looks like it."""
    found = _request(coalition, pk)
    candidates = join_requests.candidates_for(found) if found.is_open else []
    listed = coalition.memberships.filter(organisation__in=candidates, left_on__isnull=True)
    states = {row.organisation_id: row for row in listed}
    return render(
        request,
        "coalitions/join_request_detail.html",
        {
            "coalition": coalition,
            "found": found,
            "candidates": [(one, states.get(one.pk)) for one in candidates],
        },
    )


@requires(Permission.JOIN_DECIDE)
@require_POST
def join_request_take_up(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Colleagues see that somebody is looking at it."""
    return done(
        request,
        lambda: join_requests.take_up(request=_request(coalition, pk), by=request.user),
        "De aanmelding staat op ‘In behandeling’.",
        reverse("coalitions:join-request-detail", args=[coalition.slug, pk]),
    )


@requires(Permission.JOIN_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def join_request_accept(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Which organisation becomes a member, and what the applicant hears."""
    found = _request(coalition, pk)
    form = JoinAcceptForm(
        request.POST if request.method == "POST" else None,
        request=found,
        candidates=join_requests.candidates_for(found),
    )
    if form.is_bound and form.is_valid():
        try:
            membership = join_requests.accept(
                request=found,
                organisation=form.chosen,
                answer=form.cleaned_data["answer"],
                invites=form.cleaned_data["invites"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{membership.organisation} is lid. De aanmelder krijgt een mail.")
            return redirect(membership)
    return _decision(request, coalition, found, form, "coalitions/join_request_accept.html")


@requires(Permission.JOIN_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def join_request_reject(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    found = _request(coalition, pk)
    form = JoinRejectForm(request.POST if request.method == "POST" else None)
    if carried_out(
        request,
        form,
        partial(join_requests.reject, request=found, by=request.user),
        "De aanmelding is afgewezen. De aanmelder krijgt je antwoord per mail.",
    ):
        return redirect("coalitions:join-request-list", coalition.slug)
    return _decision(request, coalition, found, form, "coalitions/join_request_reject.html")


def _request(coalition: Coalition, pk: int) -> JoinRequest:
    return get_object_or_404(
        coalition.join_requests.select_related("type", "municipality", "decided_by", "matched_organisation"),
        pk=pk,
    )


def _decision(
    request: PersonRequest,
    coalition: Coalition,
    found: JoinRequest,
    form: JoinAcceptForm | JoinRejectForm,
    template: str,
) -> HttpResponse:
    return render(request, template, {"coalition": coalition, "found": found, "form": form})
