"""What only who works with figures asks of an area: the wider margin, and trends with their numbers."""

from collections.abc import Sequence
from itertools import takewhile

from monitoring import sentences, trends
from monitoring.catalogue import Definition
from monitoring.models import Aggregate
from monitoring.presenters.region import TREND_WORDS, trend_of, years_of
from monitoring.trends import CHI2_998, POINTS, Trend
from portal.numbers import dutch_number

# Two years are a difference and no trend.
LEAST_YEARS = 3


def analyst_facts(
    figure: Aggregate | None, series: Sequence[Aggregate], definition: Definition
) -> list[tuple[str, str]]:
    """Terms and answers; none where everybody was counted, which leaves no margin."""
    if not sentences.has_margin(definition) or not series:
        return []
    facts = [
        ("Marge met 99,8 procent zekerheid", sentences.wide_margin(figure, definition) if figure else ""),
        ("Trend van de laatste vijf jaren", _words(trend_of(series)) or "Niet te bepalen"),
        ("Trend in de aantallen (Cochran-Armitage)", _words(count_trend_of(series, definition))),
    ]
    return [(term, words) for term, words in facts if words]


def count_trend_of(series: Sequence[Aggregate], definition: Definition) -> Trend:
    """The trend of the counts over the latest years in a row that have one; of shares alone."""
    latest = list(takewhile(lambda figure: figure is not None, reversed(years_of(series))))[:POINTS]
    counted = [(one.numerator, one.denominator) for one in reversed(latest) if one and one.denominator]
    if not definition.is_share or len(counted) < LEAST_YEARS:
        return trends.NOT_JUDGED
    return trends.count_trend([x or 0 for x, _ in counted], [n or 0 for _, n in counted])


def _words(trend: Trend) -> str:
    if trend.chi2 is None:
        return ""
    chi2, limit = (dutch_number(number, 2) for number in (trend.chi2, CHI2_998))
    return f"{TREND_WORDS[trend.direction].words} (χ²\u00a0=\u00a0{chi2}; duidelijk vanaf {limit})"
