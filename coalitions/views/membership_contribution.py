"""What an organisation is in the coalition."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import members
from coalitions.access import Permission, requires
from coalitions.member_forms import ContributionForm
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.act_pages import carried_out
from portal.revisions import revision_of


@requires(Permission.MEMBERSHIP_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def membership_contribution(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The coordinator writes it down; of two who do so at once the second sees both."""
    membership = get_object_or_404(coalition.memberships.for_list(), pk=pk)
    form = ContributionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "contribution_role": membership.contribution_role,
            "seen": revision_of(membership),
        },
    )
    write = partial(members.change_contribution, membership=membership, by=request.user)
    if carried_out(request, form, write, "Opgeslagen."):
        return redirect("coalitions:membership-detail", coalition.slug, pk)
    return render(
        request,
        "coalitions/membership_contribution.html",
        {"coalition": coalition, "membership": membership, "form": form},
    )
