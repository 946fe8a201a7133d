"""What the document with a code proves, for anybody who holds it: page, JSON and the file itself."""

import re

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coalitions.access import readable_by
from covenants import check_codes, verification
from covenants.dossiers import file_name
from covenants.models import Artefact
from covenants.verification import Evidence


@login_not_required
@never_cache
@require_safe
def verification_document(request: HttpRequest, code: str) -> HttpResponse:
    """The facts; for a code that nobody got the same page, with other words."""
    evidence = verification.of_code(code)
    if evidence is None and not _is_calm(request):
        return render(request, "429.html", status=429)
    context = {
        "evidence": evidence,
        "code": "-".join(re.findall(".{1,4}", check_codes.clean(code))),
        "may_download": evidence is not None and may_download(request, evidence),
    }
    return render(request, "covenants/verification_document.html", context, status=200 if evidence else 404)


@login_not_required
@never_cache
@require_safe
def verification_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same facts for a machine."""
    evidence = verification.of_code(code)
    if evidence is None and not _is_calm(request):
        return JsonResponse({"fout": "Te veel vragen. Wacht een minuut."}, status=429)
    if evidence is None:
        return JsonResponse({"fout": "Deze controlecode kennen wij niet."}, status=404)
    return JsonResponse(as_json(evidence), json_dumps_params={"ensure_ascii": False, "indent": 1})


@login_not_required
@never_cache
@require_safe
def verification_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The sealed bytes themselves."""
    evidence = verification.of_code(code)
    if evidence is None and not _is_calm(request):
        return render(request, "429.html", status=429)
    if evidence is None or evidence.artefact is None or not may_download(request, evidence):
        raise Http404
    return pdf_response(evidence.artefact)


def pdf_response(artefact: Artefact) -> HttpResponse:
    """A sealed file, byte for byte."""
    name = content_disposition_header(as_attachment=True, filename=file_name(artefact.subject))
    return HttpResponse(
        bytes(artefact.content),
        content_type="application/pdf",
        headers={"Content-Disposition": name or "attachment", "X-Content-Type-Options": "nosniff"},
    )


def as_json(evidence: Evidence) -> dict[str, object]:
    """Every fact that stands on the page."""
    artefact = evidence.artefact
    return {
        "titel": evidence.title,
        "feiten": {name: value for name, value in evidence.rows if value},
        "let_op": list(evidence.notes),
        "zegel": {
            "sha256": artefact.sha256,
            "bytes": artefact.size,
            "niveau": artefact.level,
            "tijdstempel": artefact.sealed_at,
            "certificaat_sha256": artefact.seal_certificate,
        }
        if artefact
        else None,
    }


def _is_calm(request: HttpRequest) -> bool:
    """Whether somebody may go on trying; codes that exist cost nothing, as a whole hall may check them
    from one address."""
    return bool(ratelimit.consume(request, app="allauth.account", action="verify_code", limit_get=True))


def may_download(request: HttpRequest, evidence: Evidence) -> bool:
    """Whether the file itself may be had here: of a public coalition, or of one's own."""
    return readable_by(request.user).filter(pk=evidence.coalition.pk).exists()
