"""From counts to figures: the one place with the rules, as the SQL of two views.

`monitoring_releasefigure` holds the figures of every release, `monitoring_aggregate` those that
are published.

A count is either what a source said about an area (`Observation`) or a sum over its members
(`Total`). Whatever follows from a count is not stored but worked out where it is read: value,
intervals, comparison with the country, and whether it may be shown at all.
"""

from monitoring import intervals

# A person can be recognised in a count below this one (regiobeeld Kansrijke Start).
SMALLEST_COUNT = 10
_SMALLEST = f"'{SMALLEST_COUNT}'::float8"
# A sum of fewer members is none: each of two would see the other, and one more may be missing.
LEAST_MEMBERS = 3
_LEVELS = {"95": intervals.Z95, "998": intervals.Z998}

# A delivery that came after an edition was worked out shows with the next one: until then a
# municipality would have its new count beside a region that still holds the old one.
KNOWN_TO = """
    {count}.import_file_id <= {through}
    AND ({count}.superseded_at IS NULL OR {count}.superseded_at > {as_of})
"""

_STATUS = f"""
    CASE
        WHEN withdrawal.id IS NOT NULL THEN 'withdrawn'
        WHEN delivered <> 'reported' THEN delivered
        WHEN n = '0'::float8 THEN 'not_applicable'
        WHEN is_at_risk AND (
            n < {_SMALLEST}
            OR (x > '0'::float8 OR is_zero_at_risk) AND x < {_SMALLEST}
            OR n - x > '0'::float8 AND n - x < {_SMALLEST}
        ) THEN 'suppressed_primary'
        -- Of two members, each could subtract its own count from the sum.
        WHEN is_at_risk AND member_count > 1 AND reported_count < {LEAST_MEMBERS}
            THEN 'suppressed_secondary'
        WHEN hidden.area_id IS NOT NULL THEN 'suppressed_secondary'
        ELSE 'reported'
    END
"""

# Every number is written as a float8: PostgreSQL would convert others anew for each query it plans,
# and these formulas are planned more often than a page has figures.
_LIMIT = """
    CASE WHEN "interval" = 'wilson' THEN
        factor * ({two} * x + {zz} {sign} {z} * sqrt(greatest({zero}, {zz} + {four} * x * ({one} - x / n))))
        / ({two} * (n + {zz}))
    WHEN "interval" = 'byar' THEN factor / n * CASE
        WHEN x < {ten} THEN ('{{{exact}}}'::float8[])[x::int + 1]
        ELSE {count} * ({one} - {one} / ({nine} * {count}) {sign} {z} / ({three} * sqrt({count}))) ^ {three}
    END END
"""

_COMPARED = """
    CASE WHEN counts.area_id = country_id OR "interval" = 'none' OR status <> 'reported' THEN NULL
         WHEN low_{name} > benchmark THEN 'higher'
         WHEN high_{name} < benchmark THEN 'lower'
         WHEN benchmark IS NOT NULL THEN 'same'
    END
"""

# Each table of counts meets its editions by itself: of the columns of a union PostgreSQL knows nothing,
# would expect next to no rows and look them up one by one. Conditions of a page reach both tables.
# What is worked out stands behind an offset: else it is worked out anew for every column that asks.
_FIGURES = """
SELECT release_id, counts.indicator_id, counts.period_id, counts.area_id, counts.partition_id,
       CASE WHEN status = 'reported' THEN x END AS numerator,
       CASE WHEN status NOT LIKE 'suppressed%' AND status <> 'withdrawn' THEN n END AS denominator,
       CASE WHEN status = 'reported' THEN factor * x / n END AS value,
       low_95 AS lower_95, high_95 AS upper_95, low_998 AS lower_998, high_998 AS upper_998,
       {compared_95} AS compared_95, {compared_998} AS compared_998,
       status, member_count, reported_count
FROM (
    -- A sum is of the calculation that made it.
    SELECT release_id, partition_id, country_id, benchmark, total.indicator_id, total.period_id, area_id,
           numerator AS x, denominator AS n, status AS delivered, member_count, reported_count
    FROM monitoring_total total JOIN monitoring_edition edition USING (partition_id)
    UNION ALL
    -- An observation is of each edition in which it was known; it is the sum of nothing.
    SELECT release_id, partition_id, country_id, benchmark, indicator_id, period_id, area_id,
           numerator, CASE WHEN status = 'reported' THEN denominator END, status, 0, 0
    FROM monitoring_observation count JOIN monitoring_edition edition USING (indicator_id, period_id)
    WHERE {known}
) AS counts
JOIN monitoring_indicator indicator ON indicator.id = counts.indicator_id
LEFT JOIN monitoring_hiddenfigure hidden
  ON hidden.partition_id = counts.partition_id AND hidden.area_id = counts.area_id
LEFT JOIN monitoring_withdrawal withdrawal
  ON withdrawal.indicator_id = counts.indicator_id AND withdrawal.period_id = counts.period_id
 AND withdrawal.area_id = counts.area_id AND withdrawal.restored_at IS NULL
CROSS JOIN LATERAL (SELECT {status} AS status OFFSET 0) AS judged
-- Only where a number may be shown, so never of a denominator of nothing.
LEFT JOIN LATERAL (
    SELECT {low_95} AS low_95, {high_95} AS high_95, {low_998} AS low_998, {high_998} AS high_998
    WHERE status = 'reported' OFFSET 0
) AS limits ON true
"""


# What everybody reads. Publishing and rolling back move the one pointer and touch no figure.
PUBLISHED = """
SELECT indicator_id, period_id, area_id, partition_id, numerator, denominator, value,
       lower_95, upper_95, lower_998, upper_998, compared_95, compared_998,
       status, member_count, reported_count
FROM monitoring_releasefigure
WHERE release_id = (SELECT release_id FROM monitoring_publication)
"""


def figures() -> str:
    """The figures of every release, with the formulas of `monitoring.intervals` written out in SQL."""
    known = KNOWN_TO.format(count="count", through="edition.through_id", as_of="edition.as_of")
    parts = {"status": _STATUS, "known": known}
    for name, z in _LEVELS.items():
        exact = [intervals.exact_poisson(count, z=z) for count in range(10)]
        lower = ", ".join(repr(interval.lower) for interval in exact if interval)
        upper = ", ".join(repr(interval.upper) for interval in exact if interval)
        words = _NUMBERS | {"z": _float(z), "zz": _float(z * z)}
        parts[f"low_{name}"] = _LIMIT.format(sign="-", count="x", exact=lower, **words)
        more = f"(x + {_float(1)})"
        parts[f"high_{name}"] = _LIMIT.format(sign="+", count=more, exact=upper, **words)
        parts[f"compared_{name}"] = _COMPARED.format(name=name)
    return _FIGURES.format(**parts)


def _float(number: float) -> str:
    return f"'{number!r}'::float8"


_NUMBERS = {
    word: _float(number)
    for word, number in {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9, "ten": 10}.items()
}
