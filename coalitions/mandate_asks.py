"""What waits around the power to sign: requests to check, and mandates that end soon."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.urls import reverse

from coalitions.models import Coalition, Membership
from coalitions.models.memberships import OVER_STATES
from coalitions.organisation_access import is_administrator, organisations_of
from partners.models import Mandate, Representative
from portal.hooks import Ask, AskKind


def asks_of(person: Any) -> list[Ask]:
    """What an administrator has to check, and what her own organisations have to renew; what waits
    in a coalition stands with the rest of it in `request_asks`."""
    return [*_of_no_coalition(person), *_to_renew(person)]


def waiting_in_coalition(person: Any) -> Subquery:
    """How many requests of a coalition somebody else than `person` made; for a query over coalitions."""
    on_its_list = Membership.objects.exclude(state__in=OVER_STATES).filter(
        coalition=OuterRef(OuterRef("pk")), organisation=OuterRef("representative__organisation")
    )
    waiting = _of_others(Mandate.objects.to_check(), person).filter(
        Q(area__isnull=True) | Q(area=OuterRef("area")), Exists(on_its_list)
    )
    counted = waiting.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk"))
    return Subquery(counted.values("count"))


def in_coalition(slug: str, count: int, detail: str) -> Ask:
    """Requests in one coalition that wait for a check."""
    return _ask(count, reverse("coalitions:mandate-list", args=[slug]), detail)


def _of_no_coalition(person: Any) -> list[Ask]:
    """An administrator is asked where no coordinator is."""
    if not is_administrator(person):
        return []
    everywhere = list(Coalition.objects.values_list("pk", flat=True))
    orphans = Mandate.objects.to_check().exclude(
        representative__organisation__in=organisations_of(everywhere)
    )
    url = reverse("coalitions:platform-mandate-list")
    count = _of_others(orphans, person).count()
    return [_ask(count, url, "Organisaties zonder coalitie")] if count else []


def _to_renew(person: Any) -> list[Ask]:
    is_contact = Representative.objects.current().filter(
        person=person, is_primary=True, organisation=OuterRef("representative__organisation")
    )
    ending = (
        Mandate.objects.ending()
        .filter(Q(representative__person=person) | Exists(is_contact))
        .select_related("representative__person", "representative__organisation")
        .order_by("valid_to", "pk")
    )
    return [
        Ask(
            kind=AskKind.MANDATES,
            title=f"De tekenbevoegdheid van {mandate.representative.person} loopt af",
            detail=mandate.representative.organisation.name,
            due=mandate.valid_to,
            url=reverse("coalitions:mandate-request", args=[mandate.representative.organisation_id]),
            action="Vraag een nieuwe aan",
        )
        for mandate in ending
    ]


def _of_others(mandates: Any, person: Any) -> Any:
    return mandates.exclude(requested_by=person).exclude(representative__person=person)


def _ask(count: int, url: str, detail: str) -> Ask:
    words = "1 tekenbevoegdheid wacht" if count == 1 else f"{count} tekenbevoegdheden wachten"
    return Ask(
        kind=AskKind.MANDATES,
        title=f"{words} op controle",
        url=f"{url}?stand=unchecked",
        action="Controleer",
        detail=detail,
    )
