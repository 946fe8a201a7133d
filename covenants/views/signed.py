"""The page after signing: what was recorded, and the proof as soon as it is sealed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants.documents import fixed_version
from covenants.presenters.signed import signed_page
from covenants.views.proof_pages import chosen_organisation


@requires(Permission.COVENANT_READ)
@never_cache
@require_safe
def signed(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """For everybody of the organisation: when, by whom, and the sealed proof or that it follows."""
    version = fixed_version(coalition, document, number)
    page = signed_page(
        version,
        request.user,  # type: ignore[arg-type]
        organisation_id=chosen_organisation(request),
    )
    if page is None:
        raise Http404
    template = "covenants/_signed_proof.html" if "bewijs" in request.GET else "covenants/signed.html"
    return render(request, template, {"page": page, "coalition": coalition, "version": version})
