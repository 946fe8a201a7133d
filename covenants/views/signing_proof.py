"""The page that asks for the proof, and the act of signing behind it."""

import uuid
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import challenges, proofs, signatures
from covenants.authority import SigningRefused
from covenants.models import Challenge, ChallengePurpose, CovenantVersion, Method
from covenants.signing_forms import ProofForm
from covenants.versions import fixed_version


@requires(Permission.COVENANT_READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing_proof(
    request: HttpRequest, coalition: Coalition, number: int, challenge: uuid.UUID
) -> HttpResponse:
    """Ask for the code or the passkey; with the right answer the signature is there."""
    version = fixed_version(coalition, number)
    asked = _own(request, version, challenge)
    form = ProofForm(request.POST or None, challenge=asked)
    if request.method != "POST" or not form.is_valid():
        return _show(request, version, asked, form)
    try:
        signed = signatures.sign(
            challenge=asked.pk,
            version=version,
            by=request.user,  # type: ignore[arg-type]
            address=get_adapter().get_client_ip(request),
            **form.cleaned_data,
        )
    except challenges.Wrong as refusal:
        return _refuse_answer(request, version, asked, form, refusal)
    except SigningRefused as refusal:
        context = {"version": version, "coalition": coalition, "refusal": refusal}
        return render(request, "covenants/signing_refused.html", context, status=refusal.status)
    page = reverse("covenants:signed", args=[coalition.slug, number])
    return redirect(f"{page}?organisatie={signed.act.organisation_id}")


@requires(Permission.COVENANT_READ)
@require_POST
def signing_proof_again(
    request: HttpRequest, coalition: Coalition, number: int, challenge: uuid.UUID
) -> HttpResponse:
    """A new question in place of one that ran out; what she ticked and typed stays."""
    version = fixed_version(coalition, number)
    asked = _own(request, version, challenge)
    try:
        fresh = challenges.ask(
            version=version,
            mandate=asked.mandate,
            method=asked.method,
            typed_name=asked.typed_name,
            by=request.user,  # type: ignore[arg-type]
        )
    except SigningRefused as refusal:
        context = {"version": version, "coalition": coalition, "refusal": refusal}
        return render(request, "covenants/signing_refused.html", context, status=refusal.status)
    return redirect("covenants:signing-proof", coalition.slug, number, fresh.pk)


def _own(request: HttpRequest, version: CovenantVersion, pk: uuid.UUID) -> Challenge:
    own: Any = Challenge.objects.select_related("person", "organisation", "mandate__representative")
    return get_object_or_404(own, pk=pk, version=version, person=request.user, purpose=ChallengePurpose.SIGN)


def _show(
    request: HttpRequest,
    version: CovenantVersion,
    asked: Challenge,
    form: ProofForm,
    *,
    status: int = 200,
    is_exhausted: bool = False,
) -> HttpResponse:
    context = {
        "version": version,
        "coalition": version.covenant.coalition,
        "challenge": asked,
        "form": form,
        "is_exhausted": is_exhausted,
        "sign_label": f"Onderteken namens {asked.organisation}",
        "passkey": {"request_options": proofs.passkey_options(asked)}
        if asked.method == Method.PASSKEY
        else None,
    }
    return render(request, "covenants/signing_proof.html", context, status=status)


def _refuse_answer(
    request: HttpRequest,
    version: CovenantVersion,
    asked: Challenge,
    form: ProofForm,
    refusal: challenges.Wrong,
) -> HttpResponse:
    # Only wrong answers count: a hall full of people shares one address.
    is_calm = ratelimit.consume(request, action="signing_failed")
    form.add_error(None, str(refusal))
    status = refusal.status if is_calm else challenges.Exhausted.status
    asked.refresh_from_db()
    return _show(
        request,
        version,
        asked,
        form,
        status=status,
        is_exhausted=isinstance(refusal, challenges.Exhausted) or asked.is_over,
    )
