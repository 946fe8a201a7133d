"""The full export of a coalition: ordered, made by a worker, downloaded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coalitions import data_export as exports
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal import files
from portal.acts import Refused
from portal.jobs import JobState

SHOWN = 5
# To htmx this answer means: show this, and ask no more.
STOP_POLLING = 286


@requires(Permission.SETTINGS_EDIT)
@require_safe
def data_export(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """What was ordered and how far it is; the part alone for a page that keeps itself up to date."""
    rows = list(coalition.exports.select_related("ordered_by", "file").order_by("-pk")[:SHOWN])
    is_running = any(row.state == JobState.WAITING for row in rows)
    context = {"coalition": coalition, "rows": rows, "is_running": is_running}
    if request.htmx:  # type: ignore[attr-defined]
        status = 200 if is_running else STOP_POLLING
        return render(request, "coalitions/_data_export.html", context, status=status)
    return render(request, "coalitions/data_export.html", context)


@requires(Permission.SETTINGS_EDIT)
@require_POST
def data_export_order(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Let a worker make the file."""
    try:
        exports.order(coalition=coalition, by=request.user)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "De export wordt gemaakt. Je kunt deze pagina verlaten.")
    return redirect("coalitions:data-export", coalition.slug)


@requires(Permission.SETTINGS_EDIT)
@require_safe
def data_export_download(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The ZIP file."""
    job = get_object_or_404(coalition.exports.select_related("file"), pk=pk)
    if job.file is None:
        raise Http404
    return files.download(job.file)
