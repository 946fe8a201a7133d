"""The coordinator chooses which four indicators lead the board page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from monitoring import headlines
from monitoring.board_forms import HeadlineForm
from partners.requests import PersonRequest, sent
from portal.acts import Refused


@requires(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def headline_choice(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Four places, each with an indicator or empty."""
    form = HeadlineForm(*sent(request), fit=headlines.fit_to_lead(), held=headlines.chosen_codes(coalition))
    if form.is_bound and form.is_valid():
        try:
            headlines.choose(coalition=coalition, codes=form.codes, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Opgeslagen. Bestuurders zien nu deze kerncijfers.")
            return redirect("monitoring:board", coalition.slug)
    page = {"coalition": coalition, "form": form}
    return render(request, "monitoring/headline_choice.html", page)
