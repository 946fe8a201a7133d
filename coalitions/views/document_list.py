"""Documents of the coalition: read, added and taken away."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions import documents
from coalitions.access import Permission, requires
from coalitions.models import Audience, Coalition
from partners.requests import PersonRequest
from portal import files
from portal.act_pages import carried_out, done
from portal.files import UploadField
from portal.text_guard import refuse_bsn


class DocumentAddForm(forms.Form):
    """A document and who may read it."""

    title = forms.CharField(label="Titel", max_length=150, validators=[refuse_bsn])
    audience = forms.ChoiceField(
        label="Wie mag dit lezen?", choices=Audience, initial=Audience.TEAM, widget=forms.RadioSelect
    )
    upload = UploadField(label="Bestand")


@requires(Permission.MEMBERS_READ)
@require_safe
def document_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """What this person may read, the latest first."""
    return render(
        request,
        "coalitions/document_list.html",
        {"coalition": coalition, "documents": documents.documents_for(request.user, coalition)},
    )


@requires(Permission.MEMBERS_READ)
@require_safe
def document_download(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The file itself."""
    document = get_object_or_404(documents.documents_for(request.user, coalition), pk=pk)
    return files.download(document.file)


@requires(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Put a document with the coalition."""
    form = DocumentAddForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if carried_out(
        request,
        form,
        partial(documents.add_document, coalition=coalition, by=request.user),
        "Het document staat erbij.",
    ):
        return redirect("coalitions:document-list", coalition.slug)
    return render(request, "coalitions/document_add.html", {"coalition": coalition, "form": form})


@requires(Permission.SETTINGS_EDIT)
@require_POST
def document_remove(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Take a document away."""
    return done(
        request,
        lambda: documents.remove_document(
            document=get_object_or_404(coalition.documents, pk=pk), by=request.user
        ),
        "Het document is verwijderd.",
        reverse("coalitions:document-list", args=[coalition.slug]),
    )
