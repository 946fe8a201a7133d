from importlib import import_module

from django.db import migrations

# `monitoring.rules.figures()` as it was when this migration was made; a test compares them.
FIGURES = """
CREATE OR REPLACE VIEW monitoring_releasefigure AS
SELECT release_id, counts.indicator_id, counts.period_id, counts.area_id, counts.partition_id,
       CASE WHEN status = 'reported' THEN x END AS numerator,
       CASE WHEN status NOT LIKE 'suppressed%' AND status <> 'withdrawn' THEN n END AS denominator,
       CASE WHEN status = 'reported' THEN factor * x / n END AS value,
       low_95 AS lower_95, high_95 AS upper_95, low_998 AS lower_998, high_998 AS upper_998,
       
    CASE WHEN counts.area_id = country_id OR "interval" = 'none' OR status <> 'reported' THEN NULL
         WHEN low_95 > benchmark THEN 'higher'
         WHEN high_95 < benchmark THEN 'lower'
         WHEN benchmark IS NOT NULL THEN 'same'
    END
 AS compared_95, 
    CASE WHEN counts.area_id = country_id OR "interval" = 'none' OR status <> 'reported' THEN NULL
         WHEN low_998 > benchmark THEN 'higher'
         WHEN high_998 < benchmark THEN 'lower'
         WHEN benchmark IS NOT NULL THEN 'same'
    END
 AS compared_998,
       status, member_count, reported_count
FROM (
    -- A sum is of the calculation that made it.
    SELECT release_id, partition_id, country_id, benchmark, total.indicator_id, total.period_id, area_id,
           numerator AS x, denominator AS n, status AS delivered, member_count, reported_count
    FROM monitoring_total total JOIN monitoring_edition edition USING (partition_id)
    UNION ALL
    -- An observation is of each edition in which it was known.
    SELECT release_id, partition_id, country_id, benchmark, indicator_id, period_id, area_id,
           numerator, CASE WHEN status = 'reported' THEN denominator END, status, 1,
           CASE WHEN status = 'reported' THEN 1 ELSE 0 END
    FROM monitoring_observation count JOIN monitoring_edition edition USING (indicator_id, period_id)
    WHERE 
    count.import_file_id <= edition.through_id
    AND (count.superseded_at IS NULL OR count.superseded_at > edition.as_of)

) AS counts
JOIN monitoring_indicator indicator ON indicator.id = counts.indicator_id
LEFT JOIN monitoring_hiddenfigure hidden
  ON hidden.partition_id = counts.partition_id AND hidden.area_id = counts.area_id
LEFT JOIN monitoring_withdrawal withdrawal
  ON withdrawal.indicator_id = counts.indicator_id AND withdrawal.period_id = counts.period_id
 AND withdrawal.area_id = counts.area_id AND withdrawal.restored_at IS NULL
CROSS JOIN LATERAL (SELECT 
    CASE
        WHEN withdrawal.id IS NOT NULL THEN 'withdrawn'
        WHEN delivered <> 'reported' THEN delivered
        WHEN n = '0'::float8 THEN 'not_applicable'
        WHEN is_at_risk AND (
            n < '10'::float8
            OR (x > '0'::float8 OR is_zero_at_risk) AND x < '10'::float8
            OR n - x > '0'::float8 AND n - x < '10'::float8
        ) THEN 'suppressed_primary'
        -- Of two members, each could subtract its own count from the sum.
        WHEN is_at_risk AND member_count > 1 AND reported_count < 3
            THEN 'suppressed_secondary'
        WHEN hidden.area_id IS NOT NULL THEN 'suppressed_secondary'
        ELSE 'reported'
    END
 AS status OFFSET 0) AS judged
-- Only where a number may be shown, so never of a denominator of nothing.
LEFT JOIN LATERAL (
    SELECT 
    CASE WHEN "interval" = 'wilson' THEN
        factor * ('2'::float8 * x + '3.8414588206939135'::float8 - '1.95996398454'::float8 * sqrt(greatest('0'::float8, '3.8414588206939135'::float8 + '4'::float8 * x * ('1'::float8 - x / n))))
        / ('2'::float8 * (n + '3.8414588206939135'::float8))
    WHEN "interval" = 'byar' THEN factor / n * CASE
        WHEN x < '10'::float8 THEN ('{0.0, 0.025317807984293145, 0.24220927854398172, 0.6186721228956322, 1.08986537362637, 1.6234863901184777, 2.2018942534909183, 2.8143630515199423, 3.4538321767485876, 4.1153730973784235}'::float8[])[x::int + 1]
        ELSE x * ('1'::float8 - '1'::float8 / ('9'::float8 * x) - '1.95996398454'::float8 / ('3'::float8 * sqrt(x))) ^ '3'::float8
    END END
 AS low_95, 
    CASE WHEN "interval" = 'wilson' THEN
        factor * ('2'::float8 * x + '3.8414588206939135'::float8 + '1.95996398454'::float8 * sqrt(greatest('0'::float8, '3.8414588206939135'::float8 + '4'::float8 * x * ('1'::float8 - x / n))))
        / ('2'::float8 * (n + '3.8414588206939135'::float8))
    WHEN "interval" = 'byar' THEN factor / n * CASE
        WHEN x < '10'::float8 THEN ('{3.6888794541138097, 5.57164339093875, 7.224687667723794, 8.767273069742146, 10.241588675403506, 11.668332079322465, 13.059474022518469, 14.422675361702154, 15.763189220193084, 17.084803451418928}'::float8[])[x::int + 1]
        ELSE (x + '1'::float8) * ('1'::float8 - '1'::float8 / ('9'::float8 * (x + '1'::float8)) + '1.95996398454'::float8 / ('3'::float8 * sqrt((x + '1'::float8)))) ^ '3'::float8
    END END
 AS high_95, 
    CASE WHEN "interval" = 'wilson' THEN
        factor * ('2'::float8 * x + '9.549535706084397'::float8 - '3.090232306168'::float8 * sqrt(greatest('0'::float8, '9.549535706084397'::float8 + '4'::float8 * x * ('1'::float8 - x / n))))
        / ('2'::float8 * (n + '9.549535706084397'::float8))
    WHEN "interval" = 'byar' THEN factor / n * CASE
        WHEN x < '10'::float8 THEN ('{0.0, 0.001000500333582923, 0.04540201776947597, 0.19053337756836203, 0.42855241362834784, 0.7393717319177362, 1.1071046602555272, 1.5203362603986497, 1.9708139217401817, 2.4524244043635886}'::float8[])[x::int + 1]
        ELSE x * ('1'::float8 - '1'::float8 / ('9'::float8 * x) - '3.090232306168'::float8 / ('3'::float8 * sqrt(x))) ^ '3'::float8
    END END
 AS low_998, 
    CASE WHEN "interval" = 'wilson' THEN
        factor * ('2'::float8 * x + '9.549535706084397'::float8 + '3.090232306168'::float8 * sqrt(greatest('0'::float8, '9.549535706084397'::float8 + '4'::float8 * x * ('1'::float8 - x / n))))
        / ('2'::float8 * (n + '9.549535706084397'::float8))
    WHEN "interval" = 'byar' THEN factor / n * CASE
        WHEN x < '10'::float8 THEN ('{6.907755278982766, 9.23341347645228, 11.228872242413413, 13.062240779188866, 14.794149222538046, 16.45474520368098, 18.06163684019998, 19.626177395385177, 21.156198165840955, 22.657373309063935}'::float8[])[x::int + 1]
        ELSE (x + '1'::float8) * ('1'::float8 - '1'::float8 / ('9'::float8 * (x + '1'::float8)) + '3.090232306168'::float8 / ('3'::float8 * sqrt((x + '1'::float8)))) ^ '3'::float8
    END END
 AS high_998
    WHERE status = 'reported' OFFSET 0
) AS limits ON true
"""
BEFORE = import_module("monitoring.migrations.0016_figures_estimated_well").FIGURES


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0022_hospitals_never_change")]

    operations = [migrations.RunSQL(FIGURES, BEFORE)]
