"""What the pages about the condition of a coalition share: their tabs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coalitions.access import Permission, can
from coalitions.models import Coalition, ListKind

TABS = (
    ("Randvoorwaarden", "coalitions:condition-list", Permission.CONDITION_SCORE, ()),
    ("Afspraken", "coalitions:agreement-list", Permission.MEMBERS_READ, ()),
    ("Jaargesprekken", "coalitions:partner-review-list", Permission.CONDITION_SCORE, ()),
    ("GALA en IZA", "coalitions:requirement-list", Permission.CONDITION_SCORE, ()),
    ("Informatie", "coalitions:list-entry-list", Permission.MEMBERS_READ, (ListKind.INFORMATION_NEED.value,)),
    ("Initiatieven", "coalitions:list-entry-list", Permission.MEMBERS_READ, (ListKind.INITIATIVE.value,)),
    ("Aanhaking", "coalitions:list-entry-list", Permission.MEMBERS_READ, (ListKind.POLICY_LINK.value,)),
)


def tabs(request: HttpRequest, coalition: Coalition) -> list[tuple[str, str, bool]]:
    """The pages about how the coalition stands that this person may see."""
    found = []
    for label, name, permission, more in TABS:
        if can(request.user, permission, coalition):
            address = reverse(name, args=[coalition.slug, *more])
            found.append((label, address, request.path.startswith(address)))
    return found


def page(request: HttpRequest, stem: str, coalition: Coalition, **context: Any) -> HttpResponse:
    """The page of `stem` with the tabs above it."""
    shared = {"coalition": coalition, "condition_tabs": tabs(request, coalition)}
    return render(request, f"coalitions/{stem}.html", {**shared, **context})
