"""The page that asks for a code or a passkey, shared by every act that needs one."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from covenants import challenges, proofs
from covenants.authority import SigningRefused
from covenants.models import Challenge, ChallengePurpose, CovenantVersion, Method
from covenants.signing_forms import ProofForm

WORDS = {
    ChallengePurpose.SIGN: (
        "Onderteken namens {}",
        "U tekent namens",
        "Daarmee is uw handtekening vastgelegd.",
    ),
    ChallengePurpose.WITHDRAW: (
        "Zeg op namens {}",
        "U zegt op namens",
        "Daarmee is uw opzegging vastgelegd.",
    ),
}


OUTCOMES = {
    ChallengePurpose.SIGN: "covenants:signed",
    ChallengePurpose.WITHDRAW: "covenants:withdrawal",
}


def own_challenge(
    request: HttpRequest, version: CovenantVersion, pk: uuid.UUID, purpose: ChallengePurpose
) -> Challenge:
    """The question of who is logged in; 404 for one of somebody else."""
    own: Any = Challenge.objects.select_related("person", "organisation", "mandate__representative")
    return get_object_or_404(own, pk=pk, version=version, person=request.user, purpose=purpose)


def show_proof(
    request: HttpRequest,
    version: CovenantVersion,
    asked: Challenge,
    form: ProofForm,
    *,
    status: int = 200,
    is_exhausted: bool = False,
) -> HttpResponse:
    """The page itself; of a question that was answered, what came of it."""
    if asked.used_at:
        return redirect(_outcome(asked, version))
    button, lead, effect = WORDS[ChallengePurpose(asked.purpose)]
    context = {
        "version": version,
        "coalition": version.covenant.coalition,
        "challenge": asked,
        "form": form,
        "is_exhausted": is_exhausted,
        "button_label": button.format(asked.organisation),
        "lead": lead,
        "effect": effect,
        "passkey": {"request_options": proofs.passkey_options(asked)}
        if asked.method == Method.PASSKEY
        else None,
    }
    return render(request, "covenants/signing_proof.html", context, status=status)


def _outcome(asked: Challenge, version: CovenantVersion) -> str:
    """Where somebody who comes back, or sends the same twice, sees that it was done."""
    covenant = version.covenant
    page = reverse(
        OUTCOMES[ChallengePurpose(asked.purpose)],
        args=[covenant.coalition.slug, covenant.slug, version.number],
    )
    return f"{page}?organisatie={asked.organisation_id}"


def refuse_answer(
    request: HttpRequest,
    version: CovenantVersion,
    asked: Challenge,
    form: ProofForm,
    refusal: challenges.Wrong,
) -> HttpResponse:
    """The page again, with what was wrong."""
    # Only wrong answers count: a hall full of people shares one address.
    is_calm = ratelimit.consume(request, action="signing_failed")
    form.add_error(None, str(refusal))
    asked.refresh_from_db()
    return show_proof(
        request,
        version,
        asked,
        form,
        status=refusal.status if is_calm else challenges.Exhausted.status,
        is_exhausted=isinstance(refusal, challenges.Exhausted) or asked.is_over,
    )


def show_refusal(request: HttpRequest, version: CovenantVersion, refusal: SigningRefused) -> HttpResponse:
    """Why the act is not possible (any more), and where to go from here."""
    context = {"version": version, "coalition": version.covenant.coalition, "refusal": refusal}
    return render(request, "covenants/signing_refused.html", context, status=refusal.status)


def chosen_organisation(request: HttpRequest) -> int | None:
    """For which of her organisations somebody is here, where she chose one."""
    chosen = request.GET.get("organisatie", "")
    return int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
