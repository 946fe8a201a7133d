"""One version: on the screen, as a PDF, and beside the version before it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from covenants import documents, rendering, seals
from covenants.comparison import Change, compare
from covenants.models import CovenantVersion, SealKind
from covenants.presenters.texts import meaning_differences, terms_differences, text_page
from portal.acts import Refused


@login_not_required
@require_safe
def version_detail(request: HttpRequest, slug: str, document: str, number: int) -> HttpResponse:
    """The whole text of one version, as it is read."""
    version = _version(request, slug, document, number)
    context = {"coalition": version.covenant.coalition, "page": text_page(version)}
    return render(request, "covenants/version_detail.html", context)


@login_not_required
@require_safe
def version_pdf(request: HttpRequest, slug: str, document: str, number: int) -> HttpResponse:
    """The sealed bytes as they are kept; of a draft a PDF that says so on every page."""
    version = _version(request, slug, document, number)
    name = f"{slugify(version.covenant.slug)}-versie-{version.number}"
    if version.is_draft:
        try:
            content, name = rendering.render_text(version), f"{name}-concept"
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("covenants:draft-detail", slug, document)
    else:
        artefact = seals.find(kind=SealKind.TEXT, key=version.pk)
        if artefact is None:
            raise Http404
        content = bytes(artefact.content)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Cache-Control": "private, no-store" if version.is_draft else "private, max-age=3600",
            "X-Content-Type-Options": "nosniff",
        },
    )


@login_not_required
@require_safe
def version_difference(request: HttpRequest, slug: str, document: str, number: int) -> HttpResponse:
    """What this version changed in the one before, word by word."""
    version = _version(request, slug, document, number)
    before = _version(request, slug, document, number - 1) if number > 1 else None
    if before is None:
        raise Http404
    found = compare(before.blocks, version.blocks)
    shows_all = request.GET.get("toon") == "alles"
    context = {
        "coalition": version.covenant.coalition,
        "version": version,
        "before": before,
        "differences": [one for one in found if shows_all or one.is_different],
        "shows_all": shows_all,
        "counts": {change.value: sum(one.change == change for one in found) for change in Change},
        "meaning": meaning_differences(before, version),
        "terms": terms_differences(before, version),
    }
    return render(request, "covenants/version_difference.html", context)


def _version(request: HttpRequest, slug: str, document: str, number: int) -> CovenantVersion:
    coalition = documents.coalition_for(request.user, slug)
    return documents.version_for(request.user, coalition, document, number)
