"""Who was at a meeting, by a table beside those of the portal: what each row would do, doing it, and
taking it back.

Somebody is known by her mail address, or by her name among the people of the coalition. Who is not known
becomes a person without a log-in, as when she is added by hand. An empty cell means: as it was on the day.
"""

import json
from typing import Any

from actions.imports.findings import PROBLEM
from actions.imports.parties import PARTIES
from actions.imports.undoing import delete_back, find_back
from actions.models import Attendance, Meeting, MeetingInvitation
from coalitions.imports.people import LEVELS
from coalitions.imports.undo import ROWS, tally, untouched, unused
from coalitions.models import Coalition, MemberImport, SeatLevel
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Person
from portal import import_cells as cells
from portal.import_cells import ImportField
from portal.import_plans import insert_from

WORDS = {
    "name": "Naam",
    "email": "Mailadres",
    "organisation_id": "Organisatie",
    "level": "Niveau",
    "present": "Aanwezig",
}
ATTENDANCES, MEETINGS, INVITATIONS = (
    model._meta.db_table for model in (Attendance, Meeting, MeetingInvitation)
)
MEMBERS = ", ".join(f"'{state}'" for state in MEMBER_STATES)


def attendance_fields() -> tuple[ImportField, ...]:
    """Fields of somebody who was there, as lists of registrations call them."""
    levels = cells.options((level.value, (level.value, level.label)) for level in SeatLevel)
    remedy = f"Kies uit: {', '.join(SeatLevel.labels)}. Of laat leeg."
    return (
        ImportField(
            key="name",
            label=WORDS["name"],
            read=cells.text(150),
            synonyms=("deelnemer", "volledige naam", "wie"),
            is_free_text=True,
        ),
        ImportField(
            key="email",
            label=WORDS["email"],
            read=cells.own_email,
            synonyms=("e-mail", "e-mailadres", "mail"),
        ),
        ImportField(
            key="organisation",
            label=WORDS["organisation_id"],
            read=cells.text(200),
            synonyms=("namens", "werkgever", "bedrijf"),
            is_free_text=True,
        ),
        ImportField(key="level", label=WORDS["level"], read=cells.choice(levels, remedy)),
        ImportField(
            key="present",
            label=WORDS["present"],
            read=cells.yes_or_no,
            synonyms=("was er", "gekomen", "aanwezigheid"),
        ),
    )


def about(coalition: Coalition, pk: int) -> str:
    """Which meeting the table is about."""
    return str(coalition.meetings.get(pk=pk))


def _on_the_day(alias: str) -> str:
    return f"{alias}.valid_from <= d.day AND ({alias}.valid_to IS NULL OR d.day < {alias}.valid_to)"


STAGE = f"""
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.spoken, pg_temp.known, pg_temp.matched, pg_temp.wanted,
        pg_temp.resolved, pg_temp.newcomers;
    CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
    SELECT r.id AS row_id, r.line, r.answer, portal_sort_key(v.name) AS name_key,
           portal_sort_key(v.organisation) AS organisation_key, v.*
    FROM {ROWS} r, jsonb_to_record(r.values) AS v(
        name text, email text, organisation text, level text, present boolean)
    WHERE r.plan_id = %(plan)s AND NOT r.is_unreadable;
    -- For which member, and at which level, somebody spoke on the day; a seat says it best.
    CREATE TEMPORARY TABLE spoken ON COMMIT DROP AS
    SELECT v.person_id, v.organisation_id, z.level, z.id AS seat_id, v.is_primary, v.id AS representative_id
    FROM partners_representative v
    JOIN (SELECT (starts_at AT TIME ZONE 'Europe/Amsterdam')::date AS day FROM {MEETINGS}
          WHERE id = %(meeting)s) d ON true
    JOIN coalitions_membership m
      ON m.organisation_id = v.organisation_id AND m.coalition_id = %(coalition)s AND m.state IN ({MEMBERS})
    LEFT JOIN coalitions_seat z
      ON z.representative_id = v.id AND z.membership_id = m.id AND {_on_the_day("z")}
    WHERE {_on_the_day("v")};
    -- Everybody who may have been there, with each organisation for which she spoke or came.
    CREATE TEMPORARY TABLE known ON COMMIT DROP AS
    SELECT p.id AS person_id, p.name, p.sort_key AS name_key, p.email, h.organisation_id
    FROM (
        SELECT person_id, organisation_id FROM spoken
        UNION SELECT person_id, NULL::bigint FROM coalitions_coalitionrole WHERE coalition_id = %(coalition)s
        UNION SELECT person_id, NULL::bigint FROM {INVITATIONS} WHERE meeting_id = %(meeting)s
        UNION SELECT a.person_id, a.organisation_id FROM {ATTENDANCES} a
              JOIN {MEETINGS} m ON m.id = a.meeting_id WHERE m.coalition_id = %(coalition)s
    ) h JOIN partners_person p ON p.id = h.person_id;
    ANALYZE staged;
    ANALYZE spoken;
    ANALYZE known;
"""
MATCH = """
    CREATE TEMPORARY TABLE matched ON COMMIT DROP AS
    WITH addresses AS (
        -- Her own address, or one more that she confirmed.
        SELECT lower(email) AS email, id AS person_id FROM partners_person WHERE email IS NOT NULL
        UNION
        SELECT lower(email), user_id FROM account_emailaddress WHERE verified
    ), hosts AS (
        SELECT s.row_id, o.organisation_id, o.rivals
        FROM staged s JOIN LATERAL (
            SELECT p.organisation_id, count(*) OVER () > 1 AS rivals
            FROM (SELECT organisation_id, bool_or(is_own) AS is_own FROM parties
                  WHERE key = s.organisation_key GROUP BY organisation_id) p
            ORDER BY p.is_own DESC, p.organisation_id LIMIT 1
        ) o ON true
    ), namesakes AS (
        SELECT s.row_id, array_agg(DISTINCT k.person_id) AS anybody,
               array_agg(DISTINCT k.person_id) FILTER (WHERE k.organisation_id = h.organisation_id) AS same,
               bool_or(s.email IS NOT NULL AND k.email IS NOT NULL) AS has_other
        FROM staged s
        JOIN known k ON k.name_key = s.name_key
        LEFT JOIN hosts h USING (row_id)
        GROUP BY s.row_id
    ), weighed AS (
        SELECT s.row_id, s.answer, h.organisation_id, coalesce(h.rivals, false) AS rivals,
               p.person_id AS addressed, n.anybody,
               -- The only one of that name, and for that organisation where one is given.
               CASE WHEN n.has_other THEN NULL
                    WHEN s.organisation IS NULL AND cardinality(n.anybody) = 1 THEN n.anybody[1]
                    WHEN cardinality(n.same) = 1 THEN n.same[1] END AS sure
        FROM staged s
        LEFT JOIN hosts h USING (row_id)
        LEFT JOIN namesakes n USING (row_id)
        LEFT JOIN addresses p ON p.email = s.email
    )
    SELECT row_id, organisation_id, rivals, anybody,
           coalesce(addressed, CASE WHEN answer > 0 THEN answer WHEN answer IS NULL THEN sure END)
               AS person_id,
           addressed IS NULL AND answer IS NULL AND sure IS NULL AND anybody IS NOT NULL AS is_question,
           addressed IS NULL AND sure IS NULL AND anybody IS NOT NULL AS has_candidates
    FROM weighed;
    ANALYZE matched;
"""
RESOLVE = f"""
    CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
    SELECT s.row_id, s.line, s.answer, s.name, s.email, s.organisation, s.present, m.rivals, m.anybody,
           m.is_question, m.has_candidates, m.organisation_id AS host, m.person_id, a.id AS target,
           a.organisation_id AS organisation_before, a.level AS level_before,
           (SELECT p.name FROM partners_person p WHERE p.id = m.person_id AND p.sort_key <> s.name_key)
               AS known_as,
           coalesce(m.organisation_id, a.organisation_id, CASE WHEN a.id IS NULL THEN (
               SELECT organisation_id FROM spoken x WHERE x.person_id = m.person_id
               ORDER BY x.seat_id DESC NULLS LAST, x.is_primary DESC, x.representative_id DESC LIMIT 1
           ) END) AS organisation_id,
           coalesce(s.level, a.level, (
               SELECT level FROM spoken x WHERE x.person_id = m.person_id AND x.seat_id IS NOT NULL
               ORDER BY x.seat_id DESC LIMIT 1
           ), '') AS level,
           -- Two rows of somebody new are one person.
           coalesce(m.person_id::text, s.email, encode(s.name_key, 'hex') || coalesce(m.organisation_id, 0))
               AS who
    FROM staged s
    JOIN matched m USING (row_id)
    LEFT JOIN {ATTENDANCES} a ON a.meeting_id = %(meeting)s AND a.person_id = m.person_id;
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    WITH judged AS (
        SELECT w.*, coalesce(w.answer = -1 OR NOT w.present, false) AS is_left_out,
               min(w.line) FILTER (WHERE coalesce(w.present, true) AND w.answer IS DISTINCT FROM -1)
                   OVER (PARTITION BY w.who) AS first_line,
               CASE WHEN w.target IS NULL THEN '{{}}' ELSE jsonb_strip_nulls(jsonb_build_object(
                   'organisation_id', CASE WHEN w.organisation_id IS DISTINCT FROM w.organisation_before THEN
                       jsonb_build_array(coalesce(b.name, ''), n.name) END,
                   'level', CASE WHEN w.level <> w.level_before THEN jsonb_build_array(
                       coalesce(CASE w.level_before {LEVELS} END, ''), (CASE w.level {LEVELS} END)) END
               )) END AS changes,
               CASE
                   WHEN w.name IS NULL AND w.person_id IS NULL THEN ARRAY['name', '',
                       'De naam ontbreekt. Vul in wie er was.']
                   WHEN w.organisation IS NOT NULL AND w.host IS NULL THEN
                       ARRAY['organisation_id', w.organisation,
                       'Deze organisatie staat niet op de ledenlijst. Schrijf haar naam zoals daar, of'
                       || ' laat de cel leeg.']
                   WHEN w.rivals THEN ARRAY['organisation_id', w.organisation,
                       'Meer organisaties heten zo. Schrijf de volledige naam, of laat de cel leeg.']
               END AS wrong
        FROM wanted w
        LEFT JOIN partners_organisation b ON b.id = w.organisation_before
        LEFT JOIN partners_organisation n ON n.id = w.organisation_id
    )
    SELECT j.row_id, j.line, j.target, j.person_id, j.organisation_id, j.level, j.name, j.email, j.who,
           CASE WHEN j.is_left_out THEN 'skip'
                WHEN j.wrong IS NOT NULL THEN 'error'
                WHEN j.is_question THEN 'ask'
                WHEN j.first_line < j.line THEN 'error'
                WHEN j.target IS NULL THEN 'create'
                WHEN j.changes = '{{}}' THEN 'unchanged' ELSE 'update' END AS fate,
           CASE WHEN j.is_left_out THEN '{{}}' ELSE j.changes END AS changes,
           CASE WHEN j.changes = '{{}}' OR j.is_left_out THEN '{{}}' ELSE jsonb_build_object(
               'organisation_id', j.organisation_before, 'level', j.level_before) END AS before,
           CASE WHEN j.is_left_out THEN '[]'
                WHEN j.wrong IS NOT NULL THEN {PROBLEM}
                WHEN NOT j.is_question AND j.first_line < j.line THEN jsonb_build_array(jsonb_build_object(
                    'column', '{WORDS["name"]}', 'value', coalesce(j.name, ''), 'code', '',
                    'problem', 'Deze persoon staat ook in regel ' || j.first_line
                               || '. Laat één van de twee regels weg.'))
                ELSE '[]'::jsonb END AS problems,
           CASE WHEN NOT j.present THEN jsonb_build_array('Was er niet.')
                WHEN j.wrong IS NULL AND NOT j.is_question AND j.person_id IS NULL THEN
                    jsonb_build_array('Nog niet bekend. Deze persoon komt erbij, zonder eigen inlog.')
                WHEN j.known_as IS NOT NULL THEN jsonb_build_array(
                    'Staat in het portaal als ‘' || j.known_as || '’; die naam blijft.')
                ELSE '[]'::jsonb END AS added_notes,
           CASE WHEN j.has_candidates AND j.wrong IS NULL THEN (
               SELECT jsonb_agg(jsonb_build_array(c.person_id, c.words) ORDER BY c.words, c.person_id)
               FROM (SELECT k.person_id,
                            min(k.name) || coalesce(', ' || string_agg(DISTINCT o.name, ' en '), '') AS words
                     FROM known k LEFT JOIN partners_organisation o ON o.id = k.organisation_id
                     WHERE k.person_id = ANY(j.anybody) GROUP BY k.person_id) c)
           ELSE '[]'::jsonb END AS candidates
    FROM judged j;
    ANALYZE resolved;
"""


def resolve(cursor: Any, plan: MemberImport) -> None:
    """The temporary table `resolved`: what every readable row of `plan` would do now."""
    parameters = {
        "plan": plan.pk,
        "coalition": plan.coalition_id,
        "meeting": plan.about,
        "words": json.dumps(WORDS),
    }
    for statement in (PARTIES, STAGE, MATCH, RESOLVE):
        cursor.execute(statement, parameters)


# The meeting, together with who writes down by hand who was there.
LOCK = (
    f"""SELECT 1 FROM {MEETINGS} WHERE id = (
            SELECT about FROM coalitions_memberimport WHERE id = %(plan)s) FOR NO KEY UPDATE""",
)
NUMBER = f"""
    ALTER TABLE resolved ADD COLUMN made bigint, ADD COLUMN new_person bigint;
    CREATE TEMPORARY TABLE newcomers ON COMMIT DROP AS
    SELECT who, nextval(pg_get_serial_sequence('partners_person', 'id')) AS id FROM (
        SELECT DISTINCT who FROM resolved WHERE fate = 'create' AND person_id IS NULL) AS newly;
    UPDATE resolved r SET made = nextval(pg_get_serial_sequence('{ATTENDANCES}', 'id'))
    WHERE r.fate = 'create';
    UPDATE resolved r SET new_person = n.id FROM newcomers n
    WHERE r.fate = 'create' AND r.person_id IS NULL AND n.who = r.who
"""
CORRECT = f"""
    UPDATE {ATTENDANCES} a SET organisation_id = r.organisation_id, level = r.level
    FROM resolved r WHERE r.fate = 'update' AND a.id = r.target
"""
NOTE = f"""
    UPDATE {ROWS} SET target = coalesce(r.made, r.target), made_target = r.made IS NOT NULL,
        person_id = coalesce(r.new_person, r.person_id), made_person = r.new_person IS NOT NULL,
        organisation_id = r.organisation_id,
        values = {ROWS}.values || jsonb_build_object('written',
            jsonb_build_object('organisation_id', r.organisation_id, 'level', r.level))
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
            # No password: she cannot log in until an invitation opens her account.
            "password": "'!' || md5(random()::text || new_person)",
        },
        source="FROM resolved WHERE new_person IS NOT NULL",
    )
    insert_from(
        cursor,
        Attendance,
        given={
            "id": "made",
            "meeting_id": f"{plan.about}",
            "person_id": "coalesce(new_person, person_id)",
            "organisation_id": "organisation_id",
            "level": "level",
            "recorded_by_id": f"{by.pk}",
        },
        source="FROM resolved WHERE fate = 'create' ORDER BY line",
    )
    cursor.execute(CORRECT)
    cursor.execute(NOTE)


def take_back(cursor: Any, plan: MemberImport, *, by: Person) -> dict[str, int]:
    """Take from the list whom nobody changed since, with who came in by this table alone."""
    cursor.execute(LOCK[0], {"plan": plan.pk})
    find_back(cursor, plan, Attendance)
    delete_back(cursor, Attendance)
    cursor.execute(
        f"""
        DELETE FROM partners_person o USING back, coalitions_memberimport p
        WHERE p.id = %s AND o.id = back.person_id AND back.made_person
          AND {untouched(Person, "o")} AND {unused(Person, "o")}
        """,
        [plan.pk],
    )
    cursor.execute(
        f"""
        UPDATE {ATTENDANCES} t
        SET organisation_id = (r.before->>'organisation_id')::bigint, level = r.before->>'level'
        FROM {ROWS} r
        WHERE r.plan_id = %s AND r.fate = 'update' AND t.id = r.target
          AND t.organisation_id IS NOT DISTINCT FROM (r.values->'written'->>'organisation_id')::bigint
          AND t.level = r.values->'written'->>'level'
        RETURNING r.id
        """,
        [plan.pk],
    )
    return tally(cursor, plan, {pk for (pk,) in cursor.fetchall()})
