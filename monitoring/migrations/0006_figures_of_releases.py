from django.db import migrations

# `monitoring.rules.figures()` and `PUBLISHED` as they were when this migration was made; a test
# compares them.
FIGURES = """
CREATE VIEW monitoring_releasefigure AS
SELECT release_id, indicator_id, period_id, area_id, partition_id,
       CASE WHEN status = 'reported' THEN x END AS numerator,
       CASE WHEN status NOT LIKE 'suppressed%' AND status <> 'withdrawn' THEN n END AS denominator,
       CASE WHEN status = 'reported' THEN factor * x / n END AS value,
       CASE WHEN status = 'reported' THEN low_95 END AS lower_95,
       CASE WHEN status = 'reported' THEN high_95 END AS upper_95,
       CASE WHEN status = 'reported' THEN low_998 END AS lower_998,
       CASE WHEN status = 'reported' THEN high_998 END AS upper_998,
       
    CASE WHEN area_id = country_id OR "interval" = 'none' OR status <> 'reported' THEN NULL
         WHEN low_95 > benchmark THEN 'higher'
         WHEN high_95 < benchmark THEN 'lower'
         WHEN benchmark IS NOT NULL THEN 'same'
    END
 AS compared_95, 
    CASE WHEN area_id = country_id OR "interval" = 'none' OR status <> 'reported' THEN NULL
         WHEN low_998 > benchmark THEN 'higher'
         WHEN high_998 < benchmark THEN 'lower'
         WHEN benchmark IS NOT NULL THEN 'same'
    END
 AS compared_998,
       status, member_count, reported_count
FROM (
    -- Only asked for where the status is `reported`, so never of a denominator of nothing.
    SELECT judged.*, 
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
    FROM (
        SELECT counts.indicator_id, counts.period_id, counts.area_id, counts.numerator AS x,
               counts.denominator AS n, counts.member_count, counts.reported_count,
               edition.release_id, edition.partition_id, edition.country_id, edition.benchmark,
               indicator.factor::float8, indicator."interval", 
    CASE
        WHEN withdrawal.id IS NOT NULL THEN 'withdrawn'
        WHEN counts.status <> 'reported' THEN counts.status
        WHEN counts.denominator = '0'::float8 THEN 'not_applicable'
        WHEN is_at_risk AND (
            counts.denominator < '10'::float8
            OR (counts.numerator > '0'::float8 OR is_zero_at_risk) AND counts.numerator < '10'::float8
            OR counts.denominator - counts.numerator > '0'::float8
               AND counts.denominator - counts.numerator < '10'::float8
        ) THEN 'suppressed_primary'
        -- Of two members, each could subtract its own count from the sum.
        WHEN is_at_risk AND member_count > 1 AND reported_count < 3
            THEN 'suppressed_secondary'
        WHEN hidden.area_id IS NOT NULL THEN 'suppressed_secondary'
        ELSE 'reported'
    END
 AS status
        FROM (
            SELECT indicator_id, period_id, area_id, partition_id, numerator, denominator, status,
                   member_count, reported_count, 0::bigint AS import_file_id,
                   NULL::timestamptz AS superseded_at
            FROM monitoring_total
            UNION ALL
            SELECT indicator_id, period_id, area_id, NULL, numerator,
                   CASE WHEN status = 'reported' THEN denominator END, status, 1,
                   CASE WHEN status = 'reported' THEN 1 ELSE 0 END, import_file_id, superseded_at
            FROM monitoring_observation
        ) AS counts
        JOIN monitoring_edition edition
          ON edition.indicator_id = counts.indicator_id AND edition.period_id = counts.period_id
         AND (counts.partition_id IS NULL OR counts.partition_id = edition.partition_id)
        JOIN monitoring_indicator indicator ON indicator.id = edition.indicator_id
        LEFT JOIN monitoring_hiddenfigure hidden
          ON hidden.partition_id = edition.partition_id AND hidden.area_id = counts.area_id
        LEFT JOIN monitoring_withdrawal withdrawal
          ON withdrawal.indicator_id = counts.indicator_id AND withdrawal.period_id = counts.period_id
         AND withdrawal.area_id = counts.area_id AND withdrawal.restored_at IS NULL
        WHERE 
    counts.import_file_id <= edition.through_id
    AND (counts.superseded_at IS NULL OR counts.superseded_at > edition.as_of)

    ) AS judged
) AS figures
"""
PUBLISHED = """
CREATE VIEW monitoring_aggregate AS
SELECT indicator_id, period_id, area_id, partition_id, numerator, denominator, value,
       lower_95, upper_95, lower_998, upper_998, compared_95, compared_998,
       status, member_count, reported_count
FROM monitoring_releasefigure
WHERE release_id = (SELECT release_id FROM monitoring_publication)
"""
# Of these the source may not even tell that there was nobody.
ZERO_AT_RISK = """
UPDATE monitoring_indicator SET is_zero_at_risk = true WHERE is_at_risk AND code IN (
    'perinatale-sterfte', 'neonatale-sterfte', 'zuigelingensterfte', 'kinderbescherming-0-2',
    'problematische-schulden'
)
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0005_releases_and_protection")]

    operations = [
        migrations.RunSQL(ZERO_AT_RISK, migrations.RunSQL.noop),
        migrations.RunSQL(FIGURES, "DROP VIEW monitoring_releasefigure"),
        migrations.RunSQL(PUBLISHED, "DROP VIEW monitoring_aggregate"),
    ]
