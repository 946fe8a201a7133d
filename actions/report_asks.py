"""What reporting rounds and late actions ask of people: parts of the one query of `asks.py`.

Rows are those of the meetings: kind, title, a detail, the coalition, a number and a day.
"""

from django.urls import reverse

from portal.addresses import address_of
from portal.hooks import Ask, AskKind

# More asks than these say nothing more: the page of one's own actions holds them all.
SHOWN = 5

OF_PERSON = """
SELECT CASE WHEN q.review_note IS NULL THEN 'report' ELSE 'question' END, a.title,
       COALESCE(q.review_note, c.name), c.slug, a.number, r.due_on
FROM actions_action a
JOIN coalitions_coalition c ON c.id = a.coalition_id
JOIN LATERAL (
    SELECT id, due_on FROM actions_reportinground
    WHERE coalition_id = c.id AND state IN ('open', 'reopened') ORDER BY opens_on DESC, id DESC LIMIT 1
) r ON true
LEFT JOIN LATERAL (
    SELECT review_note FROM actions_progressreport
    WHERE action_id = a.id AND round_id = r.id AND state = 'returned' LIMIT 1
) q ON true
WHERE c.id = ANY(%(reported)s) AND a.state IN ('running', 'blocked', 'paused')
  AND NOT EXISTS (
      SELECT FROM actions_progressreport
      WHERE action_id = a.id AND round_id = r.id AND state IN ('submitted', 'fixed'))
  AND (
      EXISTS (
          SELECT FROM coalitions_membership m
          JOIN partners_representative p ON p.organisation_id = m.organisation_id
          WHERE p.person_id = %(person)s AND m.state IN ('member', 'dormant')
            AND p.valid_from <= %(today)s AND (p.valid_to IS NULL OR %(today)s < p.valid_to)
            AND (m.id = a.lead_id OR EXISTS (
                SELECT FROM actions_actionpartner
                WHERE action_id = a.id AND membership_id = m.id AND role = 'co_lead')))
      OR a.group_id IN (
          SELECT group_id FROM coalitions_workinggroupseat
          WHERE person_id = %(person)s AND role = 'lead'
            AND valid_from <= %(today)s AND (valid_to IS NULL OR %(today)s < valid_to)))
"""
IN_COALITION = """
SELECT 'to_read', r.title, count(*)::text, c.slug, r.id, NULL::date
FROM actions_reportinground r
JOIN coalitions_coalition c ON c.id = r.coalition_id
JOIN actions_progressreport p ON p.round_id = r.id AND p.state = 'submitted'
WHERE c.id = %(coalition)s AND %(fixes)s AND r.state IN ('open', 'closing', 'reopened')
GROUP BY r.id, r.title, c.slug
UNION ALL
SELECT 'round_over', r.title, c.name, c.slug, r.id, NULL
FROM actions_reportinground r
JOIN coalitions_coalition c ON c.id = r.coalition_id
WHERE c.id = %(coalition)s AND %(fixes)s AND r.state IN ('open', 'closing', 'reopened')
  AND r.due_on < %(today)s
UNION ALL
SELECT 'late_actions', '', count(*)::text, c.slug, 0, NULL
FROM actions_action a
JOIN coalitions_coalition c ON c.id = a.coalition_id
WHERE c.id = %(coalition)s AND a.state IN ('planned', 'running', 'blocked', 'paused')
  AND a.due_on < %(today)s
GROUP BY c.slug
"""
KINDS = frozenset({"report", "question", "to_read", "round_over", "late_actions"})


def ask(kind: str, title: str, detail: str, slug: str, number: int) -> Ask:
    """One row in words."""
    match kind:
        case "report":
            return Ask(
                kind=AskKind.PROGRAMME,
                title=f"Hoe gaat het met ‘{title}’?",
                detail=detail,
                url=address_of("actions:report-edit", slug, number),
                action="Voortgang melden",
            )
        case "question":
            return Ask(
                kind=AskKind.PROGRAMME,
                title=f"Beantwoord een vraag over ‘{title}’",
                detail=detail,
                url=address_of("actions:report-edit", slug, number),
                action="Antwoord",
            )
        case "to_read":
            words = "voortgangsbericht" if detail == "1" else "voortgangsberichten"
            return Ask(
                kind=AskKind.PROGRAMME,
                title=f"Kijk {detail} {words} na",
                detail=title,
                url=address_of("actions:round-detail", slug, number),
                action="Naar de ronde",
            )
        case "round_over":
            return Ask(
                kind=AskKind.PROGRAMME,
                title=f"De laatste dag van ‘{title}’ is voorbij",
                detail=detail,
                url=address_of("actions:round-detail", slug, number),
                action="Rond de ronde af",
            )
    return Ask(
        kind=AskKind.PROGRAMME,
        title="1 actie is te laat" if detail == "1" else f"{detail} acties zijn te laat",
        url=f"{address_of('actions:action-list', slug)}?let_op=te-laat",
        action="Bekijk welke",
    )


def more() -> Ask:
    """Instead of everything past what is shown."""
    return Ask(
        kind=AskKind.PROGRAMME,
        title="Meld de voortgang van nog meer acties",
        url=reverse("actions:my-actions"),
        action="Bekijk alle acties",
    )
