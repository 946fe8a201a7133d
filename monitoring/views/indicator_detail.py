"""One indicator: what it is, how it stands in an area, and what each part of it has."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe
from django.views.decorators.http import conditional_page, require_safe

from coalitions.access import Permission, can
from monitoring import keeping, related, selection
from monitoring.forms import AreaForm
from monitoring.presenters import indicator as presenter
from monitoring.presenters.indicator_page import context_of
from monitoring.selection import Choice
from partners.models import AreaKind


@login_not_required
@require_safe
@conditional_page
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of the chosen area and period; after a choice by a link only what changes."""
    choice = selection.choose(code, person=request.user, words=request.GET.dict())
    made_of = (keeping.stamp_with_places(), *choice.made_of)
    found = keeping.keep("indicator", made_of, lambda: _drawn(choice))
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    name = "_indicator" if is_part else "indicator_detail"
    context = {**found, **_for_person(request.user, choice, found["query"]), "is_part": is_part}
    response = render(request, f"monitoring/{name}.html", {**context, "definition": choice.definition})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _drawn(choice: Choice) -> dict[str, Any]:
    """The figures of a choice as they stand on the page: drawn once for each release."""
    chosen = selection.read(choice)
    context = {
        **context_of(chosen),
        "form": AreaForm(areas=chosen.areas(), initial={"gebied": chosen.area.code}),
        "choices": presenter.choices(chosen),
    }
    # Rendered by our own templates, which escape what people wrote.
    parts = {
        part: mark_safe(render_to_string(f"monitoring/_indicator_{part}.html", context))  # noqa: S308
        for part in ("choices", "figure", "parts")
    }
    return {**parts, "query": chosen.query, "said": context["sentence"]}


def _for_person(person: Any, choice: Choice, query: str) -> dict[str, Any]:
    """What only who takes part sees: how partners read the figure, and what is done about it."""
    coalition = choice.area.coalition if choice.area.kind == AreaKind.COALITION else None
    url = ""
    if coalition is not None and can(person, Permission.FIGURES_READ, coalition):
        url = reverse("monitoring:interpretation-list", args=[coalition.slug, choice.definition.code]) + query
    return {
        "interpretation_url": url,
        "actions": related.actions_about(choice.definition.code, person=person, coalition=coalition),
        "screen_url": reverse("monitoring:indicator-screen", args=[choice.definition.code]) + query,
    }
