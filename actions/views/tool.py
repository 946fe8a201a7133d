"""The library of tools: where they are and who uses them."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import tools
from actions.models import Tool
from actions.practice_filters import ToolFilter
from actions.practice_forms import ToolForm
from coalitions.access import Permission, coalition_ids_with, requires
from coalitions.models import Coalition, Membership
from partners.models import Organisation, Person
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out


@login_not_required
@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    """Every tool that passes the filters; who speaks for a member can say that it uses one."""
    person = request.user
    editing = coalition_ids_with(person, Permission.PROGRAMME_EDIT)
    own = (
        _own(person).filter(coalition__in=coalition_ids_with(person, Permission.PRACTICE_NOMINATE))
        if isinstance(person, Person)
        else Membership.objects.none()
    )
    memberships = list(own.select_related("organisation", "coalition"))
    return render(
        request,
        "actions/tool_list.html",
        {
            "filter": ToolFilter(request.GET, Tool.objects.with_counts().select_related("coalition")),
            "editing": list(Coalition.objects.filter(pk__in=editing).order_by("sort_key")),
            "membership": memberships[0] if memberships else None,
            "used": set(Tool.objects.filter(uses__membership__in=memberships).values_list("pk", flat=True)),
        },
    )


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def tool_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """One more tool."""
    form = ToolForm(*sent(request))
    if carried_out(
        request,
        form,
        partial(tools.add, coalition=coalition, by=request.user),
        "Het gereedschap staat erbij.",
    ):
        return redirect("actions:tool-list")
    context = {"coalition": coalition, "form": form}
    return render(request, "actions/tool_add.html", context)


@requires(Permission.PROGRAMME_EDIT)
@require_POST
def tool_remove(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A tool that this coalition put there goes."""
    tools.remove(tool=get_object_or_404(coalition.tools, pk=pk), by=request.user)
    messages.success(request, "Het gereedschap is van de lijst.")
    return redirect("actions:tool-list")


@requires(Permission.PRACTICE_NOMINATE)
@require_POST
def tool_use(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The organisation of who is logged in uses it, or does so no longer."""
    tool = get_object_or_404(Tool, pk=pk)
    membership = get_object_or_404(_own(request.user).filter(coalition=coalition)[:1])
    if "stop" in request.POST:
        tools.use_no_longer(tool=tool, membership=membership, by=request.user)
    else:
        tools.use(tool=tool, membership=membership, by=request.user)
    messages.success(request, "Opgeslagen.")
    return redirect("actions:tool-list")


def _own(person: Person) -> QuerySet[Membership]:
    own = Organisation.objects.represented_by(person)
    return Membership.objects.members().filter(organisation__in=own).order_by("pk")
