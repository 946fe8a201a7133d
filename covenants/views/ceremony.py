"""The big screen on the evening of the signing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants.documents import fixed_version
from covenants.presenters.ceremony import ceremony as ceremony_of


@requires(Permission.COVENANT_READ)
@never_cache
@require_safe
def ceremony(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """The whole screen; without JavaScript it loads itself anew."""
    page = ceremony_of(fixed_version(coalition, document, number))
    return render(request, "covenants/ceremony.html", {"coalition": coalition, "page": page, "fresh": 0})


@requires(Permission.COVENANT_READ)
@never_cache
@require_safe
def ceremony_names(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Counter and names alone, asked every two seconds by the screen."""
    page = ceremony_of(fixed_version(coalition, document, number))
    known = request.GET.get("bekend", "")
    fresh = page.count - int(known) if known.isdecimal() else page.count
    if fresh == 0 and known:
        # Nothing new: the screen stays as it is, and nothing is read aloud again.
        return HttpResponse(status=204)
    context = {"coalition": coalition, "page": page, "fresh": fresh}
    return render(request, "covenants/_ceremony_names.html", context)
