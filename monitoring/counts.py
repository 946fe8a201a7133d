"""How many people live or are born somewhere, for the apps below that divide by it."""

from django.db.models import QuerySet

from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate
from partners.models import Area
from portal.hooks import CountKind, Counts

SOURCES = {CountKind.INHABITANTS: "inwoners-per-huishouden", CountKind.BIRTHS: "levendgeborenen"}


def counts_of(kind: CountKind, areas: QuerySet[Area]) -> Counts | None:
    """The count of each area in the newest published period that any of them has; None where no figure
    of it was published for them. Numbers of different years are never put beside each other."""
    code = SOURCES[kind]
    figures = (
        Aggregate.objects.shown()
        .of_indicators([code])
        .filter(area__in=areas.order_by().values("pk"), numerator__isnull=False)
        .order_by("-period__reference_date", "-period__code")
        .values_list("period__label", "area", "numerator")
    )
    found = list(figures)
    if not found:
        return None
    newest = found[0][0]
    source = next(one.source.name for one in load_definitions() if one.code == code)
    return Counts(
        numbers={area: round(count) for period, area, count in found if period == newest},
        source=f"{source}, {newest}",
    )
