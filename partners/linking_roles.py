"""Who is the contact between two domains in a municipality."""

import datetime

from django.utils import timezone

from partners.models import Area, LinkingRole, Organisation, Person, Representative
from portal.acts import Refused, act


class NotOfOrganisation(Refused):
    def __init__(self, person: Person, organisation: Organisation) -> None:
        super().__init__(f"{person} spreekt nu niet voor {organisation}. Voeg haar eerst toe als collega.")


class AlreadyOver(Refused):
    def __init__(self) -> None:
        super().__init__("Deze schakelfunctie is al beëindigd. Ververs de pagina om te zien hoe het nu is.")


def add_linking_role(
    *,
    organisation: Organisation,
    municipality: Area,
    title: str,
    domain_from: str,
    domain_to: str,
    by: Person | None,
    person: Person | None = None,
    valid_from: datetime.date | None = None,
) -> LinkingRole:
    """Somebody of `organisation` links two domains in `municipality` from a day, today by default."""
    with act(by=by):
        if person is not None and not (
            Representative.objects.current().filter(person=person, organisation=organisation).exists()
        ):
            raise NotOfOrganisation(person, organisation)
        role = LinkingRole(
            organisation=organisation,
            person=person,
            municipality=municipality,
            title=title.strip(),
            domain_from=domain_from,
            domain_to=domain_to,
            valid_from=valid_from or timezone.localdate(),
        )
        role.full_clean()
        role.save(force_insert=True)
    return role


def end_linking_role(*, role: LinkingRole, by: Person | None, on: datetime.date | None = None) -> LinkingRole:
    """The place is no longer there from `on`, today by default."""
    day = on or timezone.localdate()
    with act(by=by):
        role = LinkingRole.objects.select_for_update(of=("self",), no_key=True).get(pk=role.pk)
        if role.valid_to is not None and role.valid_to <= day:
            raise AlreadyOver
        role.valid_to = max(day, role.valid_from)
        role.full_clean()
        role.save(update_fields=["valid_to"])
    return role
