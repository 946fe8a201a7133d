"""Checking a document of a covenant, for anybody: by the code on it, or by the file itself."""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from covenants import verification as checks
from covenants.sealing.guarded import TooBusy
from covenants.verification_forms import CodeForm, FileForm
from covenants.views.verification_document import may_download

# Around the file itself a form sends some lines.
LARGEST_REQUEST = checks.MAX_SIZE + 64 * 1024


@login_not_required
@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Both ways to check a document."""
    return _page(request)


@login_not_required
@never_cache
@require_POST
def verification_code(request: HttpRequest) -> HttpResponse:
    """To the page about the document with this code."""
    if not ratelimit.consume(request, app="allauth.account", action="verify_code"):
        return render(request, "429.html", status=429)
    form = CodeForm(request.POST)
    if form.is_valid():
        return redirect("covenants:verification-document", form.cleaned_data["code"])
    return _page(request, code_form=form)


@login_not_required
@csrf_exempt  # The token is checked behind the size: reading it means reading the whole file.
@never_cache
@require_POST
def verification_upload(request: HttpRequest) -> HttpResponse:
    """The three answers about an uploaded file; the file itself is not kept."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST_REQUEST:
        return _page(request, is_too_large=True, status=413)
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    if not ratelimit.consume(request, app="allauth.account", action="verify_upload"):
        return render(request, "429.html", status=429)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form)
    upload = form.cleaned_data["bestand"]
    try:
        finding = checks.of_file(upload.read())
    except TooBusy as refusal:
        form.add_error("bestand", str(refusal))
        return _page(request, file_form=form, status=503)
    context = {
        "finding": finding,
        "name": upload.name,
        "may_download": finding.evidence is not None and may_download(request, finding.evidence),
    }
    return render(request, "covenants/verification_upload.html", context)


def _page(
    request: HttpRequest,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    is_too_large: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(),
        "is_too_large": is_too_large,
    }
    return render(request, "covenants/verification.html", context, status=status)
