"""Which organisation may a row mean, where numbers and the exact name say nothing? Only ever a question.

By another name it is known by, or by a name much like one of its names, of whatever kind and wherever it
is: people mistype, and a table may place an organisation elsewhere. Comparing every name with every name
would take minutes, so that names are compared only where they share the beginning of a word that few
names have, or the kind and the place.
"""

from partners.duplicates import ALIKE

# So many letters of a word, and a word that more names have tells nothing.
LETTERS = 4
FEW = 40
# As many as somebody can choose from.
MOST = 5

LIKELY = rf"""
    DROP TABLE IF EXISTS pg_temp.known, pg_temp.sought, pg_temp.likely;
    CREATE TEMPORARY TABLE known ON COMMIT DROP AS
    WITH candidate AS (
        SELECT o.id, o.type_id, coalesce(o.municipality_id, 0) AS place, o.sort_key, o.short_name
        FROM partners_organisation o
        JOIN partners_organisationtype t ON t.id = o.type_id AND t.code <> 'gemeente'
        WHERE o.archived_at IS NULL
    ), named AS (
        SELECT id, type_id, place, sort_key AS key, false AS is_other FROM candidate
        UNION ALL
        SELECT id, type_id, place, portal_sort_key(short_name), true FROM candidate WHERE short_name <> ''
        UNION ALL
        SELECT c.id, c.type_id, c.place, a.sort_key, true
        FROM candidate c JOIN partners_organisationalias a ON a.organisation_id = c.id
    )
    SELECT named.*, convert_from(key, 'UTF8') AS name,
           regexp_replace(convert_from(key, 'UTF8'), '\D+', '', 'g') AS digits
    FROM named;
    CREATE TEMPORARY TABLE sought ON COMMIT DROP AS
    SELECT row_id, type_id, coalesce(municipality_id, 0) AS place, kvk IS NOT NULL AS has_kvk, key,
           convert_from(key, 'UTF8') AS name,
           regexp_replace(convert_from(key, 'UTF8'), '\D+', '', 'g') AS digits
    FROM staged WHERE key IS NOT NULL;
    ANALYZE known;
    ANALYZE sought;
    CREATE TEMPORARY TABLE likely ON COMMIT DROP AS
    WITH words AS (
        SELECT DISTINCT k.id, k.name, k.digits, left(word[1], {LETTERS}) AS start
        FROM known k, regexp_matches(k.name, '[a-z]{{{LETTERS},}}', 'g') AS word
    ), rare AS (
        SELECT start FROM words GROUP BY start HAVING count(*) <= {FEW}
    ), beside AS (
        SELECT s.row_id, k.id, 1::real AS alike
        FROM sought s JOIN known k ON k.key = s.key AND k.is_other
        UNION ALL
        SELECT s.row_id, w.id, similarity(w.name, s.name)
        FROM (SELECT DISTINCT row_id, name, digits, left(word[1], {LETTERS}) AS start
              FROM sought, regexp_matches(name, '[a-z]{{{LETTERS},}}', 'g') AS word) s
        JOIN rare USING (start)
        JOIN words w ON w.start = s.start AND w.digits = s.digits
        UNION ALL
        SELECT s.row_id, k.id, similarity(k.name, s.name)
        FROM sought s
        JOIN known k ON (k.type_id, k.place, k.digits) = (s.type_id, s.place, s.digits)
    ), best AS (
        SELECT b.row_id, b.id, max(b.alike) AS alike
        FROM beside b
        JOIN sought s USING (row_id)
        JOIN partners_organisation o ON o.id = b.id
        WHERE b.alike >= {ALIKE}
          -- Two numbers that differ are two organisations, unless it is known by this very name.
          AND (b.alike = 1 OR NOT s.has_kvk OR o.kvk IS NULL)
        GROUP BY b.row_id, b.id
    ), ranked AS (
        SELECT row_id, id, row_number() OVER (PARTITION BY row_id ORDER BY alike DESC, id) AS place FROM best
    )
    SELECT row_id, array_agg(id ORDER BY id) AS ids FROM ranked WHERE place <= {MOST} GROUP BY row_id;
    ANALYZE likely;
"""
