"""The page that asks for the proof, and the act of signing behind it."""

import uuid

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import challenges, signatures
from covenants.authority import SigningRefused
from covenants.documents import fixed_version
from covenants.models import ChallengePurpose
from covenants.signing_forms import ProofForm
from covenants.views.ended_roles import tells_whose_role_ended
from covenants.views.proof_pages import own_challenge, refuse_answer, show_proof, show_refusal

# Where an answer to a question goes.
PAGES = {
    ChallengePurpose.SIGN: "covenants:signing-proof",
    ChallengePurpose.WITHDRAW: "covenants:withdrawal-proof",
}


@tells_whose_role_ended
@requires(Permission.COVENANT_READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing_proof(
    request: HttpRequest, coalition: Coalition, document: str, number: int, challenge: uuid.UUID
) -> HttpResponse:
    """Ask for the code or the passkey; with the right answer the signature is there."""
    version = fixed_version(coalition, document, number)
    asked = own_challenge(request, version, challenge, ChallengePurpose.SIGN)
    form = ProofForm(request.POST or None, challenge=asked)
    if request.method != "POST" or not form.is_valid():
        return show_proof(request, version, asked, form)
    try:
        signed = signatures.sign(
            challenge=asked.pk,
            version=version,
            by=request.user,  # type: ignore[arg-type]
            address=get_adapter().get_client_ip(request),
            **form.cleaned_data,
        )
    except challenges.Wrong as refusal:
        return refuse_answer(request, version, asked, form, refusal)
    except SigningRefused as refusal:
        return show_refusal(request, version, refusal)
    page = reverse("covenants:signed", args=[coalition.slug, document, number])
    return redirect(f"{page}?organisatie={signed.act.organisation_id}")


@tells_whose_role_ended
@requires(Permission.COVENANT_READ)
@require_POST
def signing_proof_again(
    request: HttpRequest, coalition: Coalition, document: str, number: int, challenge: uuid.UUID
) -> HttpResponse:
    """A new question in place of one that ran out; what she ticked and typed stays."""
    version = fixed_version(coalition, document, number)
    purpose = ChallengePurpose.WITHDRAW if "opzeggen" in request.POST else ChallengePurpose.SIGN
    asked = own_challenge(request, version, challenge, purpose)
    try:
        fresh = challenges.ask(
            version=version,
            mandate=asked.mandate,
            method=asked.method,
            typed_name=asked.typed_name,
            by=request.user,  # type: ignore[arg-type]
            purpose=purpose,
            reason=asked.reason,
        )
    except SigningRefused as refusal:
        return show_refusal(request, version, refusal)
    return redirect(PAGES[purpose], coalition.slug, document, number, fresh.pk)
