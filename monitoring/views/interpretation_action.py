"""From what somebody reads in a figure to an action that may come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions.action_forms import ProposalForm
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from monitoring import interpretations
from monitoring.selection import definition_of
from partners.requests import PersonRequest, sent
from portal.acts import Refused


@requires(Permission.ACTION_PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def interpretation_action(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """An idea that begins with the words of the reading, and stays linked to it."""
    row = get_object_or_404(coalition.interpretations.standing(), pk=pk)
    initial = {"why": row.text, "indicator_codes": [row.indicator_code]}
    form = ProposalForm(*sent(request), coalition=coalition, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            action = interpretations.propose_action(interpretation=row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"‘{action}’ staat erin als idee, met nummer {action.number}.")
            return redirect(action)
    context = {
        "coalition": coalition,
        "form": form,
        "row": row,
        "definition": definition_of(row.indicator_code),
    }
    return render(request, "monitoring/interpretation_action.html", context)
