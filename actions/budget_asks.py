"""Who may confirm a promised contribution is asked to: a part of the one query of `meeting_asks`.

Rows are those of the meetings: kind, title, a detail, the coalition, a number and a day.
"""

from portal.addresses import address_of
from portal.hooks import Ask

KIND = "contribution"
OF_PERSON = """
SELECT DISTINCT 'contribution', o.name, c.name, c.slug, y.year::bigint, NULL::date
FROM actions_contribution k
JOIN actions_budgetyear y ON y.id = k.budget_year_id
JOIN coalitions_coalition c ON c.id = y.coalition_id
JOIN partners_organisation o ON o.id = k.organisation_id
JOIN partners_representative p ON p.organisation_id = o.id
WHERE c.id = ANY(%(confirmed)s) AND k.state = 'promised' AND y.state <> 'closed'
  AND p.person_id = %(person)s
  AND p.valid_from <= %(today)s AND (p.valid_to IS NULL OR %(today)s < p.valid_to)
"""


def ask(organisation: str, coalition: str, slug: str, year: int) -> Ask:
    """The ask to confirm what `organisation` promised for `year`; its page has the button."""
    return Ask(
        title=f"Bevestig de bijdrage van {organisation} voor {year}",
        detail=coalition,
        url=f"{address_of('actions:budget-detail', slug, year)}#bijdragen",
        action="Bekijk de bijdrage",
    )
