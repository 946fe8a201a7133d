"""Which municipality lies in which GGD region, with its dates."""

import datetime

from partners.models import Area, AreaKind, AreaMember, Person
from portal.acts import Refused, act


class AlreadyInRegion(Refused):
    def __init__(self, municipality: Area, region: Area) -> None:
        super().__init__(f"{municipality} hoort op deze datum al bij {region}.")


class MovesLater(Refused):
    def __init__(self, municipality: Area) -> None:
        super().__init__(
            f"Voor {municipality} staat al een latere overgang genoteerd. Kies een latere datum."
        )


class NotExistingThen(Refused):
    def __init__(self, municipality: Area, on: datetime.date) -> None:
        super().__init__(f"{municipality} bestaat op {on:%d-%m-%Y} niet als gemeente.")


def move_municipality(
    *, municipality: Area, region: Area, on: datetime.date, by: Person | None
) -> AreaMember:
    """From `on` the municipality lies in `region`, and no longer in the region of the same kind
    where it was; what was true before stays."""
    with act(by=by):
        # The row of the municipality, so that of two moves the second sees the first.
        municipality = Area.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        if municipality.kind != AreaKind.MUNICIPALITY or not (
            municipality.valid_from <= on and (municipality.valid_to is None or on < municipality.valid_to)
        ):
            raise NotExistingThen(municipality, on)
        links = AreaMember.objects.filter(member=municipality, kind=region.kind)
        if links.filter(valid_from__gt=on).exists():
            raise MovesLater(municipality)
        for link in links.on(on):
            if link.region_id == region.pk:
                raise AlreadyInRegion(municipality, region)
            link.valid_to = on
            link.save(update_fields=["valid_to"])
        moved = AreaMember(
            region=region,
            member=municipality,
            kind=region.kind,
            valid_from=on,
            valid_to=municipality.valid_to,
        )
        moved.full_clean()
        moved.save(force_insert=True)
    return moved
