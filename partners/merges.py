"""What becomes of people, links and places when two organisations turn out to be one."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.models import (
    LinkingRole,
    Location,
    Organisation,
    OrganisationAlias,
    OrganisationLink,
    Person,
    Representative,
    ServiceArea,
)


def merge(kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    """Move what belongs to `gone`; a fact that `kept` has already stays where it was, and ends."""
    speakers = Representative.objects.filter(organisation=gone).select_related("person").order_by("pk")
    people = [(row, _move(row, organisation=kept, is_primary=_stays_primary(row, kept))) for row in speakers]
    roles = [_move(row, organisation=kept) for row in LinkingRole.objects.filter(organisation=gone)]
    links = [_move(row, source=kept) for row in OrganisationLink.objects.filter(source=gone)]
    links += [_move(row, target=kept) for row in OrganisationLink.objects.filter(target=gone)]
    Location.objects.filter(organisation=gone).update(organisation=kept)
    known = ServiceArea.objects.filter(organisation=kept).values("municipality")
    ServiceArea.objects.filter(organisation=gone).exclude(municipality__in=known).update(organisation=kept)
    names = OrganisationAlias.objects.filter(organisation=kept).values("sort_key")
    OrganisationAlias.objects.filter(organisation=gone).exclude(sort_key__in=names).update(organisation=kept)
    moved = sum(has_moved for _, has_moved in people)
    doubles = [row for row, has_moved in people if not has_moved]
    return [
        *_counted(moved, "vertegenwoordiger gaat", "vertegenwoordigers gaan", "mee, met tekenbevoegdheden"),
        *(
            f"{row.person} heeft bij beide de functie {row.function}: die bij {gone.name} eindigt vandaag, "
            "met de tekenbevoegdheid die erbij hoort."
            for row in doubles
        ),
        *_counted(sum(roles), "schakelfunctie gaat", "schakelfuncties gaan", "mee"),
        *_counted(
            sum(links), "band met een andere organisatie gaat", "banden met andere organisaties gaan", "mee"
        ),
    ]


def _stays_primary(row: Representative, kept: Organisation) -> bool:
    """The contact of `kept` stays its contact."""
    return row.is_primary and not kept.representatives.filter(is_primary=True).exists()


def _move(row: Any, **changes: Any) -> bool:
    """Give `row` its new owner; where the new owner has the same fact, `row` stays and ends today."""
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**changes)
    except IntegrityError:
        today = timezone.localdate()
        if row.valid_to is None or row.valid_to > today:
            _end(row, today)
        return False
    return True


def _end(row: Any, day: datetime.date) -> None:
    row.valid_to = max(day, row.valid_from)
    row.save(update_fields=["valid_to"])


def _counted(count: int, one: str, several: str, rest: str) -> list[str]:
    if not count:
        return []
    return [f"{count} {one if count == 1 else several} {rest}."]
