"""The parties stop with a whole document: one person proposes it, another confirms."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import documents, endings
from covenants.models import EndProposal
from covenants.register import register
from covenants.round_forms import EndForm
from partners.requests import PersonRequest
from portal.act_pages import carried_out, done


@requires(Permission.COVENANT_FREEZE)
@require_http_methods(["GET", "HEAD", "POST"])
def covenant_end(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """From which day, and why; or what somebody proposed, and whose turn it is."""
    covenant = documents.document_of(coalition, document)
    form = EndForm(request.POST or None)

    def propose(*, understood: bool, **facts: Any) -> EndProposal:
        return endings.propose_end(covenant=covenant, by=request.user, **facts)

    if carried_out(request, form, propose, "Voorgesteld. Iemand anders bevestigt het."):
        return redirect("covenants:covenant-end", coalition.slug, document)
    proposal = covenant.end_proposals.waiting().select_related("proposed_by").first()
    context = {
        "coalition": coalition,
        "covenant": covenant,
        "form": form,
        "proposal": proposal,
        "is_own": proposal is not None and proposal.proposed_by_id == request.user.pk,
        "count": len(register(covenant)),
    }
    return render(request, "covenants/covenant_end.html", context)


@requires(Permission.COVENANT_FREEZE)
@require_POST
def covenant_end_confirm(
    request: PersonRequest, coalition: Coalition, document: str, pk: int
) -> HttpResponse:
    """The second person confirms what she read."""
    proposal = _proposal(coalition, document, pk)
    return done(
        request,
        lambda: endings.confirm_end(proposal=proposal, by=request.user),
        "Het document is beëindigd. Alle partijen krijgen bericht.",
        reverse("covenants:covenant-end", args=[coalition.slug, document]),
    )


@requires(Permission.COVENANT_FREEZE)
@require_POST
def covenant_end_withdraw(
    request: PersonRequest, coalition: Coalition, document: str, pk: int
) -> HttpResponse:
    """The proposal is off."""
    proposal = _proposal(coalition, document, pk)
    return done(
        request,
        lambda: endings.withdraw_end(proposal=proposal, by=request.user),
        "Het voorstel is ingetrokken. Het document loopt door.",
        reverse("covenants:covenant-end", args=[coalition.slug, document]),
    )


def _proposal(coalition: Coalition, document: str, pk: int) -> EndProposal:
    return get_object_or_404(documents.document_of(coalition, document).end_proposals, pk=pk)
