"""Bringing in a table of actions: the file. What follows is the same for every table."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.imports.forms import ImportFileForm
from coalitions.models import Coalition, MemberImportKind
from coalitions.views.import_pages import import_page
from partners.requests import PersonRequest, sent


@requires(Permission.MEMBERS_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def action_import(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The form for a file, and what came in before."""
    return import_page(
        request,
        coalition,
        ImportFileForm(*sent(request)),
        kind=MemberImportKind.ACTIONS,
        template="actions/action_import.html",
    )
