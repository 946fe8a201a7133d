"""A party gives notice, with a proof of its own; and takes it back before it is in force."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import challenges, withdrawals
from covenants.authority import NoMandate, SigningRefused, mandates_in
from covenants.documents import fixed_version
from covenants.models import Challenge, ChallengePurpose, Withdrawal
from covenants.presenters.withdrawal import WithdrawalPage, withdrawal_page
from covenants.register import held_by
from covenants.signing_forms import ProofForm, WithdrawalForm
from covenants.views.ended_roles import tells_whose_role_ended
from covenants.views.proof_pages import (
    chosen_organisation,
    own_challenge,
    refuse_answer,
    show_proof,
    show_refusal,
)


@requires(Permission.COVENANT_DECLINE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """What leaving means and from which day; sending it asks for a proof."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    page = withdrawal_page(version, person, organisation_id=chosen_organisation(request))
    if page.entry is None or page.entry.leaves_on:
        return render(request, "covenants/withdrawal.html", {"page": page})
    form = WithdrawalForm(request.POST or None, person=person, sentence=page.sentence)
    if request.method == "POST" and form.is_valid():
        try:
            asked = _ask(page, form, person)
        except challenges.WrongName as refusal:
            form.add_error("typed_name", str(refusal))
        except SigningRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("covenants:withdrawal-proof", coalition.slug, document, number, asked.pk)
    return render(request, "covenants/withdrawal.html", {"page": page, "form": form})


@tells_whose_role_ended
@requires(Permission.COVENANT_READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal_proof(
    request: HttpRequest, coalition: Coalition, document: str, number: int, challenge: uuid.UUID
) -> HttpResponse:
    """With the right answer notice is given."""
    version = fixed_version(coalition, document, number)
    asked = own_challenge(request, version, challenge, ChallengePurpose.WITHDRAW)
    form = ProofForm(request.POST or None, challenge=asked)
    if request.method != "POST" or not form.is_valid():
        return show_proof(request, version, asked, form)
    person: Any = request.user
    answer = form.cleaned_data["answer"]
    try:
        given = withdrawals.withdraw(challenge=asked.pk, answer=answer, version=version, by=person)
    except challenges.Wrong as refusal:
        return refuse_answer(request, version, asked, form, refusal)
    except SigningRefused as refusal:
        return show_refusal(request, version, refusal)
    messages.success(request, f"Uw opzegging is vastgelegd. U bent partij tot {given.effective_on:%d-%m-%Y}.")
    return redirect("covenants:withdrawal", coalition.slug, document, number)


@requires(Permission.COVENANT_DECLINE)
@require_POST
def withdrawal_retract(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """The party stays."""
    version, person = fixed_version(coalition, document, number), request.user
    given: Any = get_object_or_404(
        Withdrawal.objects.select_related("version", "party"), pk=pk, party__covenant=version.covenant
    )
    own = [
        mandate
        for mandate in mandates_in(coalition, person)  # type: ignore[arg-type]
        if given.party.organisation_id in held_by(version.covenant, mandate.representative.organisation)
    ]
    try:
        if not own:
            raise NoMandate
        withdrawals.retract(withdrawal=given, mandate=own[0], by=person)  # type: ignore[arg-type]
    except SigningRefused as refusal:
        return show_refusal(request, version, refusal)
    messages.success(request, "Uw opzegging is teruggenomen. Uw organisatie blijft partij.")
    return redirect("covenants:withdrawal", coalition.slug, document, number)


def _ask(page: WithdrawalPage, form: WithdrawalForm, person: Any) -> Challenge:
    mandate: Any = page.mandate
    return challenges.ask(
        version=page.version,
        mandate=mandate,
        method=form.cleaned_data["method"],
        typed_name=form.cleaned_data["typed_name"],
        reason=form.cleaned_data["reason"],
        by=person,
        purpose=ChallengePurpose.WITHDRAW,
    )
