"""The page on which somebody reads the text and starts to sign."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import challenges
from covenants.authority import SigningRefused
from covenants.documents import fixed_version
from covenants.presenters.signing import SigningPage, signing_page, write_reading
from covenants.signing_forms import SigningForm
from covenants.views.ended_roles import tells_whose_role_ended
from covenants.views.proof_pages import chosen_organisation


@tells_whose_role_ended
@requires(Permission.COVENANT_READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """The whole text and, for who may, the form; sending it asks for a proof."""
    page = _page(request, coalition, document, number)
    if page.organisation and not page.has_read:
        write_reading(page.version, page.organisation, request.user)  # type: ignore[arg-type]
    if page.organisation is None or not page.may_sign:
        status = 200 if request.method != "POST" else 409
        return render(request, "covenants/signing.html", {"page": page}, status=status)
    form = SigningForm(
        request.POST or None,
        person=request.user,
        version=page.version,
        organisation=page.organisation,
    )
    if request.method == "POST" and form.is_valid():
        return _ask(request, page, form)
    return render(request, "covenants/signing.html", {"page": page, "form": form})


def _page(request: HttpRequest, coalition: Coalition, document: str, number: int) -> SigningPage:
    return signing_page(
        coalition,
        fixed_version(coalition, document, number),
        request.user,  # type: ignore[arg-type]
        organisation_id=chosen_organisation(request),
    )


def _ask(request: HttpRequest, page: SigningPage, form: SigningForm) -> HttpResponse:
    person: Any = request.user
    try:
        challenge = challenges.ask(
            version=page.version,
            mandate=page.mandate,  # type: ignore[arg-type]
            method=form.cleaned_data["method"],
            typed_name=form.cleaned_data["typed_name"],
            by=person,
        )
    except challenges.WrongName as refusal:
        form.add_error("typed_name", str(refusal))
    except SigningRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return redirect(
            "covenants:signing-proof",
            page.coalition.slug,
            page.version.covenant.slug,
            page.version.number,
            challenge.pk,
        )
    return render(request, "covenants/signing.html", {"page": page, "form": form})
