"""Agreements between kinds of organisations on how they work together."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import conditions
from coalitions.access import Permission, can, requires
from coalitions.condition_forms import AgreementForm
from coalitions.models import Agreement, Coalition
from coalitions.views.condition_page import page
from partners.requests import PersonRequest, sent
from portal import files
from portal.act_pages import carried_out
from portal.revisions import revision_of


@requires(Permission.MEMBERS_READ)
@require_safe
def agreement_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """All versions, the newest of each title first."""
    found = coalition.agreements.select_related("file").prefetch_related("party_types")
    return page(
        request,
        "agreement_list",
        coalition,
        agreements=found,
        today=timezone.localdate(),
        may_write=can(request.user, Permission.CONDITION_SCORE, coalition),
    )


@requires(Permission.MEMBERS_READ)
@require_safe
def agreement_file(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The document of one agreement."""
    agreement = get_object_or_404(coalition.agreements.select_related("file"), pk=pk)
    if agreement.file is None:
        raise Http404
    return files.download(agreement.file)


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A new agreement, or a new version of one."""
    return _written(request, coalition, AgreementForm(*sent(request)), None)


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Correct an agreement; without a new file the old one stays."""
    agreement = get_object_or_404(coalition.agreements, pk=pk)
    held = {field: getattr(agreement, field) for field in ("title", "version", "valid_from", "review_on")}
    form = AgreementForm(
        *sent(request),
        initial={**held, "party_types": agreement.party_types.all(), "seen": revision_of(agreement)},
    )
    return _written(request, coalition, form, agreement)


def _written(
    request: PersonRequest, coalition: Coalition, form: AgreementForm, agreement: Agreement | None
) -> HttpResponse:
    if carried_out(
        request,
        form,
        partial(conditions.write_agreement, coalition=coalition, agreement=agreement, by=request.user),
        "De afspraak is opgeslagen.",
    ):
        return redirect("coalitions:agreement-list", coalition.slug)
    return page(request, "agreement_form", coalition, form=form, agreement=agreement)
