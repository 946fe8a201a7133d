"""The parties stop with a whole document."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import documents, endings
from covenants.register import register
from covenants.round_forms import EndForm
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def covenant_end(request: HttpRequest, coalition: Coalition, document: str) -> HttpResponse:
    """From which day, and why; what follows from it stands above the form."""
    person: Any = request.user
    covenant = documents.document_of(coalition, document)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endings.end(
                covenant=covenant,
                ended_on=form.cleaned_data["ended_on"],
                reason=form.cleaned_data["reason"],
                by=person,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het document is beëindigd. Alle partijen krijgen bericht.")
            return redirect("covenants:document-detail", coalition.slug, document)
    context = {
        "coalition": coalition,
        "covenant": covenant,
        "form": form,
        "count": len(register(covenant)),
    }
    return render(request, "covenants/covenant_end.html", context)
