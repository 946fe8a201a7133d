"""One municipality: its regions, its coalitions and who takes part from it."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coalitions.access import readable_by
from coalitions.filters import with_regions
from coalitions.models import Membership
from coalitions.presenters import coalitions_by_municipality, domains_of, successions_of
from partners.models import Area, LinkingRole, ServiceArea
from portal import hooks


@login_not_required
@require_safe
def municipality_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Public facts only. Of a municipality that is gone: what it went into."""
    area = get_object_or_404(with_regions(Area.objects.municipalities()), code=code)
    readable = readable_by(request.user)
    origins, successions = successions_of(area)
    members = _members_in(area).filter(coalition__in=readable.public())
    domains = domains_of(members)
    return render(
        request,
        "coalitions/municipality_detail.html",
        {
            "municipality": area,
            "is_gone": area.valid_to is not None and area.valid_to <= timezone.localdate(),
            "origins": origins,
            "successions": successions,
            "coalitions": coalitions_by_municipality([area], readable)[area.pk],
            "domains": domains,
            "has_organisations": any(group.count for group in domains),
            "linking_roles": LinkingRole.objects.current()
            .filter(municipality=area, organisation__in=members.order_by().values("organisation"))
            .select_related("organisation")
            .order_by("domain_from", "domain_to", "sort_key"),
            "panels": hooks.panels(hooks.Place.MUNICIPALITY, subject=area, person=request.user),
        },
    )


def _members_in(area: Area) -> QuerySet[Membership]:
    """What public organisations that are in a municipality, or work there, take part in."""
    works_here = ServiceArea.objects.filter(municipality=area).values("organisation")
    return Membership.objects.members().filter(
        Q(organisation__municipality=area) | Q(organisation__in=works_here), organisation__is_public=True
    )
