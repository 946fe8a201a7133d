"""The order of the evening: who comes on stage after whom."""

from collections.abc import Mapping

from covenants import chain
from covenants.models import CovenantVersion, StagePlace
from partners.models import Organisation, Person
from portal.acts import act


def arrange(
    *, version: CovenantVersion, order: list[Organisation], wishes: Mapping[int, int], by: Person
) -> list[StagePlace]:
    """Put the organisations of `order` at the places that `wishes` names for some of them.

    Whoever gets another place goes before who stood there, so that one number moves one row.
    """
    with act(by=by):
        version = chain.lock(version)
        staying = [one for place, one in enumerate(order, start=1) if wishes.get(one.pk, place) == place]
        moved = [one for one in order if one not in staying]
        for one in sorted(moved, key=lambda organisation: wishes[organisation.pk]):
            staying.insert(max(0, wishes[one.pk] - 1), one)
        version.stage_places.all().delete()
        return StagePlace.objects.bulk_create(
            StagePlace(version=version, organisation=one, position=place)
            for place, one in enumerate(staying, start=1)
        )


def reset(*, version: CovenantVersion, by: Person) -> None:
    """Back to the order that follows from kind and name."""
    with act(by=by):
        chain.lock(version).stage_places.all().delete()
