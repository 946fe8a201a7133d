"""The rounds of a version: open one, close it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import authority, rounds
from covenants.documents import fixed_version
from covenants.models import VersionState
from covenants.round_forms import RoundForm
from covenants.signing_invitations import signed_organisation_ids
from portal.act_pages import done
from portal.acts import Refused
from portal.numbers import counted

OPENABLE = (VersionState.FROZEN, VersionState.CLOSED)


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def round_list(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Every round, and the form for the next; opening one invites everybody who may sign."""
    version = fixed_version(coalition, document, number)
    form = RoundForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            opened = rounds.open_round(
                version=version, closes_at=form.closes_at, kind=form.cleaned_data["kind"], by=person
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent = counted(opened.invitations.count(), "uitnodiging", "uitnodigingen")
            messages.success(request, f"De ronde is open. Per mail verstuurd: {sent}.")
            return redirect(request.path)
    signed = signed_organisation_ids(version)
    mandated = {one.representative.organisation_id for one in authority.mandated_people(coalition)}
    context = {
        "coalition": coalition,
        "version": version,
        "rounds": version.rounds.order_by("-number").select_related("opened_by"),
        "form": form if version.state in OPENABLE else None,
        "to_invite": len(mandated - signed),
    }
    return render(request, "covenants/round_list.html", context)


@requires(Permission.COVENANT_WRITE)
@require_POST
def round_close(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """Nobody signs any more until a new round opens."""
    version = fixed_version(coalition, document, number)
    round: Any = get_object_or_404(version.rounds.select_related("version"), pk=pk)
    person: Any = request.user
    return done(
        request,
        lambda: rounds.close_round(round=round, by=person),
        f"Ronde {round.number} is gesloten.",
        reverse("covenants:round-list", args=[coalition.slug, document, number]),
    )
