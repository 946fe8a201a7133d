"""The actions that somebody can report on, in all her coalitions."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.own_actions import own_actions, with_last_report
from partners.requests import PersonRequest
from portal.list_filters import PAGE_SIZE
from portal.signed_in import signed_in


@signed_in
@require_safe
def my_actions(request: PersonRequest) -> HttpResponse:
    """What is due first on top."""
    found = with_last_report(own_actions(request.user))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina", 1))
    return render(request, "actions/my_actions.html", {"page": page, "actions": page.object_list})
