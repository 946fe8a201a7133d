"""Both series of a municipality that took over others, period by period: pure, no queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitoring import pooling
from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Indicator, Period
from monitoring.presenters.readings import Reading, read
from monitoring.recoding import Recoded, absent
from partners.models import Area


@dataclass(frozen=True, kw_only=True)
class RecodedRow:
    """One period, as it was published and on the municipalities of now."""

    period: str
    published: Reading
    recoded: Reading
    # What the second was made of.
    provenance: str


def recoded_rows(
    found: Mapping[int, Recoded],
    own: Sequence[Aggregate],
    periods: Sequence[Period],
    definition: Definition,
    *,
    indicator: Indicator,
    area: Area,
) -> list[RecodedRow]:
    """One row per period, oldest first; none where the municipality is as it was in all of them."""
    published = {figure.period_id: figure for figure in own}
    return [
        RecodedRow(
            period=period.label,
            # It did not exist, or was another one then.
            published=read(published[period.pk], definition)
            if period.pk in published
            else read(absent(indicator, period, area), definition),
            recoded=read(figure_of(found[period.pk], indicator, period, area), definition),
            provenance=found[period.pk].provenance,
        )
        for period in periods
        if period.pk in found
    ]


def figure_of(one: Recoded, indicator: Indicator, period: Period, area: Area) -> Aggregate:
    """A recoded count as a figure like others; an estimate has no margin."""
    figure = absent(indicator, period, area)
    figure.status = one.status
    if one.numerator is not None and one.denominator:
        pooling.count(figure, one.numerator, one.denominator, has_margin=not one.is_estimated)
    return figure
