"""Somebody whose role ends while she signs or gives notice hears that nothing was recorded."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coalitions.refusals import Outside
from covenants.models import Challenge, ChallengePurpose, CovenantVersion, Reading, SignatureAct
from covenants.presenters.signing import coordinators_of
from partners.models import Organisation

View = Callable[..., HttpResponse]
TITLES = {
    ChallengePurpose.SIGN: "Uw handtekening is niet vastgelegd",
    ChallengePurpose.WITHDRAW: "Uw opzegging is niet vastgelegd",
}


def tells_whose_role_ended(view: View) -> View:
    """Above the guard of a page of an act: who began it while she was allowed hears what came of it. Anybody
    else gets the answer of the guard, which tells nothing."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **address: Any) -> HttpResponse:
        try:
            return view(request, *args, **address)
        except (Outside, PermissionDenied):
            version = _version_at(address)
            begun = version and _begun_by(request.user, version, sends=request.method == "POST")
            if not version or not begun:
                raise
        context = {
            "title": TITLES[begun[0]],
            "covenant": version.covenant,
            "coalition": version.covenant.coalition,
            "organisation": begun[1],
            "coordinators": coordinators_of(version.covenant.coalition),
        }
        return render(request, "covenants/role_ended.html", context, status=HTTPStatus.CONFLICT)

    return told


def _version_at(address: dict[str, Any]) -> CovenantVersion | None:
    fixed = CovenantVersion.objects.fixed().select_related("covenant__coalition")
    return fixed.filter(
        covenant__coalition__slug=address["slug"],
        covenant__slug=address["document"],
        number=address["number"],
    ).first()


def _begun_by(
    person: Any, version: CovenantVersion, *, sends: bool
) -> tuple[ChallengePurpose, Organisation] | None:
    """The act for which she was asked, since she logged in, to prove who she is, and for whom; or signing,
    where she sends the form under a text that she opened before. Nothing where she finished it."""
    asked = (
        Challenge.objects.filter(
            person=person, version=version, asked_at__gte=person.last_login or timezone.now()
        )
        .select_related("organisation")
        .order_by("-asked_at")
        .first()
    )
    if asked is not None:
        return None if asked.used_at else (ChallengePurpose(asked.purpose), asked.organisation)
    if not sends or SignatureAct.objects.filter(person=person, version=version).exists():
        return None
    read = Reading.objects.filter(person=person, version=version).select_related("organisation")
    opened = read.order_by("-first_at").first()
    return (ChallengePurpose.SIGN, opened.organisation) if opened else None
