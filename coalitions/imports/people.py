"""People of a table beside those of the portal: what each row would do, and doing it.

Only organisations on the list of the coalition count. Somebody who can log in keeps her own name,
telephone and address, whatever the table says.
"""

from typing import Any

from coalitions.models import MemberImport, Seat, SeatKind, SeatLevel
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Person, Representative
from portal.import_plans import as_cell, insert_from

ROWS = "coalitions_memberimportrow"
MEMBERS = ", ".join(f"'{state}'" for state in MEMBER_STATES)
LEVELS = " ".join(f"WHEN '{level.value}' THEN '{level.label}'" for level in SeatLevel)
TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
CURRENT = f"{{0}}.valid_from <= {TODAY} AND ({{0}}.valid_to IS NULL OR {TODAY} < {{0}}.valid_to)"

STAGE = f"""
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.listed, pg_temp.speakers, pg_temp.matched, pg_temp.resolved,
        pg_temp.newcomers, pg_temp.appointments;
    CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
    SELECT r.id AS row_id, r.line, r.answer, portal_sort_key(v.organisation) AS organisation_key,
           portal_sort_key(v.name) AS name_key, portal_sort_key(v.function) AS function_key, v.*
    FROM {ROWS} r, jsonb_to_record(r.values) AS v(
        organisation text, kvk text, municipality_id bigint, name text, function text, portfolio text,
        email text, phone text, is_primary boolean, level text)
    WHERE r.plan_id = %(plan)s AND NOT r.is_unreadable;
    CREATE TEMPORARY TABLE listed ON COMMIT DROP AS
    SELECT m.id AS membership_id, m.organisation_id, m.state IN ({MEMBERS}) AS is_member, o.name,
           portal_sort_key({as_cell("o.name")}) AS sort_key, o.kvk, o.municipality_id
    FROM coalitions_membership m JOIN partners_organisation o ON o.id = m.organisation_id
    WHERE m.coalition_id = %(coalition)s AND m.left_on IS NULL;
    -- Who speaks today for an organisation on the list, by names as a table would give them back.
    CREATE TEMPORARY TABLE speakers ON COMMIT DROP AS
    SELECT v.id AS representative_id, v.organisation_id, v.person_id, v.function, v.portfolio,
           v.is_primary, portal_sort_key({as_cell("v.function")}) AS function_key,
           portal_sort_key({as_cell("p.name")}) AS name_key,
           p.name, p.email, p.phone
    FROM partners_representative v
    JOIN partners_person p ON p.id = v.person_id
    WHERE v.organisation_id IN (SELECT organisation_id FROM listed) AND {CURRENT.format("v")};
    ANALYZE staged;
    ANALYZE listed;
    ANALYZE speakers;
"""
MATCH = """
    CREATE TEMPORARY TABLE matched ON COMMIT DROP AS
    WITH addresses AS (
        -- Her own address, or one more that she confirmed.
        SELECT lower(email) AS email, id AS person_id FROM partners_person WHERE email IS NOT NULL
        UNION
        SELECT lower(email), user_id FROM account_emailaddress WHERE verified
    ), hosts AS (
        SELECT s.row_id, count(*) AS hosts, min(l.organisation_id) AS organisation_id
        FROM staged s JOIN listed l
          ON CASE WHEN s.kvk IS NOT NULL AND l.kvk IS NOT NULL THEN l.kvk = s.kvk
                  ELSE l.sort_key = s.organisation_key
                       AND (s.municipality_id IS NULL OR l.municipality_id = s.municipality_id) END
        GROUP BY s.row_id
    ), namesakes AS (
        SELECT s.row_id,
               array_agg(DISTINCT v.person_id) AS anybody,
               array_agg(DISTINCT v.person_id) FILTER (WHERE v.function_key = s.function_key) AS same,
               bool_or(s.email IS NOT NULL AND v.email IS NOT NULL AND v.email <> s.email) AS has_other
        FROM staged s
        JOIN hosts h ON h.row_id = s.row_id AND h.hosts = 1
        JOIN speakers v ON v.organisation_id = h.organisation_id AND v.name_key = s.name_key
        GROUP BY s.row_id
    )
    SELECT s.row_id, coalesce(h.hosts, 0) AS hosts,
           CASE WHEN h.hosts = 1 THEN h.organisation_id END AS organisation_id,
           CASE WHEN p.person_id IS NOT NULL THEN p.person_id
                WHEN s.answer > 0 THEN s.answer
                WHEN s.answer = 0 OR n.has_other THEN NULL
                WHEN cardinality(n.same) = 1 THEN n.same[1]
                WHEN cardinality(n.anybody) = 1 THEN n.anybody[1] END AS person_id,
           p.person_id IS NULL AND s.answer IS NULL AND n.row_id IS NOT NULL
             AND (n.has_other OR coalesce(cardinality(n.same), 0) <> 1 AND cardinality(n.anybody) > 1)
             AS is_question,
           CASE WHEN p.person_id IS NULL THEN n.anybody END AS alike
    FROM staged s
    LEFT JOIN hosts h USING (row_id)
    LEFT JOIN namesakes n USING (row_id)
    LEFT JOIN addresses p ON p.email = s.email;
    ANALYZE matched;
"""
RESOLVE = f"""
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    WITH joined AS (
        SELECT s.*, m.hosts, m.organisation_id, m.person_id, m.is_question, m.alike,
               l.membership_id, l.is_member, p.name AS own_name, p.phone AS own_phone,
               p.email AS own_email,
               p.last_login IS NOT NULL OR left(p.password, 1) <> '!' AS has_account,
               EXISTS (SELECT FROM speakers v WHERE v.person_id = m.person_id) AS is_known,
               (SELECT count(*) FROM speakers v WHERE v.person_id = m.person_id
                  AND v.organisation_id = m.organisation_id) AS functions,
               count(*) OVER (PARTITION BY m.person_id, m.organisation_id) AS rows_of_person,
               -- Two rows of somebody new are one person.
               coalesce(m.person_id::text, s.email, encode(s.name_key, 'hex') || m.organisation_id)
                   AS who
        FROM staged s
        JOIN matched m USING (row_id)
        LEFT JOIN listed l ON l.organisation_id = m.organisation_id
        LEFT JOIN partners_person p ON p.id = m.person_id
    ), spoken AS (
        SELECT j.*, v.representative_id, v.function AS own_function, v.portfolio AS own_portfolio,
               v.is_primary AS own_primary,
               z.id AS seat_id
        FROM joined j
        LEFT JOIN LATERAL (
            SELECT * FROM speakers v
            WHERE v.person_id = j.person_id AND v.organisation_id = j.organisation_id
              AND (v.function_key = j.function_key OR j.functions = 1
                   AND (j.function_key IS NULL OR j.rows_of_person = 1))
            ORDER BY v.function_key IS DISTINCT FROM j.function_key LIMIT 1
        ) v ON true
        LEFT JOIN coalitions_seat z
          ON z.membership_id = j.membership_id AND z.representative_id = v.representative_id
         AND z.level = j.level AND {CURRENT.format("z")}
    ), primaries AS (
        -- Who is first contact now, or would be, and is not told to stop.
        SELECT organisation_id, representative_id::text AS speaker FROM speakers v
        WHERE is_primary AND NOT EXISTS (SELECT FROM spoken k WHERE k.representative_id = v.representative_id
                                         AND NOT k.is_primary)
        UNION
        SELECT organisation_id, coalesce(representative_id::text, who) FROM spoken WHERE is_primary
    ), firsts AS (
        SELECT organisation_id, count(*) AS firsts FROM primaries GROUP BY organisation_id
    ), judged AS (
        SELECT k.*,
               CASE
                   WHEN k.organisation IS NULL AND k.kvk IS NULL THEN ARRAY['Organisatie', '',
                       'De organisatie ontbreekt. Vul de naam in.']
                   WHEN k.hosts = 0 THEN ARRAY['Organisatie', coalesce(k.organisation, k.kvk),
                       'Deze organisatie staat niet op de lijst. Zet haar eerst op de ledenlijst.']
                   WHEN k.hosts > 1 THEN ARRAY['Organisatie', coalesce(k.organisation, k.kvk),
                       'Er zijn meer organisaties met deze naam. Vul ook de gemeente of het KvK-nummer in.']
                   WHEN k.name IS NULL AND k.person_id IS NULL THEN ARRAY['Naam', '',
                       'De naam ontbreekt. Vul de naam van de persoon in.']
                   WHEN k.is_question THEN NULL
                   WHEN k.representative_id IS NULL AND k.function IS NULL THEN ARRAY['Functie', '',
                       'De functie ontbreekt. Vul in wat deze persoon daar doet.']
                   WHEN k.level IS NOT NULL AND NOT k.is_member THEN ARRAY['Niveau van de zetel',
                       (CASE k.level {LEVELS} END),
                       'Alleen een lid heeft een zetel. Laat de cel leeg, of maak de organisatie eerst lid.']
                   WHEN k.is_primary AND f.firsts > 1 THEN ARRAY['Eerste aanspreekpunt', 'ja',
                       'Er is al een ander eerste aanspreekpunt. Zet bij één van beiden nee.']
               END AS wrong,
               min(k.line) OVER (PARTITION BY k.organisation_id, k.who,
                   coalesce(k.representative_id::text, encode(k.function_key, 'hex')), k.level) AS first_line
        FROM spoken k LEFT JOIN firsts f ON f.organisation_id = k.organisation_id
    ), weighed AS (
        SELECT judged.*,
               coalesce(is_known AND NOT has_account, false) AS may_correct,
               jsonb_strip_nulls(jsonb_build_object(
                   'name', CASE WHEN is_known AND NOT has_account AND name <> {as_cell("own_name")}
                       THEN jsonb_build_array(own_name, name) END,
                   'phone', CASE WHEN is_known AND NOT has_account AND phone <> own_phone
                       THEN jsonb_build_array(own_phone, phone) END,
                   'email', CASE WHEN is_known AND NOT has_account AND own_email IS NULL
                       AND email IS NOT NULL THEN jsonb_build_array('', email) END,
                   'function', CASE WHEN function <> {as_cell("own_function")}
                       THEN jsonb_build_array(own_function, function) END,
                   'portfolio', CASE WHEN portfolio <> {as_cell("own_portfolio")}
                       THEN jsonb_build_array(own_portfolio, portfolio) END,
                   'is_primary', CASE WHEN is_primary <> own_primary
                       THEN jsonb_build_array(CASE WHEN own_primary THEN 'ja' ELSE 'nee' END,
                                              CASE WHEN is_primary THEN 'ja' ELSE 'nee' END) END,
                   'level', CASE WHEN representative_id IS NOT NULL AND level IS NOT NULL AND seat_id IS NULL
                       THEN jsonb_build_array('', CASE level {LEVELS} END) END
               )) AS changes
        FROM judged
    )
    SELECT row_id, organisation_id, membership_id, person_id, representative_id, seat_id, who,
           CASE WHEN answer = -1 THEN 'skip'
                WHEN wrong IS NOT NULL OR first_line < line THEN 'error'
                WHEN is_question THEN 'ask'
                WHEN representative_id IS NULL THEN 'create'
                WHEN changes = '{{}}' THEN 'unchanged'
                ELSE 'update' END AS fate,
           CASE WHEN representative_id IS NULL THEN '{{}}'::jsonb ELSE changes END AS changes,
           CASE WHEN representative_id IS NULL OR changes = '{{}}' THEN '{{}}'::jsonb
                ELSE jsonb_build_object('name', own_name, 'phone', own_phone, 'email', own_email,
                    'function', own_function, 'portfolio', own_portfolio, 'is_primary', own_primary)
           END AS before,
           CASE WHEN answer = -1 THEN '[]'::jsonb
                WHEN wrong IS NOT NULL THEN jsonb_build_array(jsonb_build_object(
                    'column', wrong[1], 'value', wrong[2], 'problem', wrong[3], 'code', ''))
                WHEN first_line < line THEN jsonb_build_array(jsonb_build_object(
                    'column', 'Naam', 'value', coalesce(name, ''), 'code', '',
                    'problem', 'Deze persoon staat ook in regel ' || first_line
                               || '. Laat één van de twee regels weg.'))
                ELSE '[]'::jsonb END AS problems,
           CASE WHEN person_id IS NOT NULL AND NOT may_correct
                 AND (name IS DISTINCT FROM own_name OR coalesce(phone, own_phone) <> own_phone)
                THEN jsonb_build_array('Deze persoon is al bekend; naam en telefoon blijven zoals ze zijn.')
                ELSE '[]'::jsonb END AS added_notes,
           CASE WHEN alike IS NOT NULL AND (is_question OR answer IS NOT NULL) THEN
               (SELECT jsonb_agg(jsonb_build_array(v.person_id, v.name || ', ' || v.function
                       || coalesce(', ' || v.email, '')) ORDER BY v.representative_id)
                FROM speakers v WHERE v.person_id = ANY(alike)
                  AND v.organisation_id = weighed.organisation_id)
           ELSE '[]'::jsonb END AS candidates
    FROM weighed;
    ANALYZE resolved;
"""


def resolve(cursor: Any, plan: MemberImport) -> None:
    """The temporary table `resolved`: what every readable row of `plan` would do now."""
    parameters = {"plan": plan.pk, "coalition": plan.coalition_id}
    cursor.execute(STAGE, parameters)
    cursor.execute(MATCH)
    cursor.execute(RESOLVE)


LOCK = (
    f"""SELECT 1 FROM partners_person WHERE id IN (
           SELECT person_id FROM {ROWS} WHERE plan_id = %(plan)s AND fate = 'update')
       ORDER BY id FOR NO KEY UPDATE""",
    f"""SELECT 1 FROM partners_representative WHERE organisation_id IN (
           SELECT organisation_id FROM {ROWS} WHERE plan_id = %(plan)s AND fate IN ('create', 'update'))
       ORDER BY id FOR NO KEY UPDATE""",
)
# One number for each new person and each new function, however many rows they take.
NUMBER = """
    ALTER TABLE resolved ADD COLUMN new_person bigint, ADD COLUMN new_representative bigint,
        ADD COLUMN new_seat bigint;
    CREATE TEMPORARY TABLE newcomers ON COMMIT DROP AS
    SELECT who, nextval(pg_get_serial_sequence('partners_person', 'id')) AS id FROM (
        SELECT DISTINCT who FROM resolved WHERE fate = 'create' AND person_id IS NULL) AS newly;
    UPDATE resolved r SET new_person = n.id FROM newcomers n
    WHERE r.fate = 'create' AND r.person_id IS NULL AND n.who = r.who;
    CREATE TEMPORARY TABLE appointments ON COMMIT DROP AS
    SELECT who, organisation_id, function_key,
           nextval(pg_get_serial_sequence('partners_representative', 'id')) AS id FROM (
        SELECT DISTINCT r.who, r.organisation_id, s.function_key FROM resolved r JOIN staged s USING (row_id)
        WHERE r.fate = 'create') AS newly;
    UPDATE resolved r SET new_representative = a.id
    FROM appointments a, staged s
    WHERE r.fate = 'create' AND s.row_id = r.row_id AND a.who = r.who
      AND a.organisation_id = r.organisation_id AND a.function_key = s.function_key;
    UPDATE resolved r SET new_seat = nextval(pg_get_serial_sequence('coalitions_seat', 'id'))
    FROM staged s
    WHERE s.row_id = r.row_id AND s.level IS NOT NULL AND r.seat_id IS NULL
      AND (r.fate = 'create' OR r.changes ? 'level')
"""
CORRECT_PEOPLE = """
    UPDATE partners_person p SET
        name = CASE WHEN r.changes ? 'name' THEN s.name ELSE p.name END,
        phone = CASE WHEN r.changes ? 'phone' THEN s.phone ELSE p.phone END,
        email = CASE WHEN r.changes ? 'email' THEN s.email ELSE p.email END
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'update' AND p.id = r.person_id AND r.changes ?| ARRAY['name', 'phone', 'email']
"""
# Who stops as first contact before who starts: one organisation has one at a time.
CORRECT_FUNCTIONS = """
    UPDATE partners_representative v SET
        function = CASE WHEN r.changes ? 'function' THEN s.function ELSE v.function END,
        portfolio = CASE WHEN r.changes ? 'portfolio' THEN s.portfolio ELSE v.portfolio END,
        is_primary = CASE WHEN r.changes ? 'is_primary' THEN s.is_primary ELSE v.is_primary END
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'update' AND v.id = r.representative_id
      AND r.changes ?| ARRAY['function', 'portfolio', 'is_primary']
      AND coalesce(s.is_primary, false) = %s
"""
NOTE_MADE = f"""
    UPDATE {ROWS} SET
        organisation_id = r.organisation_id, membership_id = r.membership_id,
        person_id = coalesce(r.new_person, r.person_id),
        representative_id = coalesce(r.new_representative, r.representative_id),
        seat_id = coalesce(r.new_seat, r.seat_id),
        made_person = r.new_person IS NOT NULL,
        made_representative = r.new_representative IS NOT NULL,
        made_seat = r.new_seat IS NOT NULL
    FROM resolved r WHERE {ROWS}.id = r.row_id AND r.fate IN ('create', 'update')
"""


def save(cursor: Any, plan: MemberImport, *, by: Person) -> None:
    """Carry out what `resolved` says, all of it in a handful of statements."""
    cursor.execute(NUMBER)
    insert_from(
        cursor,
        Person,
        given={
            "id": "new_person",
            "name": "name",
            "email": "email",
            "phone": "coalesce(phone, '')",
            # No password: she cannot log in until an invitation opens her account.
            "password": "'!' || md5(random()::text || new_person)",
        },
        source="""FROM (
            SELECT DISTINCT ON (r.new_person) r.new_person, s.name, s.email, s.phone
            FROM resolved r JOIN staged s USING (row_id)
            WHERE r.new_person IS NOT NULL
            ORDER BY r.new_person, s.phone IS NULL, s.line) AS newly""",
    )
    cursor.execute(CORRECT_PEOPLE)
    cursor.execute(CORRECT_FUNCTIONS, [False])
    cursor.execute(CORRECT_FUNCTIONS, [True])
    insert_from(
        cursor,
        Representative,
        given={
            "id": "new_representative",
            "person_id": "person_id",
            "organisation_id": "organisation_id",
            "function": "function",
            "portfolio": "coalesce(portfolio, '')",
            "is_primary": "coalesce(is_primary, false)",
            "valid_from": TODAY,
        },
        source="""FROM (
            SELECT DISTINCT ON (r.new_representative) r.new_representative,
                   coalesce(r.new_person, r.person_id) AS person_id, r.organisation_id,
                   s.function, s.portfolio, s.is_primary
            FROM resolved r JOIN staged s USING (row_id)
            WHERE r.new_representative IS NOT NULL
            ORDER BY r.new_representative, s.is_primary DESC NULLS LAST, s.line) AS newly""",
    )
    insert_from(
        cursor,
        Seat,
        given={
            "id": "r.new_seat",
            "membership_id": "r.membership_id",
            "representative_id": "coalesce(r.new_representative, r.representative_id)",
            "level": "s.level",
            "kind": f"'{SeatKind.REGULAR}'",
            "valid_from": TODAY,
        },
        source="FROM resolved r JOIN staged s USING (row_id) WHERE r.new_seat IS NOT NULL",
    )
    cursor.execute(NOTE_MADE)
