"""Other names, locations and service area of an organisation."""

from collections.abc import Collection
from typing import Any

from partners.models import Area, Location, Organisation, OrganisationAlias, Person, ServiceArea
from portal.acts import Refused, act
from portal.revisions import refuse_if_changed


class AliasIsName(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"‘{name}’ is al de naam van deze organisatie.")


def change_names(
    *,
    organisation: Organisation,
    by: Person | None,
    add: Collection[str] = (),
    remove: Collection[OrganisationAlias] = (),
) -> None:
    """Other names come and go; what somebody else added meanwhile stays."""
    with act(by=by):
        _lock(organisation)
        organisation.aliases.filter(pk__in=[alias.pk for alias in remove]).delete()
        for name in add:
            if name.strip() == organisation.name:
                raise AliasIsName(name)
            alias = OrganisationAlias(organisation=organisation, name=name.strip())
            alias.full_clean()
            alias.save(force_insert=True)


def change_service_area(
    *,
    organisation: Organisation,
    by: Person | None,
    add: Collection[Area] = (),
    remove: Collection[Area] = (),
) -> None:
    """The organisation works for other municipalities; what somebody else added meanwhile stays."""
    with act(by=by):
        _lock(organisation)
        organisation.service_areas.filter(municipality__in=remove).delete()
        known = set(organisation.service_areas.values_list("municipality", flat=True))
        ServiceArea.objects.bulk_create(
            ServiceArea(organisation=organisation, municipality=area) for area in add if area.pk not in known
        )


def add_location(*, organisation: Organisation, by: Person | None, **details: Any) -> Location:
    """One more place where the organisation works."""
    with act(by=by):
        location = Location(organisation=organisation, **details)
        location.full_clean()
        location.save(force_insert=True)
    return location


def change_location(
    *, location: Location, by: Person | None, seen: int | None = None, **details: Any
) -> Location:
    """The address or name of a place changed; ChangedMeanwhile where somebody did so after `seen`."""
    with act(by=by):
        location = Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
        refuse_if_changed(location, seen=seen, wanted=details)
        for field, value in details.items():
            setattr(location, field, value)
        location.full_clean()
        location.save(update_fields=sorted(details))
    return location


def remove_location(*, location: Location, by: Person | None) -> None:
    """The organisation works there no more; the history keeps it."""
    with act(by=by):
        location.delete()


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
