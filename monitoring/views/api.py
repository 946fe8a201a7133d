"""The open figures for programs: read-only, stable, and described in OpenAPI."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitoring import api_description as described
from monitoring import exports, figure_files, keeping
from monitoring.catalogue import load_definitions
from monitoring.selection import REGION_KINDS
from partners.models import Area, AreaKind


@login_not_required
@require_safe
@figure_files.cached
def api_indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator of the catalogue, and where its figures are."""
    found = [
        {**exports.description(item), "cijfers": reverse("monitoring:api-figures", args=[item.code])}
        for item in load_definitions()
    ]
    return figure_files.json({"uitgave": keeping.release(), "indicatoren": found})


@login_not_required
@require_safe
@figure_files.cached
def api_areas(request: HttpRequest) -> HttpResponse:
    """Every area of which figures are public."""
    areas = Area.objects.filter(
        Q(kind__in=(*REGION_KINDS, AreaKind.MUNICIPALITY)) | Q(coalition__is_public=True)
    ).order_by("kind", "sort_key")
    return figure_files.json({"gebieden": [_area(area) for area in areas]})


@login_not_required
@require_safe
@figure_files.cached
def api_description(request: HttpRequest) -> HttpResponse:
    """What this API gives, as an OpenAPI document."""
    return figure_files.json(described.document(request.build_absolute_uri("/").rstrip("/")))


def _area(area: Area) -> dict[str, Any]:
    return {
        "code": area.code,
        "naam": area.name,
        "soort": area.get_kind_display(),
        "vanaf": area.valid_from.isoformat(),
        "tot": area.valid_to.isoformat() if area.valid_to else None,
    }
