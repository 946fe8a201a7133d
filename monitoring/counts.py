"""How many people live somewhere, for the apps below that divide by it."""

from django.db.models import QuerySet

from monitoring.models import Aggregate
from partners.models import Area

SOURCE = "inwoners-per-huishouden"


def inhabitants_of(areas: QuerySet[Area]) -> dict[int, int]:
    """The inhabitants of each area in the newest published period that has them."""
    counted = Aggregate.objects.filter(
        indicator__code=SOURCE, area__in=areas.order_by().values("pk"), numerator__isnull=False
    )
    newest_last = counted.order_by("period__reference_date").values_list("area", "numerator")
    return {area: round(count) for area, count in newest_last}
