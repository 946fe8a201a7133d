"""The coordinator starts a document."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import texts
from covenants.text_forms import TermsForm
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def covenant_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A name and some agreements; the text is written after that."""
    form = TermsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            version = texts.create(coalition=coalition, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het concept staat klaar. Schrijf of plak nu de tekst.")
            return redirect("covenants:draft-edit", coalition.slug, version.covenant.slug)
    return render(request, "covenants/covenant_add.html", {"coalition": coalition, "form": form})
