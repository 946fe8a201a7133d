"""The profile of a coalition, for everybody where it is public."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coalitions import member_links
from coalitions.access import memberships_visible_to, readable_by
from coalitions.models import Coalition, Level
from coalitions.presenters import domains_of, leaders_of, roll_up
from portal import hooks


@login_not_required
@require_safe
def coalition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What the coalition is for, where, who takes part and who leads it, by function."""
    readable = readable_by(request.user)
    coalition = get_object_or_404(readable.with_counts().select_related("area", "parent"), slug=slug)
    members = memberships_visible_to(request.user).members().filter(coalition=coalition)
    return render(
        request,
        "coalitions/coalition_detail.html",
        {
            "coalition": coalition,
            "member_links": member_links.links(coalition, request.user),
            "municipalities": list(coalition.municipalities()),
            "domains": domains_of(members),
            "leaders": leaders_of(coalition),
            "panels": hooks.panels(hooks.Place.COALITION, subject=coalition, person=request.user),
            **_related(coalition, readable),
        },
    )


def _related(coalition: Coalition, readable: QuerySet[Coalition]) -> dict[str, Any]:
    """The coalitions above, below and beside it that the visitor may read."""
    around = (
        Q(parent=coalition)
        | Q(parent__parent=coalition)
        | Q(pk__in=[coalition.parent_id, coalition.look_at_id])
    )
    related = list(readable.filter(around).select_related("parent"))
    below = [one for one in related if coalition.pk in {one.parent_id, one.parent and one.parent.parent_id}]
    return {
        "parent": next((one for one in related if one.pk == coalition.parent_id), None),
        "look_at": next((one for one in related if one.pk == coalition.look_at_id), None),
        "children": [one for one in below if one.parent_id == coalition.pk],
        "roll_up": roll_up(coalition, below) if coalition.level != Level.LOCAL else None,
    }
