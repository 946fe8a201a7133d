"""One mandate: what was asked, its evidence, and the decision on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.mandate_forms import ReasonForm
from coalitions.organisation_access import mandates_to_judge, visible_mandates
from partners import mandates
from partners.requests import PersonRequest
from portal.acts import Refused
from portal.files import download
from portal.signed_in import signed_in


@signed_in
@require_safe
def mandate_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """For the organisation itself, and for who decides on it."""
    mandate = get_object_or_404(visible_mandates(request.user).for_list(), pk=pk)
    is_own = request.user.pk in {mandate.requested_by_id, mandate.representative.person_id}
    judges = mandates_to_judge(request.user).filter(pk=pk).exists()
    context = {"mandate": mandate, "judges": judges and not is_own, "is_own": judges and is_own}
    return render(request, "coalitions/mandate_detail.html", context)


@signed_in
@require_safe
def mandate_evidence(request: PersonRequest, pk: int) -> HttpResponse:
    """The file that was handed in with it."""
    found = visible_mandates(request.user).filter(evidence__isnull=False)
    mandate = get_object_or_404(found.select_related("evidence"), pk=pk)
    assert mandate.evidence  # noqa: S101 - of the filter above
    return download(mandate.evidence)


@requires(Permission.MANDATE_CHECK)
@require_POST
def mandate_check(request: PersonRequest, pk: int) -> HttpResponse:
    """The ground and the evidence are right."""
    mandate = get_object_or_404(mandates_to_judge(request.user), pk=pk)
    try:
        mandate = mandates.check(mandate=mandate, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        bearer = mandate.representative
        messages.success(
            request,
            f"De tekenbevoegdheid van {bearer.person} voor {bearer.organisation} is gecontroleerd.",
        )
    return redirect("coalitions:mandate-detail", pk)


@requires(Permission.MANDATE_CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Refuse a request, or take back what was given, with a reason that the organisation reads."""
    mandate = get_object_or_404(mandates_to_judge(request.user).for_list(), pk=pk)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label="Waarom?",
        help_text="Wie de tekenbevoegdheid heeft en wie haar aanvroeg, lezen dit in een mail.",
    )
    if form.is_bound and form.is_valid():
        try:
            mandates.revoke(mandate=mandate, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De tekenbevoegdheid is ingetrokken.")
            return redirect("coalitions:mandate-detail", pk)
    return render(request, "coalitions/mandate_revoke.html", {"mandate": mandate, "form": form})
