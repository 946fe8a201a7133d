"""Organisations of a table beside those of the portal: what each row would do.

All of it is SQL over the rows of one plan. Check and save use the same statements, so that saving can
tell whether anything changed since the check.
"""

from typing import Any

from coalitions.imports.likeness import LIKELY
from coalitions.imports.member_recognition import MATCH, STAGE
from coalitions.models import MemberImport, MembershipState
from coalitions.models.memberships import MEMBER_STATES, OVER_STATES, STATE_MOVES
from portal.import_plans import as_cell

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


def words(states: Any) -> str:
    return ", ".join(f"'{state}'" for state in states)


MEMBERS, OVER = words(MEMBER_STATES), words(OVER_STATES)
# A table moves a membership, but never ends one: that has a reason and a day of its own.
TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
MOVES = " OR ".join(
    f"(l.state = '{start}' AND s.state IN ({words(end for end in ends if end not in OVER_STATES)}))"
    for start, ends in STATE_MOVES.items()
)
LABELS = (
    "(CASE {} "
    + " ".join(f"WHEN '{state.value}' THEN '{state.label}'" for state in MembershipState)
    + " END)"
)


def _corrections() -> str:
    """Old and new of every field of the organisation that the row would correct, in words."""
    pairs = []
    for field in CORRECTED:
        shown = SHOWN.get(field, "{}")
        kept = as_cell(f"o.{field}") if field in TEXTS else f"o.{field}"
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
                       AND s.contribution_role <> {as_cell("l.contribution_role")}
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
