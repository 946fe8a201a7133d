"""Who may confirm a promised contribution is asked to."""

from functools import reduce
from operator import or_
from typing import Any

from actions import contributions
from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition
from portal.addresses import address_of
from portal.euros import euros
from portal.hooks import Ask


def asks_of(person: Any) -> list[Ask]:
    """Each promise of her own organisation or municipality that is not decided yet."""
    coalitions = Coalition.objects.filter(pk__in=coalition_ids_with(person, Permission.CONTRIBUTION_CONFIRM))
    waiting = [contributions.confirmable_by(person, coalition) for coalition in coalitions]
    if not waiting:
        return []
    lines = reduce(or_, waiting).select_related("organisation", "budget_year__coalition")
    return [
        Ask(
            title=f"Bevestig de bijdrage van {line.organisation}",
            detail=f"{euros(line.amount)} voor {line.budget_year.year}, {line.budget_year.coalition}",
            url=address_of(
                "actions:contribution-confirm",
                line.budget_year.coalition.slug,
                line.budget_year.year,
                line.pk,
            ),
            action="Bevestig",
        )
        for line in lines
    ]
