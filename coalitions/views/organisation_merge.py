"""Organisations that may be one: suggested, looked at, merged or kept apart."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions import platform_menu
from coalitions.access import Permission, requires
from coalitions.mandate_forms import ReasonForm
from coalitions.models import Coalition
from coalitions.organisation_access import may_merge, mergeable_organisations, organisations_of
from partners import duplicates, merging
from partners.models import MergeProposal, MergeState, Organisation
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.ORGANISATION_MERGE)
@require_safe
def duplicate_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Pairs on the list of the coalition that look like one."""
    inside = Organisation.objects.active().filter(pk__in=organisations_of([coalition.pk]))
    pairs = duplicates.suggested_pairs(list(inside.values_list("pk", flat=True)))
    context = {"coalition": coalition, "pairs": pairs}
    return render(request, "coalitions/duplicate_list.html", context)


@requires(Permission.ORGANISATION_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request: PersonRequest, kept_pk: int, gone_pk: int) -> HttpResponse:
    """What would happen; then merge, or ask the administrator where the right does not reach."""
    kept, gone = _pair(request, kept_pk, gone_pk)
    is_allowed = may_merge(request.user, kept, gone)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Waarom is dit dezelfde?")
    if form.is_bound and (is_allowed or form.is_valid()):
        try:
            if is_allowed:
                merging.merge(kept=kept, gone=gone, by=request.user)
                messages.success(request, f"{gone} is samengevoegd met {kept}.")
            else:
                merging.propose(kept=kept, gone=gone, by=request.user, **form.cleaned_data)
                messages.success(request, "Het voorstel ligt bij de platformbeheerder.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(kept)
    lines: list[str] = []
    try:
        lines = merging.preview(kept=kept, gone=gone, by=request.user) if is_allowed else []
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(kept)
    context = {"kept": kept, "gone": gone, "lines": lines, "is_allowed": is_allowed, "form": form}
    return render(request, "coalitions/organisation_merge.html", context)


@requires(Permission.ORGANISATION_MERGE)
@require_POST
def organisation_keep_apart(request: PersonRequest, kept_pk: int, gone_pk: int) -> HttpResponse:
    """They are two; the pair is not suggested again."""
    first, second = _pair(request, kept_pk, gone_pk)
    try:
        merging.keep_apart(
            first=first, second=second, reason="Bekeken: dit zijn twee organisaties.", by=request.user
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{first} en {second} blijven twee organisaties.")
    return redirect(first)


@requires(Permission.PLATFORM_MANAGE)
@require_safe
def platform_merge_list(request: PersonRequest) -> HttpResponse:
    """What coordinators proposed, and pairs over all coalitions that look like one."""
    proposals = MergeProposal.objects.select_related("kept__type", "gone__type", "proposed_by", "decided_by")
    everybody = Organisation.objects.active().values_list("pk", flat=True)
    context = {
        "menu": platform_menu.entries(request),
        "open": proposals.filter(state=MergeState.OPEN).order_by("proposed_at"),
        "decided": proposals.exclude(state=MergeState.OPEN)[:20],
        "pairs": duplicates.suggested_pairs(list(everybody), limit=50),
    }
    return render(request, "coalitions/platform_merge_list.html", context)


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_merge_reject(request: PersonRequest, pk: int) -> HttpResponse:
    """They are two, with the reason that the coordinator reads."""
    found = MergeProposal.objects.select_related("kept", "gone", "proposed_by")
    proposal = get_object_or_404(found, pk=pk)
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label="Waarom zijn dit twee organisaties?"
    )
    if form.is_bound and form.is_valid():
        try:
            merging.reject(proposal=proposal, answer=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het voorstel is afgewezen.")
            return redirect("coalitions:platform-merge-list")
    context = {"menu": platform_menu.entries(request), "proposal": proposal, "form": form}
    return render(request, "coalitions/platform_merge_reject.html", context)


def _pair(request: PersonRequest, kept_pk: int, gone_pk: int) -> tuple[Organisation, Organisation]:
    """Two that she may decide on; at least one on a list of her own, and both known to her."""
    mine = mergeable_organisations(request.user).select_related("type", "municipality")
    return get_object_or_404(mine, pk=kept_pk), get_object_or_404(mine, pk=gone_pk)
