"""Rows of another table in one query: how many belong to a row, their sum, and whether one is there."""

from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Count, Func, QuerySet, Subquery, Sum, Value
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Coalesce


class IsOneOf(Func):
    """Whether the first is an element of the second, an array: of an `ArraySubquery` that is known before
    anything else of the row is looked up."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


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
