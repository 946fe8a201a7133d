"""Let work that failed be tried again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from coalitions.access import Permission, requires
from portal import jobs


@requires(Permission.PLATFORM_MANAGE)
@require_POST
def retry_jobs(request: HttpRequest, label: str) -> HttpResponse:
    """Give every failed row of one kind, such as `portal.mail`, new tries."""
    kind = next((kind for kind in jobs.kinds() if kind._meta.label_lower == label), None)
    if kind is None:
        raise Http404
    count = jobs.retry(kind, by=request.user)
    messages.success(request, f"{count} keer mislukt werk wordt opnieuw geprobeerd.")
    return redirect("coalitions:platform")
