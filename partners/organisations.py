"""Organisations come into the portal, change, and leave it; nothing is thrown away."""

from typing import Any

from django.utils import timezone

from partners.models import Area, Organisation, OrganisationType, Person
from portal.acts import Refused, act

CHANGEABLE = frozenset(
    {
        "name",
        "short_name",
        "type",
        "municipality",
        "kvk",
        "agb",
        "oin",
        "website",
        "phone",
        "general_email",
        "description",
    }
)


class AlreadyArchived(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} staat al in het archief.")


def add_organisation(
    *,
    name: str,
    type: OrganisationType,
    by: Person | None,
    municipality: Area | None = None,
    **details: Any,
) -> Organisation:
    """A new organisation; `details` are any of the other fields that may change later."""
    _check_names(details)
    with act(by=by):
        organisation = Organisation(name=name.strip(), type=type, municipality=municipality, **_tidy(details))
        organisation.full_clean()
        organisation.save(force_insert=True)
    return organisation


def change_organisation(*, organisation: Organisation, by: Person | None, **details: Any) -> Organisation:
    """Write `details`, and nothing else, so that two who change other things do not undo each other."""
    _check_names(details)
    with act(by=by):
        organisation = _locked(organisation)
        for field, value in _tidy(details).items():
            setattr(organisation, field, value)
        organisation.full_clean()
        organisation.save(update_fields=sorted(details))
    return organisation


def archive(*, organisation: Organisation, by: Person | None) -> Organisation:
    """The organisation stopped: it stays where it was, and takes part in nothing new."""
    with act(by=by):
        organisation = _locked(organisation)
        if organisation.archived_at:
            raise AlreadyArchived(organisation)
        organisation.archived_at = timezone.now()
        organisation.full_clean()
        organisation.save(update_fields=["archived_at"])
    return organisation


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _check_names(details: dict[str, Any]) -> None:
    if unknown := details.keys() - CHANGEABLE:
        message = f"An organisation has no changeable {', '.join(sorted(unknown))}."
        raise TypeError(message)


def _tidy(details: dict[str, Any]) -> dict[str, Any]:
    """Unique numbers that are left out are NULL: two blanks would be the same number."""
    return {
        field: (value or None) if field in {"kvk", "agb", "oin"} else value
        for field, value in details.items()
    }
