"""The coordinator starts a new version of a text that stands."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import documents, texts
from covenants.text_forms import VersionForm
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def version_add(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """What the new text asks of who signed before; its words start as they are."""
    covenant = documents.document_of(coalition, document)
    form = VersionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            version = texts.new_version(covenant=covenant, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Versie {version.number} staat klaar als concept.")
            return redirect("covenants:draft-edit", coalition.slug, document)
    context = {"coalition": coalition, "covenant": covenant, "form": form}
    return render(request, "covenants/version_add.html", context)
