"""A partner takes her own organisation out of the coalition (opzeggen)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import members
from coalitions.access import Permission, memberships_within, requires
from coalitions.member_forms import MembershipStepForm
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.act_pages import carried_out


@requires(Permission.MEMBERSHIP_LEAVE)
@require_http_methods(["GET", "HEAD", "POST"])
def membership_leave(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Only for who may sign for the organisation; the coordinators get a mail."""
    own = memberships_within(request.user, Permission.MEMBERSHIP_LEAVE, coalition)
    membership = get_object_or_404(own.members().for_list(), pk=pk)
    form = MembershipStepForm(
        request.POST if request.method == "POST" else None,
        question="Per wanneer stopt de organisatie?",
        needs_reason=True,
        initial={"seen": membership.state},
    )
    if carried_out(
        request,
        form,
        partial(members.give_notice, membership=membership, by=request.user),
        f"{membership.organisation} is geen lid meer van {coalition}. De coördinator krijgt bericht.",
    ):
        return redirect("coalitions:my-page")
    return render(
        request,
        "coalitions/membership_leave.html",
        {"coalition": coalition, "membership": membership, "form": form},
    )
