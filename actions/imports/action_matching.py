"""Actions of a table beside those of the coalition: what each row would do.

All of it is SQL over the rows of one plan. An action is known by its title, among the actions of
programmes that are not over; its number only tells apart two of the same title, as a list of somebody
else may number its lines. A table writes what an action is, but never moves its state: that is a step
with a day and a reason.
"""

import json
from typing import Any

from django.db.models import Choices

from actions.imports.action_fields import WHOLE_REGION, WORDS
from actions.imports.findings import PROBLEM
from actions.imports.parties import PARTIES
from actions.models import ActionKind, ActionPhase, ActionPriority, ActionScope, ActionState
from coalitions.models import MemberImport
from coalitions.models.groups import LIVING_STATES
from portal.import_plans import as_cell

ROWS = "coalitions_memberimportrow"
# Columns of an action that a table writes; its municipalities are rows of their own.
WRITTEN = (
    "programme_id",
    "theme_id",
    "kind",
    "phase",
    "scope",
    "lead_id",
    "lead_name",
    "group_id",
    "starts_on",
    "due_on",
    "priority",
    "districts",
    "why",
    "result_expected",
)
BEGINNINGS = (ActionState.IDEA, ActionState.PLANNED)


def _words(values: Any) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _labels(column: str, choices: type[Choices]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN '{label}'" for value, label in choices.choices)
    return f"(CASE {column}::text {cases} ELSE '' END)"


def _kept(column: str) -> str:
    """The new text; what is there already stays letter for letter."""
    return (
        f"CASE WHEN s.{column} IS NULL OR s.{column} = {as_cell(f'a.{column}')}"
        f" THEN coalesce(a.{column}, '') ELSE s.{column} END"
    )


LIVING = _words(LIVING_STATES)
STAGE = f"""
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.current, pg_temp.pullers, pg_temp.places, pg_temp.matched,
        pg_temp.wanted, pg_temp.resolved;
    CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
    SELECT r.id AS row_id, r.line, portal_sort_key(v.title) AS key, portal_sort_key(v.theme) AS theme_key,
           portal_sort_key(v.lead) AS lead_key, portal_sort_key(v.group_name) AS group_key,
           portal_sort_key(v.places) = portal_sort_key('{WHOLE_REGION}') AS is_whole, v.*
    FROM {ROWS} r, jsonb_to_record(r.values) AS v(
        number bigint, title text, theme text, kind text, phase text, state text, lead text, lead_name text,
        group_name text, starts_on date, due_on date, priority smallint, places text, districts text,
        why text, result_expected text)
    WHERE r.plan_id = %(plan)s AND NOT r.is_unreadable;
    -- The programme that a new action falls under; a coalition may act before it has one.
    CREATE TEMPORARY TABLE current ON COMMIT DROP AS
    SELECT id, title FROM actions_programme WHERE coalition_id = %(coalition)s AND state <> 'closed'
    ORDER BY state = 'adopted' DESC, starts_on DESC, id DESC LIMIT 1;
    -- Who can pull an action, and who pulls one already.
    CREATE TEMPORARY TABLE pullers ON COMMIT DROP AS
    SELECT membership_id AS id, is_member, organisation_id, key, is_own FROM parties
    WHERE is_member
       OR membership_id IN (SELECT lead_id FROM actions_action WHERE coalition_id = %(coalition)s);
    -- Municipalities of today, and places that an action has already.
    CREATE TEMPORARY TABLE places ON COMMIT DROP AS
    SELECT DISTINCT ON (n.key) n.key, p.id
    FROM partners_area p
    JOIN coalitions_coalition c ON c.id = %(coalition)s
    LEFT JOIN partners_areamember l
      ON l.region_id = c.area_id AND l.member_id = p.id AND l.valid_to IS NULL
    CROSS JOIN LATERAL (VALUES (portal_sort_key(p.name)), (portal_sort_key(p.code)),
                               (portal_sort_key('Gemeente ' || p.name))) AS n(key)
    WHERE l.id IS NOT NULL OR p.id IN (
        SELECT x.area_id FROM actions_action_areas x JOIN actions_action a ON a.id = x.action_id
        WHERE a.coalition_id = %(coalition)s)
    ORDER BY n.key, l.id IS NULL, p.id;
    ANALYZE staged;
    ANALYZE pullers;
    ANALYZE places;
"""
MATCH = """
    CREATE TEMPORARY TABLE matched ON COMMIT DROP AS
    SELECT s.row_id, coalesce(min(a.id) FILTER (WHERE a.number = s.number), min(a.id)) AS target,
           count(*) > 1 AND NOT coalesce(bool_or(a.number = s.number), false) AS is_torn
    FROM staged s
    JOIN actions_action a ON a.coalition_id = %(coalition)s AND a.sort_key = s.key
    LEFT JOIN actions_programme p ON p.id = a.programme_id
    WHERE p.id IS NULL OR p.state <> 'closed' OR a.number = s.number
    GROUP BY s.row_id;
    ANALYZE matched;
"""
WANTED = f"""
    CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
    SELECT s.row_id, s.line, s.title, s.key, s.number, a.id AS target, m.is_torn, a.state AS state_before,
           coalesce(s.state, a.state, '{ActionState.IDEA}') AS state,
           s.theme, s.lead, s.lead_name AS lead_given, s.group_name, p.programme_id AS home,
           t.id AS theme_found, l.id AS lead_found, l.rivals, g.id AS group_found, w.unknown AS place_unknown,
           s.theme IS NOT NULL AND t.id IS NULL AS is_theme_unknown,
           s.lead IS NOT NULL AND l.id IS NULL AS is_lead_unknown,
           s.group_name IS NOT NULL AND g.id IS NULL AS is_group_unknown,
           CASE WHEN a.id IS NULL OR s.theme IS NOT NULL THEN p.programme_id
                ELSE a.programme_id END AS programme_id,
           coalesce(t.id, a.theme_id) AS theme_id,
           coalesce(s.kind, a.kind, '{ActionKind.OTHER}') AS kind,
           coalesce(s.phase, a.phase, '') AS phase,
           CASE WHEN s.is_whole THEN '{ActionScope.REGIONAL}'
                WHEN w.ids IS NOT NULL THEN '{ActionScope.LOCAL}'
                ELSE coalesce(a.scope, '{ActionScope.REGIONAL}') END AS scope,
           CASE WHEN s.is_whole AND a.scope IS DISTINCT FROM '{ActionScope.REGIONAL}' THEN '{{}}'
                WHEN NOT s.is_whole AND w.ids IS NOT NULL THEN w.ids
                ELSE coalesce(h.ids, '{{}}') END AS areas,
           coalesce(h.ids, '{{}}') AS areas_before,
           CASE WHEN s.lead IS NOT NULL THEN l.id WHEN s.lead_name IS NULL THEN a.lead_id END AS lead_id,
           CASE WHEN s.lead IS NOT NULL THEN coalesce(s.lead_name, '')
                ELSE {_kept("lead_name")} END AS lead_name,
           coalesce(g.id, a.group_id) AS group_id,
           coalesce(s.starts_on, a.starts_on) AS starts_on, coalesce(s.due_on, a.due_on) AS due_on,
           coalesce(s.priority, a.priority, {ActionPriority.NORMAL}) AS priority,
           {_kept("districts")} AS districts, {_kept("why")} AS why,
           {_kept("result_expected")} AS result_expected
    FROM staged s
    LEFT JOIN matched m USING (row_id)
    LEFT JOIN actions_action a ON a.id = m.target AND NOT m.is_torn
    LEFT JOIN LATERAL (SELECT coalesce(a.programme_id, (SELECT id FROM current)) AS programme_id) p ON true
    LEFT JOIN LATERAL (
        SELECT t.id FROM actions_theme t
        WHERE t.programme_id = p.programme_id
          AND s.theme_key IN (portal_sort_key(t.title), portal_sort_key(t.number || '. ' || t.title))
        ORDER BY s.theme_key = portal_sort_key(t.title), t.number LIMIT 1
    ) t ON true
    LEFT JOIN LATERAL (
        SELECT u.id, count(*) OVER () > 1 AND u.id IS DISTINCT FROM a.lead_id AS rivals
        FROM (SELECT DISTINCT ON (u.organisation_id) u.* FROM pullers u
              WHERE u.key = s.lead_key AND (u.is_member OR u.id = a.lead_id)
              ORDER BY u.organisation_id, u.id IS DISTINCT FROM a.lead_id, u.id DESC) u
        ORDER BY u.id IS DISTINCT FROM a.lead_id, u.is_own DESC, u.id LIMIT 1
    ) l ON true
    LEFT JOIN LATERAL (
        SELECT g.id FROM coalitions_workinggroup g
        WHERE g.coalition_id = %(coalition)s AND g.sort_key = s.group_key
          AND (g.state IN ({LIVING}) OR g.id = a.group_id)
        ORDER BY g.id IS DISTINCT FROM a.group_id, g.id LIMIT 1
    ) g ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT p.id ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL) AS ids,
               min(piece) FILTER (WHERE p.id IS NULL) AS unknown
        FROM regexp_split_to_table(s.places, '\\s*[;,\\n]\\s*') AS piece
        LEFT JOIN places p ON p.key = portal_sort_key(piece)
        WHERE piece <> '' AND NOT s.is_whole
    ) w ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(x.area_id ORDER BY x.area_id) AS ids FROM actions_action_areas x
        WHERE x.action_id = a.id
    ) h ON true;
    ANALYZE wanted;
"""
_THEME = "(SELECT number || '. ' || title FROM actions_theme WHERE id = {})"
_LEAD = (
    "(SELECT o.name FROM coalitions_membership m JOIN partners_organisation o ON o.id = m.organisation_id"
    " WHERE m.id = {})"
)
_GROUP = "(SELECT name FROM coalitions_workinggroup WHERE id = {})"
_AREAS = "(SELECT string_agg(name, '; ' ORDER BY sort_key) FROM partners_area WHERE id = ANY({}))"
# How a value is told: of what is there and of what is wanted.
SHOWN = {
    "theme_id": _THEME,
    "lead_id": _LEAD,
    "group_id": _GROUP,
    "kind": _labels("{}", ActionKind),
    "phase": _labels("{}", ActionPhase),
    "priority": _labels("{}", ActionPriority),
    "starts_on": "to_char({}, 'DD-MM-YYYY')",
    "due_on": "to_char({}, 'DD-MM-YYYY')",
}
TOLD = [field for field in WORDS if field in WRITTEN]


def _changes() -> str:
    """Old and new, in words, of every column that the row would change."""
    pairs = [
        f"'{field}', CASE WHEN w.{field} IS DISTINCT FROM a.{field} THEN jsonb_build_array("
        f"coalesce({shown.format(f'a.{field}')}, ''), coalesce({shown.format(f'w.{field}')}, '')) END"
        for field, shown in ((field, SHOWN.get(field, "{}")) for field in TOLD)
    ]

    def place(scope: str, areas: str) -> str:
        return (
            f"CASE WHEN {scope} = '{ActionScope.REGIONAL}' THEN '{WHOLE_REGION}'"
            f" ELSE coalesce({_AREAS.format(areas)}, '') END"
        )

    pairs.append(
        "'places', CASE WHEN w.scope <> a.scope OR w.areas <> w.areas_before THEN jsonb_build_array("
        f"{place('a.scope', 'w.areas_before')}, {place('w.scope', 'w.areas')}) END"
    )
    return ", ".join(pairs)


def _as_kept(alias: str, areas: str) -> str:
    """Every column as it is stored, to put back or to know again."""
    return ", ".join([*(f"'{field}', {alias}.{field}" for field in WRITTEN), f"'areas', {areas}"])


_STATE = _labels("w.state", ActionState)
_STATE_BEFORE = _labels("w.state_before", ActionState)
RESOLVE = f"""
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    WITH judged AS (
        SELECT w.*,
               min(w.line) OVER (PARTITION BY w.key, w.target) AS first_line,
               CASE WHEN a.id IS NULL THEN '{{}}'
                    ELSE jsonb_strip_nulls(jsonb_build_object({_changes()})) END AS changes,
               CASE WHEN a.id IS NULL THEN '{{}}'
                    ELSE jsonb_build_object({_as_kept("a", "w.areas_before")}) END AS before,
               CASE
                   WHEN w.title IS NULL THEN ARRAY['title', '',
                       'De titel ontbreekt. Vul in wat jullie gaan doen, of maak de regel leeg.']
                   WHEN w.is_torn THEN ARRAY['title', w.title,
                       'Meer acties heten zo. Vul in de kolom Nummer in welke je bedoelt.']
                   WHEN w.is_theme_unknown AND w.home IS NULL THEN ARRAY['theme_id', w.theme,
                       'Deze coalitie heeft nog geen programma met thema’s. Maak het eerst, of laat leeg.']
                   WHEN w.is_theme_unknown THEN ARRAY['theme_id', w.theme,
                       'Dit thema staat niet in ‘' || (SELECT title FROM actions_programme WHERE id = w.home)
                       || '’. Schrijf het zoals daar, voeg het thema eerst toe, of laat de cel leeg.']
                   WHEN w.lead IS NOT NULL AND w.lead_given IS NOT NULL THEN ARRAY['lead_name', w.lead_given,
                       'Er is al een trekker van de coalitie. Vul één van de twee in.']
                   WHEN w.is_lead_unknown THEN ARRAY['lead_id', w.lead,
                       'Deze organisatie is geen lid. Schrijf haar naam zoals in de ledenlijst, of gebruik de'
                       || ' kolom ‘{WORDS["lead_name"]}’.']
                   WHEN w.rivals THEN ARRAY['lead_id', w.lead,
                       'Meer leden heten zo. Laat de cel leeg en kies de trekker op de pagina van de actie.']
                   WHEN w.is_group_unknown THEN ARRAY['group_id', w.group_name,
                       'Deze werkgroep is er niet. Schrijf haar naam zoals in het portaal, of laat leeg.']
                   WHEN w.place_unknown IS NOT NULL THEN ARRAY['places', w.place_unknown,
                       'Deze gemeente hoort niet bij de coalitie. Schrijf namen met een puntkomma ertussen,'
                       || ' of ‘{WHOLE_REGION}’.']
                   WHEN w.due_on < w.starts_on THEN ARRAY['due_on', to_char(w.due_on, 'DD-MM-YYYY'),
                       'Het einde ligt vóór het begin (' || to_char(w.starts_on, 'DD-MM-YYYY')
                       || '). Verbeter een van de twee.']
                   WHEN a.id IS NULL AND w.state NOT IN ({_words(BEGINNINGS)}) THEN ARRAY['state', {_STATE},
                       'Een nieuwe actie begint als Idee of Gepland. De volgende stap zet je op haar pagina.']
                   WHEN w.state <> w.state_before THEN ARRAY['state', {_STATE},
                       'De actie staat op ‘' || {_STATE_BEFORE} || '’. Een stap zet je op haar pagina;'
                       || ' laat deze cel leeg.']
                   WHEN a.id IS NULL AND w.state = '{ActionState.PLANNED}' AND w.lead_id IS NULL
                        AND w.lead_name = '' THEN ARRAY['lead_id', '',
                       'Een geplande actie heeft een trekker. Vul hem in, of maak de stand Idee.']
               END AS wrong
        FROM wanted w
        LEFT JOIN actions_action a ON a.id = w.target
    )
    SELECT j.row_id, j.line, j.target, j.title, j.state, {", ".join(f"j.{field}" for field in WRITTEN)},
           j.areas, j.changes,
           CASE WHEN j.wrong IS NOT NULL OR j.first_line < j.line THEN 'error'
                WHEN j.target IS NULL THEN 'create'
                WHEN j.changes = '{{}}' THEN 'unchanged' ELSE 'update' END AS fate,
           CASE WHEN j.changes = '{{}}' THEN '{{}}' ELSE j.before END AS before,
           jsonb_build_object({_as_kept("j", "j.areas")}) AS written,
           CASE WHEN j.wrong IS NOT NULL THEN {PROBLEM}
                WHEN j.first_line < j.line THEN jsonb_build_array(jsonb_build_object(
                    'column', '{WORDS["title"]}', 'value', left(j.title, 60), 'code', '',
                    'problem', 'Deze actie staat ook in regel ' || j.first_line
                               || '. Laat één van de twee regels weg.'))
                ELSE '[]'::jsonb END AS problems,
           CASE WHEN j.target IS NULL AND j.wrong IS NULL AND n.id IS NOT NULL THEN jsonb_build_array(
                    'Nummer ' || j.number || ' is in het portaal ‘' || n.title
                    || '’. Een andere titel is een nieuwe actie, met een eigen nummer.')
                ELSE '[]'::jsonb END AS added_notes,
           '[]'::jsonb AS candidates
    FROM judged j
    LEFT JOIN actions_action n ON n.coalition_id = %(coalition)s AND n.number = j.number;
    ANALYZE resolved;
"""


def resolve(cursor: Any, plan: MemberImport) -> None:
    """The temporary table `resolved`: what every readable row of `plan` would do now."""
    parameters = {"plan": plan.pk, "coalition": plan.coalition_id, "words": json.dumps(WORDS)}
    for statement in (PARTIES, STAGE, MATCH, WANTED, RESOLVE):
        cursor.execute(statement, parameters)


# What the checked plan changes, held until the end of the transaction.
LOCK = (
    f"""SELECT 1 FROM actions_action WHERE id IN (
           SELECT target FROM {ROWS} WHERE plan_id = %(plan)s AND fate = 'update')
       ORDER BY id FOR NO KEY UPDATE""",
)
