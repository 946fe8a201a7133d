"""Figures that were never stored, for what pages make of them."""

from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate, Comparison, Indicator, Partition, Period, Status
from monitoring.presenters.readings import by_indicator
from partners.models import Area, AreaKind

DEFINITIONS = {definition.code: definition for definition in load_definitions()}
SHARE = DEFINITIONS["vroeggeboorte"]
PERIODS = [
    Period(pk=year, code=str(year), label=str(year), reference_date=f"{year}-01-01") for year in (2022, 2023)
]
REGION = Area(pk=1, code="maas-en-peel", name="Maas en Peel", kind=AreaKind.COALITION)
COUNTRY = Area(pk=2, code="NL", name="Nederland", kind=AreaKind.COUNTRY)
BEESEL = Area(pk=3, code="GM0889", name="Beesel", kind=AreaKind.MUNICIPALITY)


def figure(
    area: Area = REGION,
    value: float | None = 14.8,
    *,
    code: str = "vroeggeboorte",
    period: Period = PERIODS[1],
    status: str = Status.SUPPRESSED_PRIMARY,
    **changes: object,
) -> Aggregate:
    known = value is not None
    facts: dict[str, object] = {
        "indicator": Indicator(pk=1, code=code),
        "period": period,
        "area": area,
        "partition": Partition(),
        "value": value,
        "numerator": 148.0 if known else None,
        "denominator": 1000.0 if known else None,
        "lower_95": 13.2 if known else None,
        "upper_95": 16.4 if known else None,
        "compared_998": Comparison.SAME if known else None,
        "status": Status.REPORTED if known else status,
        "member_count": 14,
        "reported_count": 14,
    }
    return Aggregate(**(facts | changes))


def grouped(*figures: Aggregate) -> dict[str, dict[int, list[Aggregate]]]:
    return by_indicator(figures)
