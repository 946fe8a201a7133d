"""The big screen on the evening of the signing, for everybody who may read the register."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from covenants.documents import coalition_for, fixed_version
from covenants.presenters.ceremony import ceremony as ceremony_of


@login_not_required
@never_cache
@require_safe
def ceremony(request: HttpRequest, slug: str, document: str, number: int) -> HttpResponse:
    """The whole screen; without JavaScript it loads itself anew."""
    coalition = coalition_for(request.user, slug)
    page = ceremony_of(fixed_version(coalition, document, number))
    return render(request, "covenants/ceremony.html", {"coalition": coalition, "page": page, "fresh": 0})


@login_not_required
@never_cache
@require_safe
def ceremony_names(request: HttpRequest, slug: str, document: str, number: int) -> HttpResponse:
    """Counter and names alone, asked every two seconds by the screen."""
    coalition = coalition_for(request.user, slug)
    page = ceremony_of(fixed_version(coalition, document, number))
    known = request.GET.get("bekend", "")
    fresh = page.count - int(known) if known.isdecimal() else page.count
    if fresh == 0 and known:
        # Nothing new: the screen stays as it is, and nothing is read aloud again.
        return HttpResponse(status=204)
    context = {"coalition": coalition, "page": page, "fresh": fresh}
    return render(request, "covenants/_ceremony_names.html", context)
