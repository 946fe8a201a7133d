"""Bringing in a table of actions: the file. What follows is the same for every table."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.imports import plans
from coalitions.imports.forms import ImportFileForm
from coalitions.models import Coalition, MemberImportKind
from partners.requests import PersonRequest, sent
from portal.acts import Refused
from portal.findings import Unreadable
from portal.import_plans import PlanStep

MOST_EARLIER = 20


@requires(Permission.MEMBERS_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def action_import(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The form for a file, and what came in before."""
    form = ImportFileForm(*sent(request))
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = plans.bring_in(
                coalition=coalition,
                kind=MemberImportKind.ACTIONS,
                content=upload.read(),
                filename=upload.name,
                by=request.user,
            )
        except (Unreadable, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("coalitions:member-import-columns", coalition.slug, plan.pk)
    earlier = coalition.member_imports.filter(kind=MemberImportKind.ACTIONS).exclude(step=PlanStep.CANCELLED)
    context = {
        "coalition": coalition,
        "form": form,
        "earlier": earlier.select_related("created_by")[:MOST_EARLIER],
    }
    return render(request, "actions/action_import.html", context, status=422 if form.errors else 200)
