"""Facts with dates: half-open periods, `valid_from` up to but not including `valid_to`."""

import datetime
from typing import Self

from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from portal.checked import Checked
from portal.kept_queries import Slot

OVERLAPS = RangeOperators.OVERLAPS
ENDS_BEFORE_IT_STARTS = "De einddatum ligt voor de begindatum. Kies een latere einddatum."


class DatePeriod(Func):
    """The period of a row as a PostgreSQL date range, for exclusion constraints."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, start: str = "valid_from", end: str = "valid_to") -> None:
        super().__init__(F(start), F(end), Value("[)"))

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, object]]:
        start, end, _ = self.get_source_expressions()
        return ("portal.periods.DatePeriod", (start.name, end.name), {})


def valid_on(day: datetime.date | Slot, prefix: str = "") -> Q:
    """Rows whose period holds `day`; `prefix` walks a relation, such as `seats__`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


class DatedQuerySet(models.QuerySet):
    """Reads by day."""

    def on(self, day: datetime.date | Slot) -> Self:
        """Rows that hold on `day`."""
        return self.filter(valid_on(day))

    def current(self) -> Self:
        """Rows that hold today; a row that ends today holds no longer."""
        return self.on(timezone.localdate())


class Dated(Checked):
    """A fact that holds from `valid_from` up to, not including, `valid_to`."""

    valid_from = models.DateField("vanaf", default=timezone.localdate)
    valid_to = models.DateField("tot", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=ENDS_BEFORE_IT_STARTS,
            )
        ]

    def clean(self) -> None:
        """Refuse a period that is turned round, of which PostgreSQL cannot even ask whether it
        overlaps another."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": ENDS_BEFORE_IT_STARTS})

    @property
    def is_current(self) -> bool:
        """True where the fact holds today."""
        return self.holds_on(timezone.localdate())

    def holds_on(self, day: datetime.date) -> bool:
        """True where the fact holds, or held, on this day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def is_over(self) -> bool:
        """True where the fact held once and holds no longer."""
        return self.valid_to is not None and self.valid_to <= timezone.localdate()
