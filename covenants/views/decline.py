"""An answer without a signature."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import declines
from covenants.authority import SigningRefused
from covenants.documents import fixed_version
from covenants.presenters.signing import SigningPage, signing_page
from covenants.signing_forms import DeclineForm
from covenants.views.proof_pages import chosen_organisation, show_refusal


@requires(Permission.COVENANT_DECLINE)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Later, after a decision of the college, or not at all."""
    person: Any = request.user
    page = signing_page(
        coalition,
        fixed_version(coalition, document, number),
        person,
        organisation_id=chosen_organisation(request),
    )
    if page.is_bound or page.own_act:
        refusal = declines.SignedAlready() if page.is_bound else declines.PartSigned()
        return show_refusal(request, page.version, refusal)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _write(page, person, form)
        except SigningRefused as refusal:
            return show_refusal(request, page.version, refusal)
        messages.success(request, "Uw antwoord is vastgelegd. U kunt later alsnog tekenen.")
        return redirect("covenants:signing", coalition.slug, document, number)
    return render(request, "covenants/decline.html", {"page": page, "form": form})


def _write(page: SigningPage, person: Any, form: DeclineForm) -> None:
    mandate: Any = page.mandate
    declines.decline(version=page.version, mandate=mandate, by=person, **form.cleaned_data)
