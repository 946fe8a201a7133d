"""Who keeps the platform running."""

from partners import invitations, people
from partners.models import Invitation, Person, PlatformRole
from portal.acts import Refused, act


class AlreadyAdministrator(Refused):
    def __init__(self) -> None:
        super().__init__("Deze persoon is al platformbeheerder.")


def add_administrator(*, name: str, email: str, by: Person | None) -> Invitation:
    """Somebody, known already or new, runs the platform from today and gets an invitation."""
    with act(by=by):
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            person = people.add_person(name=name, email=email, by=by)
        if PlatformRole.objects.current().filter(person=person).exists():
            raise AlreadyAdministrator
        role = PlatformRole(person=person)
        role.full_clean()
        role.save(force_insert=True)
        return invitations.invite(person=person, reason="platformbeheerder", by=by)
