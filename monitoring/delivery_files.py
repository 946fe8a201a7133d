"""Files that help an analyst deliver: a table to fill in for each indicator."""

from typing import Any

from django.utils import timezone

from monitoring.catalogue import Definition
from partners.models import Area

HEADER = ("gemeentecode", "gemeente", "periode", "indicator", "teller", "noemer")


def rows(definition: Definition) -> list[tuple[Any, ...]]:
    """A row for each municipality of today in the last year that is over, its counts still empty."""
    year = timezone.localdate().year - 1
    areas = Area.objects.municipalities().current().order_by("code").values_list("code", "name")
    return [(code, name, year, definition.code, None, None) for code, name in areas]


def filename(definition: Definition, extension: str) -> str:
    """Says what to fill in."""
    return f"sjabloon-{definition.code}.{extension}"
