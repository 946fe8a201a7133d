"""Which organisation of the portal is each row of a table? Asked for all rows of a plan at once."""

ROWS = "coalitions_memberimportrow"

STAGE = f"""
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.listed, pg_temp.asleep, pg_temp.matched, pg_temp.resolved;
    CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
    SELECT r.id AS row_id, r.line, r.answer, portal_sort_key(v.name) AS key, v.*
    FROM {ROWS} r, jsonb_to_record(r.values) AS v(
        number bigint, name text, short_name text, type_id bigint, municipality_id bigint,
        kvk text, branch text, rsin text, agb text, oin text, website text, phone text, general_email text,
        description text, state text, contribution_role text, joined_on date)
    WHERE r.plan_id = %(plan)s AND NOT r.is_unreadable;
    -- The spell that counts for each organisation: the open one, else the latest.
    CREATE TEMPORARY TABLE listed ON COMMIT DROP AS
    SELECT DISTINCT ON (organisation_id) organisation_id, id AS membership_id, state, joined_on,
           contribution_role, left_on IS NULL AS is_open,
           left_on IS NOT NULL AND EXISTS (
               SELECT FROM {ROWS} r JOIN coalitions_memberimport p ON p.id = r.plan_id
               WHERE r.membership_id = coalitions_membership.id AND r.made_membership
                 AND p.undone_at IS NOT NULL) AS is_undone
    FROM coalitions_membership WHERE coalition_id = %(coalition)s
    ORDER BY organisation_id, left_on IS NULL DESC, id DESC;
    -- Organisations that went into the archive because an import was taken back; they may return.
    CREATE TEMPORARY TABLE asleep ON COMMIT DROP AS
    SELECT DISTINCT o.id FROM {ROWS} r
    JOIN coalitions_memberimport p ON p.id = r.plan_id AND p.undone_at IS NOT NULL
    JOIN partners_organisation o ON o.id = r.organisation_id
    WHERE r.made_organisation AND o.archived_at IS NOT NULL AND o.merged_into_id IS NULL;
    ANALYZE staged;
    ANALYZE listed;
    ANALYZE asleep;
"""
# Numbers first, then the municipality of a municipal organisation, then the exact name in the same
# municipality. Any other likeness is a question, never a match.
MATCH = """
    CREATE TEMPORARY TABLE matched ON COMMIT DROP AS
    WITH named AS (
        SELECT s.row_id,
               array_agg(o.id ORDER BY o.id)
                   FILTER (WHERE o.municipality_id IS NOT DISTINCT FROM s.municipality_id) AS same,
               array_agg(o.id ORDER BY o.id) AS anywhere
        FROM staged s JOIN partners_organisation o ON o.sort_key = s.key
        WHERE o.archived_at IS NULL OR o.id IN (SELECT id FROM asleep)
        GROUP BY s.row_id
    ), keys AS (
        SELECT s.row_id, s.answer, n.organisation_id AS by_number,
               coalesce(k.merged_into_id, k.id) AS by_kvk,
               coalesce(b.merged_into_id, b.id) AS by_branch,
               coalesce(f.merged_into_id, f.id) AS by_rsin,
               coalesce(a.merged_into_id, a.id) AS by_agb,
               coalesce(i.merged_into_id, i.id) AS by_oin,
               g.id AS by_code, named.same, coalesce(named.anywhere, likely.ids) AS anywhere
        FROM staged s
        LEFT JOIN listed n ON n.organisation_id = s.number
        LEFT JOIN partners_organisation k ON k.kvk = s.kvk
        LEFT JOIN partners_organisation b ON b.branch = s.branch
        LEFT JOIN partners_organisation f ON f.rsin = s.rsin
        LEFT JOIN partners_organisation a ON a.agb = s.agb
        LEFT JOIN partners_organisation i ON i.oin = s.oin
        LEFT JOIN (partners_organisation g
                   JOIN partners_organisationtype t ON t.id = g.type_id AND t.code = 'gemeente')
          ON g.type_id = s.type_id AND g.municipality_id = s.municipality_id
         AND (g.archived_at IS NULL OR g.id IN (SELECT id FROM asleep))
        LEFT JOIN named ON named.row_id = s.row_id
        LEFT JOIN likely ON likely.row_id = s.row_id
    ), strong AS (
        SELECT *, coalesce(by_number, by_kvk, by_branch, by_rsin, by_agb, by_oin, by_code) AS target,
               (SELECT count(DISTINCT id) > 1 FROM unnest(
                    ARRAY[by_number, by_kvk, by_branch, by_rsin, by_agb, by_oin, by_code]) AS id) AS is_torn
        FROM keys
    ), weighed AS (
        SELECT strong.*, s.kvk IS NOT NULL AND o.kvk IS NOT NULL AND s.kvk <> o.kvk AS is_other_kvk
        FROM strong JOIN staged s USING (row_id)
        LEFT JOIN partners_organisation o ON cardinality(strong.same) = 1 AND o.id = strong.same[1]
    )
    SELECT row_id, is_torn,
           CASE WHEN target IS NOT NULL THEN target
                WHEN answer > 0 THEN answer
                WHEN answer = 0 THEN NULL
                WHEN cardinality(same) = 1 AND NOT is_other_kvk THEN same[1]
           END AS target,
           target IS NULL AND answer IS NULL
             AND CASE WHEN same IS NULL THEN anywhere IS NOT NULL
                      ELSE cardinality(same) > 1 OR is_other_kvk END AS is_question,
           CASE WHEN target IS NULL THEN coalesce(same, anywhere) END AS alike
    FROM weighed;
    ANALYZE matched;
"""
