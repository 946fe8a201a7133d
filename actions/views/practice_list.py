"""Gems that are ready for everybody, and those of one coalition with who took them over."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions import practices
from actions.practice_filters import PracticeFilter
from coalitions.access import Permission, can, coalition_ids_with, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.tables import csv_response


@login_not_required
@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """What works elsewhere; who takes part in a coalition sees its own gems as well."""
    found = practices.visible_to(request.user).with_counts().select_related("origin", "coalition")
    inside = Coalition.objects.filter(pk__in=coalition_ids_with(request.user, Permission.PROGRAMME_READ))
    return render(
        request,
        "actions/practice_list.html",
        {"filter": PracticeFilter(request.GET, found), "own_coalitions": inside.order_by("sort_key")},
    )


@requires(Permission.PROGRAMME_READ)
@require_safe
def coalition_practice_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Its own gems in every state, and where gems of anybody live in its municipalities."""
    own = coalition.practices.with_counts().select_related("origin", "owner__organisation")
    return render(
        request,
        "actions/coalition_practice_list.html",
        {
            "coalition": coalition,
            "filter": PracticeFilter(request.GET, own),
            "adoptions": _adoptions(coalition),
            "may_write": can(request.user, Permission.PRACTICE_NOMINATE, coalition),
        },
    )


@requires(Permission.PROGRAMME_READ)
@require_safe
def adoption_csv(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Where gems live, as a CSV file."""
    rows = (
        (
            one.practice.title,
            one.municipality.name,
            one.owner.organisation.name,
            one.get_state_display(),
            one.started_on,
            one.adapted_text,
            one.lesson,
        )
        for one in _adoptions(coalition)
    )
    header = ("Parel", "Gemeente", "Trekker", "Stand", "Gestart op", "Zo doen wij het", "Geleerd")
    return csv_response(filename=f"parels-{coalition.slug}.csv", header=header, rows=rows)


def _adoptions(coalition: Coalition) -> list:
    return list(
        coalition.adoptions.select_related(
            "practice", "municipality", "owner__organisation", "coalition"
        ).order_by("practice__sort_key", "municipality__sort_key", "pk")
    )
