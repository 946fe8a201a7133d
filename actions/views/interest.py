"""A member shows its energy for one action: pull, join or follow."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actions import themes
from actions.interest_forms import InterestForm
from actions.views.action_detail import action_of
from coalitions.access import Permission, memberships_within, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.acts import Refused


@requires(Permission.INTEREST_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def interest_record(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """What a member wants to do with it, or nothing any more."""
    action = action_of(coalition, number)
    own = memberships_within(request.user, Permission.INTEREST_RECORD, coalition).members()
    form = InterestForm(*sent(request), own=own)
    if form.is_bound and form.is_valid():
        member, kind = form.cleaned_data["membership"], form.cleaned_data["kind"]
        try:
            if kind:
                themes.show_interest(membership=member, action=action, kind=kind, by=request.user)
            else:
                themes.withdraw_interest(membership=member, action=action, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Wat {member.organisation} wil, staat erbij.")
            return redirect(action)
    context = {"coalition": coalition, "action": action, "form": form, "label": "Geef je energie aan"}
    return render(request, "actions/action_part.html", context)
