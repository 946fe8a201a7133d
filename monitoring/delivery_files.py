"""Files that help an analyst deliver: a table to fill in for each indicator."""

from typing import Any

from django.utils import timezone

from monitoring.catalogue import Definition, load_definitions
from partners.models import Area, AreaKind

BY_REGION = (AreaKind.COUNTRY, AreaKind.GGD_REGION)
HEADER = ("gemeentecode", "gemeente", "periode", "indicator", "teller", "noemer")


def rows(definition: Definition) -> list[tuple[Any, ...]]:
    """A row for each municipality of today in the last year that is over, its counts still empty; for each
    GGD region and the country where figures stand by region only."""
    year = timezone.localdate().year - 1
    kinds = BY_REGION if definition.is_by_region else (AreaKind.MUNICIPALITY,)
    areas = Area.objects.filter(kind__in=kinds).current().order_by("kind", "code").values_list("code", "name")
    # A source without counts gives so many of a hundred.
    size = None if definition.has_counts else 100
    return [(code, name, year, definition.code, None, size) for code, name in areas]


def filename(definition: Definition, extension: str) -> str:
    """Says what to fill in."""
    return f"sjabloon-{definition.code}.{extension}"


VSV_HEADER = ("vsv", "naam", "periode", "indicator", "teller", "noemer")
# The indicators of which hospitals know the counts: the children that were born under their care.
OF_HOSPITALS = frozenset({"GE01", "GE02", "GE03", "GE04", "GE05", "GE06"})


def vsv_rows() -> list[tuple[Any, ...]]:
    """A row for each VSV and each figure of births in the last year that is over."""
    year = timezone.localdate().year - 1
    areas = Area.objects.filter(kind=AreaKind.VSV).order_by("code").values_list("code", "name")
    figures = [item.code for item in load_definitions() if item.spec_code in OF_HOSPITALS]
    return [(code, name, year, figure, None, None) for code, name in areas for figure in figures]
