"""The page where a table of any kind is chosen, and what came in before."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from coalitions.imports import plans
from coalitions.imports.forms import ImportFileForm
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.acts import Refused
from portal.findings import Unreadable
from portal.import_plans import PlanStep

MOST_EARLIER = 20


def import_page(
    request: PersonRequest,
    coalition: Coalition,
    form: ImportFileForm,
    *,
    template: str,
    kind: str = "",
    about: int | None = None,
    **context: Any,
) -> HttpResponse:
    """The form for a file; on to the columns once it is a table. Without `kind` the form asks for it and
    tables of every kind are among those that came before."""
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = plans.bring_in(
                coalition=coalition,
                kind=kind or form.cleaned_data["kind"],
                about=about,
                content=upload.read(),
                filename=upload.name,
                by=request.user,
            )
        except (Unreadable, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("coalitions:member-import-columns", coalition.slug, plan.pk)
    earlier = coalition.member_imports.exclude(step=PlanStep.CANCELLED).select_related("created_by")
    if kind:
        earlier = earlier.filter(kind=kind, about=about)
    return render(
        request,
        template,
        {"coalition": coalition, "form": form, "earlier": earlier[:MOST_EARLIER], **context},
    )
