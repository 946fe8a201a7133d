"""The working groups of a coalition, and the proposal for a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import groups
from coalitions.access import Permission, requires
from coalitions.filters import WorkingGroupFilter
from coalitions.group_forms import WorkingGroupForm
from coalitions.models import Coalition, GroupKind
from partners.requests import PersonRequest, sent
from portal.acts import Refused


@requires(Permission.MEMBERS_READ)
@require_safe
def working_group_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The groups that pass the filters; who stopped only where the address asks for it."""
    found = WorkingGroupFilter(request.GET, coalition.groups.with_counts())
    return render(request, "coalitions/working_group_list.html", {"coalition": coalition, "filter": found})


@requires(Permission.GROUP_PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def working_group_propose(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A proposal, which others can support."""
    form = WorkingGroupForm(*sent(request), initial={"kind": GroupKind.WORKING_GROUP})
    if form.is_bound and form.is_valid():
        try:
            group = groups.propose(coalition=coalition, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"Je voorstel ‘{group}’ staat erin. Anderen kunnen het nu steunen.")
            return redirect(group)
    return render(request, "coalitions/working_group_propose.html", {"coalition": coalition, "form": form})
