"""Parents who were asked: a day, a number and themes."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import consultations
from actions.meeting_forms import ConsultationForm
from coalitions.access import Permission, Scope, requires, scopes_of
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out


@requires(Permission.MEETING_READ)
@require_safe
def consultation_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Every time that parents were asked."""
    scopes = scopes_of(request.user, Permission.MEETING_PLAN, coalition)
    return render(
        request,
        "actions/consultation_list.html",
        {
            "coalition": coalition,
            "consultations": coalition.consultations.all(),
            "may_record": bool(scopes),
            "may_remove": Scope.ALL in scopes,
        },
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Write down that parents were asked."""
    form = ConsultationForm(*sent(request))
    if carried_out(
        request,
        form,
        partial(consultations.record, coalition=coalition, by=request.user),
        "De raadpleging is vastgelegd.",
    ):
        return redirect("actions:consultation-list", coalition.slug)
    context = {"coalition": coalition, "form": form}
    return render(request, "actions/consultation_add.html", context)


@requires(Permission.PROGRAMME_EDIT)
@require_POST
def consultation_remove(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Taken down by mistake."""
    consultation = get_object_or_404(coalition.consultations, pk=pk)
    consultations.remove(consultation=consultation, by=request.user)
    messages.success(request, "De raadpleging is weg.")
    return redirect("actions:consultation-list", coalition.slug)
