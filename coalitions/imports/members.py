"""Organisations of a table beside those of the portal: what each row would do, and doing it.

All of it is SQL over the rows of one plan. Check and save use the same statements, so that saving can
tell whether anything changed since the check.
"""

from typing import Any

from coalitions.imports.likeness import LIKELY
from coalitions.models import MemberImport, Membership, MembershipState, MembershipStep
from coalitions.models.memberships import MEMBER_STATES, OVER_STATES, STATE_MOVES
from partners.models import Organisation, Person
from portal.import_plans import insert_from

ROWS = "coalitions_memberimportrow"
# Fields of the organisation that a table may correct, with their heading.
CORRECTED = {
    "name": "Naam",
    "short_name": "Korte naam",
    "type_id": "Soort",
    "municipality_id": "Gemeente",
    "kvk": "KvK-nummer",
    "branch": "Vestigingsnummer",
    "rsin": "RSIN",
    "agb": "AGB-code",
    "oin": "OIN",
    "website": "Website",
    "phone": "Telefoon",
    "general_email": "Algemeen mailadres",
    "description": "Beschrijving",
}
# A spreadsheet drops the first zero of a number, and reading puts it back.
SAME_ANYWAY = {
    "phone": " AND s.phone <> '0' || o.phone",
    # Another name of the organisation is no new name for it.
    "name": " AND NOT EXISTS (SELECT FROM partners_organisationalias x"
    " WHERE x.organisation_id = o.id AND x.sort_key = s.key)",
}
TEXTS = ("name", "short_name", "description")
SHOWN = {
    "type_id": "(SELECT name FROM partners_organisationtype WHERE id = {})",
    "municipality_id": "(SELECT name FROM partners_area WHERE id = {})",
}


def _words(states: Any) -> str:
    return ", ".join(f"'{state}'" for state in states)


MEMBERS, OVER = _words(MEMBER_STATES), _words(OVER_STATES)
# A table moves a membership, but never ends one: that has a reason and a day of its own.
TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
MOVES = " OR ".join(
    f"(l.state = '{start}' AND s.state IN ({_words(end for end in ends if end not in OVER_STATES)}))"
    for start, ends in STATE_MOVES.items()
)
LABELS = (
    "(CASE {} "
    + " ".join(f"WHEN '{state.value}' THEN '{state.label}'" for state in MembershipState)
    + " END)"
)

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


def _plain(column: str) -> str:
    """Text as a cell gives it: one kind of line end, and letters with accents as one sign."""
    return f"normalize(replace(replace({column}, E'\\r\\n', E'\\n'), E'\\r', E'\\n'))"


def _corrections() -> str:
    """Old and new of every field of the organisation that the row would correct, in words."""
    pairs = []
    for field in CORRECTED:
        shown = SHOWN.get(field, "{}")
        kept = _plain(f"o.{field}") if field in TEXTS else f"o.{field}"
        pairs.append(
            f"'{field}', CASE WHEN l.is_open AND s.{field} IS NOT NULL"
            f" AND s.{field} IS DISTINCT FROM {kept}{SAME_ANYWAY.get(field, '')}"
            f" THEN jsonb_build_array({shown.format(f'o.{field}')}, {shown.format(f's.{field}')}) END"
        )
    return ", ".join(pairs)


def _originals() -> str:
    """The same fields as they are kept now, to put back."""
    return ", ".join(
        [
            *(f"'{field}', o.{field}" for field in CORRECTED),
            "'state', l.state",
            "'joined_on', l.joined_on",
            "'contribution_role', l.contribution_role",
        ]
    )


RESOLVE = f"""
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    WITH joined AS (
        SELECT s.row_id, s.line, m.target, m.is_torn, m.is_question, m.alike, s.answer,
               l.membership_id, coalesce(l.is_open, false) AS is_open,
               o.archived_at IS NOT NULL AND asleep.id IS NULL AS is_archived,
               asleep.id IS NOT NULL AS is_asleep,
               CASE WHEN NOT coalesce(l.is_open, false) AND l.membership_id IS NOT NULL
                         AND (s.state IN ({OVER}) OR (s.state IS NULL AND NOT l.is_undone)) THEN 'past'
                    WHEN l.is_open THEN 'listed' ELSE 'new' END AS place,
               coalesce(s.state, CASE WHEN l.is_open THEN l.state END, '{MembershipState.PROSPECT}')
                   AS wanted,
               s.joined_on, l.joined_on AS joined_before, s.name, s.type_id, s.municipality_id,
               s.kvk, s.branch, s.rsin, s.agb, s.oin,
               s.branch IS NOT NULL AND coalesce(s.kvk, o.kvk) IS NULL AS is_branch_alone,
               t.code AS type_code, s.key,
               CASE WHEN a.valid_to <= {TODAY} AND o.municipality_id IS DISTINCT FROM a.id
                    THEN a.name END AS town_gone,
               (SELECT string_agg(next.name || ' (' || next.code || ')', ', ' ORDER BY next.code)
                FROM partners_areasuccession c JOIN partners_area next ON next.id = c.successor_id
                WHERE c.predecessor_id = a.id AND a.valid_to <= {TODAY}) AS town_successors,
               l.state AS state_before,
               CASE WHEN l.is_open AND s.state IS NOT NULL AND s.state <> l.state
                    THEN NOT ({MOVES}) ELSE false END AS is_illegal,
               jsonb_strip_nulls(jsonb_build_object({_corrections()},
                   'state', CASE WHEN l.is_open AND s.state <> l.state
                       THEN jsonb_build_array({LABELS.format("l.state")}, {LABELS.format("s.state")}) END,
                   'joined_on', CASE WHEN l.is_open AND s.joined_on IS DISTINCT FROM l.joined_on
                       AND s.joined_on IS NOT NULL
                       AND coalesce(s.state, l.state) IN ({MEMBERS})
                       THEN jsonb_build_array(to_char(l.joined_on, 'DD-MM-YYYY'),
                                              to_char(s.joined_on, 'DD-MM-YYYY')) END,
                   'contribution_role', CASE WHEN l.is_open AND s.contribution_role IS NOT NULL
                       AND s.contribution_role <> {_plain("l.contribution_role")}
                       THEN jsonb_build_array(l.contribution_role, s.contribution_role) END
               )) AS changes,
               CASE WHEN l.is_open THEN jsonb_build_object({_originals()}) ELSE '{{}}' END AS before
        FROM staged s
        JOIN matched m USING (row_id)
        LEFT JOIN partners_organisation o ON o.id = m.target
        LEFT JOIN asleep ON asleep.id = o.id
        LEFT JOIN partners_area a ON a.id = s.municipality_id
        LEFT JOIN listed l ON l.organisation_id = m.target
        LEFT JOIN partners_organisationtype t ON t.id = coalesce(s.type_id, o.type_id)
    ), judged AS (
        SELECT joined.*,
               CASE
                   WHEN is_torn THEN ARRAY['KvK-nummer', coalesce(kvk, ''),
                       'De nummers in deze regel horen bij verschillende organisaties. Controleer ze.']
                   WHEN coalesce(is_archived, false) THEN ARRAY['Naam', coalesce(name, ''),
                       'Deze organisatie staat in het archief. Laat de regel weg.']
                   WHEN is_question OR place = 'past' THEN NULL
                   WHEN town_gone IS NOT NULL THEN ARRAY['Gemeente', town_gone,
                       'Deze gemeente bestaat niet meer. '
                       || coalesce('Gebruik ' || town_successors || '.', 'Kies een andere.')]
                   WHEN is_branch_alone THEN ARRAY['Vestigingsnummer', branch,
                       'Bij een vestigingsnummer hoort een KvK-nummer. Vul het ook in.']
                   WHEN target IS NULL AND name IS NULL THEN ARRAY['Naam', '',
                       'De naam ontbreekt. Vul de naam van de organisatie in.']
                   WHEN target IS NULL AND type_id IS NULL THEN ARRAY['Soort', '',
                       'Bij een nieuwe organisatie hoort een soort. Vul deze in.']
                   WHEN type_code = 'gemeente' AND target IS NULL AND municipality_id IS NULL
                       THEN ARRAY['Gemeente', '', 'Vul in welke gemeente dit is, met de naam of de code.']
                   WHEN place = 'new' AND wanted IN ({OVER}) THEN ARRAY['Stand', {LABELS.format("wanted")},
                       'Wie niet meedoet, komt niet nieuw op de lijst. Laat de regel weg.']
                   WHEN is_illegal AND wanted IN ({OVER}) THEN ARRAY['Stand', {LABELS.format("wanted")},
                       'Stoppen leg je vast op de pagina van dit lid, met dag en reden.']
                   WHEN is_illegal THEN ARRAY['Stand', {LABELS.format("wanted")},
                       'Deze stap kan niet vanuit ‘' || {LABELS.format("state_before")}
                       || '’. Laat de cel leeg.']
                   WHEN wanted IN ({MEMBERS})
                        AND coalesce(joined_on, CASE WHEN is_open THEN joined_before END) IS NULL
                       THEN ARRAY['Lid sinds', '', 'Vul in sinds wanneer de organisatie lid is.']
               END AS wrong,
               coalesce(answer = -1, false) AS is_skipped
        FROM joined
    ), doubled AS (
        SELECT row_id, min(first_line) AS first_line FROM (
            SELECT row_id, line, min(line) OVER (PARTITION BY target) AS first_line
            FROM judged WHERE target IS NOT NULL AND NOT is_skipped
            UNION ALL
            SELECT row_id, line, min(line) OVER (PARTITION BY key, municipality_id)
            FROM judged WHERE target IS NULL AND NOT is_question AND NOT is_skipped
            UNION ALL
            SELECT row_id, line, min(line) OVER (PARTITION BY kvk)
            FROM judged WHERE kvk IS NOT NULL AND NOT is_skipped
            UNION ALL
            SELECT row_id, line, min(line) OVER (PARTITION BY branch)
            FROM judged WHERE branch IS NOT NULL AND NOT is_skipped
            UNION ALL
            SELECT row_id, line, min(line) OVER (PARTITION BY rsin)
            FROM judged WHERE rsin IS NOT NULL AND NOT is_skipped
            UNION ALL
            SELECT row_id, line, min(line) OVER (PARTITION BY agb)
            FROM judged WHERE agb IS NOT NULL AND NOT is_skipped
            UNION ALL
            SELECT row_id, line, min(line) OVER (PARTITION BY oin)
            FROM judged WHERE oin IS NOT NULL AND NOT is_skipped
        ) numbered WHERE first_line < line GROUP BY row_id
    ), towns AS (
        -- A second organisation for a municipality, within this table or beside what is there.
        SELECT row_id, min(line) OVER (PARTITION BY municipality_id) AS first_line
        FROM judged WHERE type_code = 'gemeente' AND target IS NULL AND NOT is_skipped
    )
    SELECT j.row_id, j.target AS organisation_id, j.is_asleep, j.wanted, j.place,
           CASE WHEN j.place <> 'new' THEN j.membership_id END AS membership_id,
           CASE WHEN j.is_skipped THEN 'skip'
                WHEN j.wrong IS NOT NULL OR d.row_id IS NOT NULL OR w.first_line < j.line THEN 'error'
                WHEN j.is_question THEN 'ask'
                WHEN j.place = 'past' THEN 'unchanged'
                WHEN j.place = 'new' THEN 'create'
                WHEN j.changes = '{{}}' THEN 'unchanged'
                ELSE 'update' END AS fate,
           j.changes,
           CASE WHEN j.changes = '{{}}' THEN '{{}}'::jsonb ELSE j.before::jsonb END AS before,
           CASE WHEN j.is_skipped THEN '[]'::jsonb
                WHEN j.wrong IS NOT NULL THEN jsonb_build_array(jsonb_build_object(
                    'column', j.wrong[1], 'value', j.wrong[2], 'problem', j.wrong[3], 'code', ''))
                WHEN coalesce(d.first_line, nullif(w.first_line, j.line)) IS NOT NULL
                THEN jsonb_build_array(jsonb_build_object('column', 'Naam',
                    'value', coalesce(j.name, ''), 'code', '',
                    'problem', 'Deze organisatie staat ook in regel '
                               || coalesce(d.first_line, w.first_line)
                               || '. Laat één van de twee regels weg.'))
                ELSE '[]'::jsonb END AS problems,
           CASE WHEN j.place = 'new' AND j.target IS NOT NULL AND NOT j.is_asleep
                THEN jsonb_build_array('Deze organisatie staat al in het portaal; '
                    || 'haar gegevens blijven zoals ze zijn.')
                ELSE '[]'::jsonb END AS added_notes,
           CASE WHEN j.alike IS NOT NULL AND (j.is_question OR j.answer IS NOT NULL) THEN
               (SELECT jsonb_agg(jsonb_build_array(o.id, o.name || coalesce(', ' || a.name, '')
                       || coalesce(', KvK ' || o.kvk, '')) ORDER BY o.id)
                FROM partners_organisation o LEFT JOIN partners_area a ON a.id = o.municipality_id
                WHERE o.id = ANY(j.alike))
           ELSE '[]'::jsonb END AS candidates
    FROM judged j
    LEFT JOIN doubled d USING (row_id)
    LEFT JOIN towns w USING (row_id);
    ANALYZE resolved;
"""


def resolve(cursor: Any, plan: MemberImport) -> None:
    """The temporary table `resolved`: what every readable row of `plan` would do now."""
    parameters = {"plan": plan.pk, "coalition": plan.coalition_id}
    cursor.execute(STAGE, parameters)
    cursor.execute(LIKELY)
    cursor.execute(MATCH)
    cursor.execute(RESOLVE)


# The rows that the checked plan touches, held until the end of the transaction. A row that only the
# look after this finds is a difference, so that nothing is saved.
LOCK = (
    f"""SELECT 1 FROM partners_organisation WHERE id IN (
           SELECT organisation_id FROM {ROWS} WHERE plan_id = %(plan)s AND fate IN ('update', 'create'))
       ORDER BY id FOR NO KEY UPDATE""",
    f"""SELECT 1 FROM coalitions_membership WHERE id IN (
           SELECT membership_id FROM {ROWS} WHERE plan_id = %(plan)s AND fate = 'update')
       ORDER BY id FOR NO KEY UPDATE""",
)

NUMBER = """
    ALTER TABLE resolved ADD COLUMN new_organisation bigint, ADD COLUMN new_membership bigint;
    UPDATE resolved SET
        new_organisation = CASE WHEN organisation_id IS NULL
            THEN nextval(pg_get_serial_sequence('partners_organisation', 'id')) END,
        new_membership = nextval(pg_get_serial_sequence('coalitions_membership', 'id'))
    WHERE fate = 'create'
"""
WAKE = f"""
    UPDATE partners_organisation o SET archived_at = NULL, {
    ", ".join(f"{field} = coalesce(s.{field}, o.{field})" for field in CORRECTED)
}
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'create' AND r.is_asleep AND o.id = r.organisation_id
"""
CORRECT_ORGANISATIONS = f"""
    UPDATE partners_organisation o SET {
    ", ".join(
        f"{field} = CASE WHEN r.changes ? '{field}' THEN s.{field} ELSE o.{field} END" for field in CORRECTED
    )
}
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'update' AND o.id = r.organisation_id
      AND r.changes ?| ARRAY[{_words(CORRECTED)}]
"""
CORRECT_MEMBERSHIPS = """
    UPDATE coalitions_membership m SET
        state = CASE WHEN r.changes ? 'state' THEN s.state ELSE m.state END,
        joined_on = CASE WHEN r.changes ? 'joined_on' THEN s.joined_on ELSE m.joined_on END,
        contribution_role = CASE WHEN r.changes ? 'contribution_role'
            THEN s.contribution_role ELSE m.contribution_role END
    FROM resolved r JOIN staged s USING (row_id)
    WHERE r.fate = 'update' AND m.id = r.membership_id
      AND r.changes ?| ARRAY['state', 'joined_on', 'contribution_role']
"""
NOTE_MADE = f"""
    UPDATE {ROWS} SET
        organisation_id = coalesce(r.new_organisation, r.organisation_id),
        membership_id = coalesce(r.new_membership, r.membership_id),
        made_organisation = r.new_organisation IS NOT NULL OR (r.fate = 'create' AND r.is_asleep),
        made_membership = r.new_membership IS NOT NULL
    FROM resolved r WHERE {ROWS}.id = r.row_id AND r.fate = 'create'
"""


def save(cursor: Any, plan: MemberImport, *, by: Person) -> None:
    """Carry out what `resolved` says, all of it in a handful of statements."""
    cursor.execute(NUMBER)
    cursor.execute(WAKE)
    fresh = "FROM resolved r JOIN staged s USING (row_id) WHERE r.new_organisation IS NOT NULL"
    insert_from(
        cursor,
        Organisation,
        given={
            "id": "r.new_organisation",
            "name": "s.name",
            "type_id": "s.type_id",
            "municipality_id": "s.municipality_id",
            "kvk": "s.kvk",
            "branch": "s.branch",
            "rsin": "s.rsin",
            "agb": "s.agb",
            "oin": "s.oin",
            **{
                field: f"coalesce(s.{field}, '')"
                for field in ("short_name", "website", "phone", "general_email", "description")
            },
        },
        source=fresh,
    )
    insert_from(
        cursor,
        Membership,
        given={
            "id": "r.new_membership",
            "coalition_id": f"{plan.coalition_id}",
            "organisation_id": "coalesce(r.new_organisation, r.organisation_id)",
            "state": "r.wanted",
            "joined_on": f"CASE WHEN r.wanted IN ({MEMBERS}) THEN s.joined_on END",
            "contribution_role": "coalesce(s.contribution_role, '')",
            "source_note": "'Import'",
        },
        source="FROM resolved r JOIN staged s USING (row_id) WHERE r.new_membership IS NOT NULL",
    )
    cursor.execute(CORRECT_ORGANISATIONS)
    cursor.execute(CORRECT_MEMBERSHIPS)
    _write_steps(cursor, by=by)
    cursor.execute(NOTE_MADE)


def _write_steps(cursor: Any, *, by: Person) -> None:
    """A line in the life of each membership that is new or moved."""
    insert_from(
        cursor,
        MembershipStep,
        given={
            "membership_id": "coalesce(r.new_membership, r.membership_id)",
            "from_state": "CASE WHEN r.new_membership IS NULL THEN r.before->>'state' ELSE '' END",
            "to_state": "r.wanted",
            "reason": "'Import'",
            "happened_on": "CASE WHEN r.new_membership IS NULL THEN p.day"
            f" WHEN r.wanted IN ({MEMBERS}) THEN coalesce(s.joined_on, p.day) ELSE p.day END",
            "recorded_by_id": f"{by.pk}",
        },
        source=f"""FROM resolved r JOIN staged s USING (row_id),
                  (SELECT {TODAY} AS day) p
                  WHERE r.new_membership IS NOT NULL OR (r.fate = 'update' AND r.changes ? 'state')""",
    )
