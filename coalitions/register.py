"""Looking for organisations in the register of the whole portal."""

from dataclasses import dataclass

from django.db.models import Q

from coalitions.models import Coalition, Membership
from partners.models import Organisation, OrganisationAlias
from portal.names import name_holds

SHOWN = 25


@dataclass(frozen=True)
class Found:
    """One organisation of the register, and its membership here where it is on the list."""

    organisation: Organisation
    membership: Membership | None


def found_in_register(words: str, *, coalition: Coalition) -> list[Found]:
    """Organisations whose name, earlier name, short name or number is `words`. Two queries."""
    number = "".join(words.split())
    organisations = list(
        Organisation.objects.active()
        .filter(
            Q(name_holds(words))
            | Q(pk__in=OrganisationAlias.objects.filter(name_holds(words)).values("organisation"))
            | Q(short_name__icontains=words)
            | Q(kvk=number)
            | Q(agb=number)
            | Q(oin=number)
        )
        .select_related("type", "municipality")
        .order_by("sort_key", "pk")[:SHOWN]
    )
    listed = {
        row.organisation_id: row
        for row in coalition.memberships.filter(organisation__in=organisations, left_on__isnull=True)
    }
    return [Found(one, listed.get(one.pk)) for one in organisations]
