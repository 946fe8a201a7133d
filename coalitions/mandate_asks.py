"""What waits around the power to sign: requests to check, and mandates that end soon."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.urls import reverse

from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition, Membership
from coalitions.models.memberships import OVER_STATES
from coalitions.organisation_access import is_administrator, organisations_of
from partners.models import Mandate, Representative
from portal.hooks import Ask


def asks_of(person: Any) -> list[Ask]:
    """What `person` has to check, and what her own organisations have to renew."""
    coordinated = coalition_ids_with(person, Permission.MANDATE_CHECK)
    to_check = _to_check(coordinated, person, names_coalition=True) if coordinated else []
    return [*to_check, *_of_no_coalition(person), *_to_renew(person)]


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """Requests in `coalition` on which `person` may decide."""
    if not can(person, Permission.MANDATE_CHECK, coalition):
        return []
    return _to_check([coalition.pk], person, names_coalition=False)


def _to_check(coalition_ids: list[int], person: Any, *, names_coalition: bool) -> list[Ask]:
    """One query, however many coalitions."""
    on_its_list = Membership.objects.exclude(state__in=OVER_STATES).filter(
        coalition=OuterRef(OuterRef("pk")), organisation=OuterRef("representative__organisation")
    )
    waiting = _of_others(Mandate.objects.to_check(), person).filter(
        Q(area__isnull=True) | Q(area=OuterRef("area")), Exists(on_its_list)
    )
    counted = waiting.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk"))
    rows = (
        Coalition.objects.filter(pk__in=coalition_ids)
        .annotate(waiting=Subquery(counted.values("count")))
        .filter(waiting__gt=0)
        .order_by("sort_key")
        .values_list("name", "slug", "waiting")
    )
    return [
        _ask(count, reverse("coalitions:mandate-list", args=[slug]), name if names_coalition else "")
        for name, slug, count in rows
    ]


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
    return Ask(title=f"{words} op controle", url=f"{url}?stand=unchecked", action="Controleer", detail=detail)
