"""What belongs to a draft beside its words: the five lines and the agreements about the document."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import block_edits, documents, layout, texts
from covenants.text_forms import MeaningForm, TermsForm
from partners.requests import PersonRequest
from portal.act_pages import carried_out
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def meaning_edit(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """The five lines "Wat betekent tekenen?"."""
    version = documents.draft_of(coalition, document)
    sent = request.POST if request.method == "POST" else None
    form = MeaningForm(sent, initial={**version.meaning, "seen": version.revision})
    context = {"coalition": coalition, "version": version, "form": form}
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            block_edits.edit_meaning(version=version, meaning=form.meaning(), by=request.user, seen=seen)
        except block_edits.ChangedMeanwhile as refusal:
            data: Any = form.data.copy()  # type: ignore[attr-defined]
            data["seen"] = str(refusal.edit.version.revision)
            theirs = layout.meaning_lines(refusal.current)
            context |= {"form": MeaningForm(data), "refusal": str(refusal), "theirs": theirs}
            return render(request, "covenants/meaning_edit.html", context, status=409)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De vijf regels zijn opgeslagen.")
            return redirect("covenants:draft-edit", coalition.slug, document)
    return render(request, "covenants/meaning_edit.html", context)


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def terms_edit(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """Name, term of notice and when it starts to hold; fixed with the first text."""
    version = documents.draft_of(coalition, document)
    # Another row than that of the page, which keeps its title where the form is refused.
    sent = request.POST if request.method == "POST" else None
    form = TermsForm(sent, instance=documents.draft_of(coalition, document))
    if carried_out(
        request,
        form,
        partial(texts.edit_terms, version=version, by=request.user),
        "De afspraken zijn opgeslagen.",
    ):
        return redirect("covenants:draft-edit", coalition.slug, document)
    context = {"coalition": coalition, "version": version, "form": form}
    return render(request, "covenants/terms_edit.html", context)
