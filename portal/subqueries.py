"""How many rows of another table belong to a row, and their sum, as part of one query."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Sum, Value
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet) -> Coalesce:
    """How many of `rows`, which points to the outer row with OuterRef."""
    return _over(rows, Count("*"), 0)


def sum_of(rows: QuerySet, what: Any, *, nothing: int | Decimal = 0) -> Coalesce:
    """The sum of `what` over `rows`; `nothing` where there are none."""
    return _over(rows, Sum(what), nothing)


def _over(rows: QuerySet, aggregate: Aggregate, nothing: int | Decimal) -> Coalesce:
    # One constant group: Django has no aggregate over a whole subquery.
    grouped = rows.order_by().annotate(everything=Value(1)).values("everything")
    return Coalesce(Subquery(grouped.annotate(outcome=aggregate).values("outcome")), nothing)
