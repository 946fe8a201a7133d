"""Figures of which a source gives the share and no counts: shown per municipality, and never summed.

Such a share comes in as so many of a hundred. The mean of shares is not the share of all, so a region has
no figure, whatever its municipalities have.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from monitoring.aggregation import aggregate_partitions
from monitoring.catalogue import codes_without_counts
from monitoring.models import Indicator, Partition

_NO_SUMS = """
    UPDATE monitoring_total SET numerator = NULL, denominator = NULL, status = 'not_available'
    FROM partners_area area
    WHERE area.id = monitoring_total.area_id AND area.kind <> 'municipality'
      AND monitoring_total.partition_id = ANY(%s)
"""


def work_out(partitions: Sequence[Partition]) -> None:
    """Work out the figures of these partitions; a region has a reason instead of a sum of shares."""
    known = Indicator.objects.filter(code__in=codes_without_counts())
    shares = set(known.values_list("pk", flat=True))
    apart = [one for one in partitions if one.indicator_id in shares]
    if summed := [one for one in partitions if one.indicator_id not in shares]:
        aggregate_partitions(summed)
    if apart:
        with transaction.atomic(), connection.cursor() as cursor:
            aggregate_partitions(apart)
            cursor.execute(_NO_SUMS, [[one.pk for one in apart]])
