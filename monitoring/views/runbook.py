"""How an analyst delivers figures, and what each message means."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions.access import Permission, requires


@require_safe
@requires(Permission.FIGURES_DELIVER)
def runbook(request: HttpRequest) -> HttpResponse:
    """The steps in order; a browser test walks them."""
    return render(request, "monitoring/runbook.html")
