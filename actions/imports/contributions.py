"""Contributions of a table beside those of one year: what each row would do, doing it, and taking it back.

A contribution is known by who gives it, its source and what it is for. A new one may come in at the stand
that it has by now and then takes the same steps as by hand. Of one that is there only a promised amount
changes: what was decided stays, and a step is taken on the page of the year.
"""

import json
from typing import Any

from django.utils import timezone

from actions.imports.findings import PROBLEM
from actions.imports.parties import PARTIES
from actions.imports.undoing import delete_back, find_back
from actions.models import BudgetState, BudgetYear, Contribution, ContributionState, FundingSource
from actions.models.contributions import SURE_STATES
from coalitions.imports.undo import ROWS, tally
from coalitions.models import Coalition, MemberImport
from partners.models import Person
from portal import import_cells as cells
from portal.import_cells import ImportField
from portal.import_plans import insert_from

WORDS = {
    "organisation": "Organisatie",
    "source": "Geldbron",
    "amount": "Bedrag",
    "hours": "Uren",
    "earmark": "Alleen voor",
    "state": "Stand",
    "decided_on": "Besloten op",
    "decision_ref": "Besluit",
}
CONTRIBUTIONS, YEARS, SOURCES = (model._meta.db_table for model in (Contribution, BudgetYear, FundingSource))
SURE = ", ".join(f"'{state}'" for state in SURE_STATES)
PROMISED, WITHDRAWN = ContributionState.PROMISED.value, ContributionState.WITHDRAWN.value


def contribution_fields() -> tuple[ImportField, ...]:
    """Fields of a contribution, by the headings of our own export."""
    states = cells.options((state.value, (state.value, state.label)) for state in ContributionState)
    remedy = f"Kies uit: {', '.join(ContributionState.labels)}. Of laat leeg."
    return (
        ImportField(
            key="organisation",
            label=WORDS["organisation"],
            read=cells.text(200),
            synonyms=("wie", "naam", "gemeente", "partij", "van"),
            is_free_text=True,
        ),
        ImportField(key="source", label=WORDS["source"], read=cells.text(120), synonyms=("bron", "dekking")),
        ImportField(
            key="amount",
            label=WORDS["amount"],
            read=cells.amount,
            synonyms=("euro", "bijdrage", "bedrag in euro", "inleg"),
        ),
        ImportField(key="hours", label=WORDS["hours"], read=cells.count, synonyms=("aantal uren",)),
        ImportField(
            key="earmark",
            label=WORDS["earmark"],
            read=cells.text(200),
            synonyms=("oormerk", "bestemming", "waarvoor"),
            is_free_text=True,
        ),
        ImportField(
            key="state", label=WORDS["state"], read=cells.choice(states, remedy), synonyms=("status",)
        ),
        ImportField(
            key="decided_on",
            label=WORDS["decided_on"],
            read=cells.past_day(timezone.localdate()),
            synonyms=("datum besluit", "besluitdatum"),
        ),
        ImportField(
            key="decision_ref",
            label=WORDS["decision_ref"],
            read=cells.text(200),
            synonyms=("welk besluit", "besluitnummer"),
            is_free_text=True,
        ),
    )


def about(coalition: Coalition, year: int) -> str:
    """Which year the table is about."""
    return f"Bijdragen van {year}"


def _money(column: str) -> str:
    return f"translate(to_char({column}, 'FM9,999,999,990.00'), ',.', '.,')"


_STATE = "(CASE {} " + " ".join(f"WHEN '{s.value}' THEN '{s.label}'" for s in ContributionState) + " END)"
# What a new contribution is, such as "1.250,50 euro en 8 uur, besloten".
_NEW = f"""concat_ws(' en ', CASE WHEN j.amount > 0 THEN {_money("j.amount")} || ' euro' END,
    j.hours || ' uur') || ', ' || lower({_STATE.format("j.state")})"""
STAGE = f"""
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.given, pg_temp.named, pg_temp.wanted, pg_temp.resolved;
    CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
    SELECT r.id AS row_id, r.line, portal_sort_key(v.organisation) AS organisation_key,
           portal_sort_key(v.source) AS source_key, portal_sort_key(coalesce(v.earmark, '')) AS earmark_key,
           v.*
    FROM {ROWS} r, jsonb_to_record(r.values) AS v(
        organisation text, source text, amount numeric(12, 2), hours int, earmark text, state text,
        decided_on date, decision_ref text)
    WHERE r.plan_id = %(plan)s AND NOT r.is_unreadable;
    -- Those of the year; of some that are the same the first stands for the first of the table.
    CREATE TEMPORARY TABLE given ON COMMIT DROP AS
    SELECT c.*, coalesce(c.source_id, 0) AS source, portal_sort_key(c.earmark) AS earmark_key,
           row_number() OVER (PARTITION BY c.organisation_id, c.source_id, portal_sort_key(c.earmark),
                              c.state = '{WITHDRAWN}' ORDER BY c.id) AS place
    FROM {CONTRIBUTIONS} c JOIN {YEARS} y ON y.id = c.budget_year_id
    WHERE y.coalition_id = %(coalition)s AND y.year = %(year)s;
    ANALYZE staged;
    ANALYZE given;
"""
NAME = f"""
    CREATE TEMPORARY TABLE named ON COMMIT DROP AS
    SELECT s.*, o.organisation_id, o.rivals, f.id AS source_id, f.first_year, f.last_year,
           row_number() OVER same AS place, min(s.line) OVER same AS first_line
    FROM staged s
    LEFT JOIN LATERAL (
        SELECT p.organisation_id, count(*) OVER () > 1 AS rivals
        FROM (SELECT organisation_id, bool_or(is_own) AS is_own FROM parties
              WHERE key = s.organisation_key
                AND (is_member OR organisation_id IN (SELECT organisation_id FROM given))
              GROUP BY organisation_id) p
        ORDER BY p.is_own DESC, p.organisation_id LIMIT 1
    ) o ON true
    LEFT JOIN LATERAL (
        SELECT f.* FROM {SOURCES} f WHERE f.coalition_id = %(coalition)s AND f.sort_key = s.source_key
        ORDER BY f.name <> s.source, f.id LIMIT 1
    ) f ON true
    WINDOW same AS (PARTITION BY o.organisation_id, coalesce(f.id, 0), s.earmark_key,
                    s.state IS NOT DISTINCT FROM '{WITHDRAWN}' ORDER BY s.line);
    CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
    SELECT n.row_id, n.line, n.first_line, n.place, n.organisation, n.organisation_id, n.rivals,
           n.source, n.source_id, n.first_year, n.last_year, n.decided_on AS day_given,
           n.decision_ref AS decision_given, g.id AS target, g.state AS state_before,
           g.decided_on AS day_before, g.decision_ref AS decision_before,
           g.amount AS amount_before, g.hours AS hours_before,
           coalesce(n.amount, g.amount, 0) AS amount, coalesce(n.hours, g.hours) AS hours,
           coalesce(n.earmark, '') AS earmark,
           coalesce(n.state, g.state,
                    CASE WHEN n.decided_on IS NULL THEN '{PROMISED}' ELSE '{SURE_STATES[0]}' END) AS state,
           (SELECT string_agg({_money("x.amount")} || ' euro', ', ' ORDER BY x.id) FROM given x
            WHERE x.organisation_id = n.organisation_id AND x.state <> '{WITHDRAWN}') AS gives_already
    FROM named n
    LEFT JOIN given g
      ON g.organisation_id = n.organisation_id AND g.source = coalesce(n.source_id, 0)
     AND g.earmark_key = n.earmark_key AND g.place = n.place
     AND (g.state = '{WITHDRAWN}') = (n.state IS NOT DISTINCT FROM '{WITHDRAWN}');
    ANALYZE wanted;
"""
RESOLVE = f"""
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    WITH judged AS (
        SELECT w.*,
               CASE WHEN w.target IS NULL THEN '{{}}' ELSE jsonb_strip_nulls(jsonb_build_object(
                   'amount', CASE WHEN w.amount <> w.amount_before THEN
                       jsonb_build_array({_money("w.amount_before")}, {_money("w.amount")}) END,
                   'hours', CASE WHEN w.hours IS DISTINCT FROM w.hours_before THEN
                       jsonb_build_array(coalesce(w.hours_before::text, ''), w.hours::text) END
               )) END AS changes,
               CASE
                   WHEN y.state = '{BudgetState.CLOSED}' THEN ARRAY['organisation', w.organisation,
                       'Het jaar ' || y.year || ' is afgesloten. Er komt geen bijdrage meer bij.']
                   WHEN w.organisation IS NULL THEN ARRAY['organisation', '',
                       'De organisatie ontbreekt. Vul in wie dit geeft.']
                   WHEN w.organisation_id IS NULL THEN ARRAY['organisation', w.organisation,
                       'Deze organisatie is geen lid. Schrijf haar naam zoals in de ledenlijst.']
                   WHEN w.rivals THEN ARRAY['organisation', w.organisation,
                       'Meer leden heten zo. Voeg deze bijdrage toe op de pagina van de begroting.']
                   WHEN w.source IS NOT NULL AND w.source_id IS NULL THEN ARRAY['source', w.source,
                       'Deze geldbron is er niet. Voeg haar eerst toe bij Geld, of laat de cel leeg.']
                   WHEN y.year < w.first_year OR y.year > w.last_year THEN ARRAY['source', w.source,
                       'Deze geldbron geldt niet in ' || y.year || '. Kies een andere, of laat de cel leeg.']
                   WHEN w.target IS NULL AND w.place > 1 THEN ARRAY['organisation', w.organisation,
                       'Deze bijdrage staat ook in regel ' || w.first_line || '. Laat er een weg, of vul bij'
                       || ' ‘{WORDS["earmark"]}’ in waar elk voor is.']
                   WHEN w.amount = 0 AND coalesce(w.hours, 0) = 0 THEN ARRAY['amount', '',
                       'Vul een bedrag of een aantal uren in.']
                   WHEN w.target IS NULL AND w.state = '{WITHDRAWN}' THEN
                       ARRAY['state', {_STATE.format("w.state")},
                       'Een ingetrokken bijdrage lezen we niet in. Laat deze regel weg.']
                   WHEN w.target IS NULL AND w.state IN ({SURE}) AND w.day_given IS NULL THEN
                       ARRAY['decided_on', '',
                       'Vul in op welke dag dit is besloten, of maak de stand '
                       || '{ContributionState.PROMISED.label}.']
                   WHEN w.target IS NULL AND w.state = '{PROMISED}' AND w.day_given IS NOT NULL THEN
                       ARRAY['decided_on', to_char(w.day_given, 'DD-MM-YYYY'),
                       'Wat is toegezegd, is nog niet besloten. Laat deze cel leeg, of pas de stand aan.']
                   WHEN w.state <> w.state_before THEN ARRAY['state', {_STATE.format("w.state")},
                       'De bijdrage staat op ‘' || {_STATE.format("w.state_before")} || '’. Een stap zet je'
                       || ' op de pagina van de begroting; laat deze cel leeg.']
                   WHEN w.state_before <> '{PROMISED}' AND w.amount <> w.amount_before THEN
                       ARRAY['amount', {_money("w.amount")},
                       'Deze bijdrage van ' || {_money("w.amount_before")} || ' euro is al besloten. Het'
                       || ' bedrag verandert niet meer. Trek haar in en voeg een nieuwe toe.']
                   WHEN w.state_before <> '{PROMISED}' AND w.hours IS DISTINCT FROM w.hours_before THEN
                       ARRAY['hours', w.hours::text,
                       'Deze bijdrage is al besloten. De uren veranderen niet meer.']
               END AS wrong
        FROM wanted w
        JOIN {YEARS} y ON y.coalition_id = %(coalition)s AND y.year = %(year)s
    )
    SELECT j.row_id, j.line, j.target, j.organisation_id, j.source_id, j.amount, j.hours, j.earmark, j.state,
           j.day_given AS decided_on, coalesce(j.decision_given, '') AS decision_ref, j.changes,
           CASE WHEN j.wrong IS NOT NULL THEN 'error'
                WHEN j.target IS NULL THEN 'create'
                WHEN j.changes = '{{}}' THEN 'unchanged' ELSE 'update' END AS fate,
           CASE WHEN j.changes = '{{}}' THEN '{{}}'
                ELSE jsonb_build_object('amount', j.amount_before, 'hours', j.hours_before) END AS before,
           CASE WHEN j.wrong IS NULL THEN '[]' ELSE {PROBLEM} END AS problems,
           CASE WHEN j.wrong IS NOT NULL THEN '[]'::jsonb
                WHEN j.target IS NULL THEN jsonb_build_array({_NEW}) || CASE
                    WHEN j.gives_already IS NULL THEN '[]' ELSE jsonb_build_array(
                        'Deze organisatie geeft dit jaar al ' || j.gives_already || '. Dit komt erbij.') END
                WHEN j.day_given <> j.day_before OR j.decision_given <> j.decision_before THEN
                    jsonb_build_array('Wanneer en waarin dit is besloten, blijft zoals het er staat.')
                ELSE '[]'::jsonb END AS added_notes,
           '[]'::jsonb AS candidates
    FROM judged j;
    ANALYZE resolved;
"""


def resolve(cursor: Any, plan: MemberImport) -> None:
    """The temporary table `resolved`: what every readable row of `plan` would do now."""
    parameters = {
        "plan": plan.pk,
        "coalition": plan.coalition_id,
        "year": plan.about,
        "words": json.dumps(WORDS),
    }
    for statement in (PARTIES, STAGE, NAME, RESOLVE):
        cursor.execute(statement, parameters)


# The year, against closing, and what the checked plan changes.
LOCK = (
    f"""SELECT 1 FROM {YEARS} y JOIN coalitions_memberimport p ON p.id = %(plan)s
        WHERE y.coalition_id = p.coalition_id AND y.year = p.about FOR NO KEY UPDATE OF y""",
    f"""SELECT 1 FROM {CONTRIBUTIONS} WHERE id IN (
            SELECT target FROM {ROWS} WHERE plan_id = %(plan)s AND fate = 'update')
        ORDER BY id FOR NO KEY UPDATE""",
)
NUMBER = f"""
    ALTER TABLE resolved ADD COLUMN made bigint;
    UPDATE resolved r SET made = fresh.id
    FROM (SELECT row_id, nextval(pg_get_serial_sequence('{CONTRIBUTIONS}', 'id')) AS id
          FROM (SELECT row_id FROM resolved WHERE fate = 'create' ORDER BY line) o) fresh
    WHERE r.row_id = fresh.row_id
"""
CORRECT = f"""
    UPDATE {CONTRIBUTIONS} c SET amount = r.amount, hours = r.hours
    FROM resolved r WHERE r.fate = 'update' AND c.id = r.target
"""
# The steps that a contribution takes by hand, one after the other.
STEP = f"""
    UPDATE {CONTRIBUTIONS} c SET state = %s FROM resolved r WHERE c.id = r.made AND r.state = ANY(%s)
"""
NOTE = f"""
    UPDATE {ROWS} SET target = coalesce(r.made, r.target), made_target = r.made IS NOT NULL,
        organisation_id = r.organisation_id,
        values = {ROWS}.values || jsonb_build_object('written',
            jsonb_build_object('amount', r.amount, 'hours', r.hours))
    FROM resolved r WHERE {ROWS}.id = r.row_id AND r.fate IN ('create', 'update')
"""


def save(cursor: Any, plan: MemberImport, *, by: Person) -> None:
    """Carry out what `resolved` says, all of it in a handful of statements."""
    cursor.execute(NUMBER)
    insert_from(
        cursor,
        Contribution,
        given={
            "id": "r.made",
            "budget_year_id": "y.id",
            "organisation_id": "r.organisation_id",
            "source_id": "r.source_id",
            "amount": "r.amount",
            "hours": "r.hours",
            "earmark": "r.earmark",
            "decided_on": "r.decided_on",
            "decision_ref": "r.decision_ref",
        },
        source=f"""FROM resolved r JOIN {YEARS} y ON y.coalition_id = %s AND y.year = %s
                   WHERE r.fate = 'create' ORDER BY r.line""",
        params=[plan.coalition_id, plan.about],
    )
    for place, state in enumerate(SURE_STATES):
        cursor.execute(STEP, [state.value, [later.value for later in SURE_STATES[place:]]])
    cursor.execute(CORRECT)
    cursor.execute(NOTE)


def take_back(cursor: Any, plan: MemberImport, *, by: Person) -> dict[str, int]:
    """Delete contributions with which nobody did anything, and put back amounts that nobody changed."""
    of_year = f"JOIN {YEARS} y ON y.id = t.budget_year_id"
    find_back(cursor, plan, Contribution, joins=of_year, only=f"y.state <> '{BudgetState.CLOSED}'")
    delete_back(cursor, Contribution)
    cursor.execute(
        f"""
        UPDATE {CONTRIBUTIONS} t
        SET amount = (r.before->>'amount')::numeric, hours = (r.before->>'hours')::int
        FROM {ROWS} r, {YEARS} y
        WHERE r.plan_id = %s AND r.fate = 'update' AND t.id = r.target AND t.state = '{PROMISED}'
          AND y.id = t.budget_year_id AND y.state <> '{BudgetState.CLOSED}'
          AND t.amount = (r.values->'written'->>'amount')::numeric
          AND t.hours IS NOT DISTINCT FROM (r.values->'written'->>'hours')::int
        RETURNING r.id
        """,
        [plan.pk],
    )
    return tally(cursor, plan, {pk for (pk,) in cursor.fetchall()})
