"""People come into the portal, and change what is known of them."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from partners.models import Person
from portal.acts import Refused, act


class AddressTaken(Refused):
    def __init__(self) -> None:
        super().__init__("Er is al iemand met dit mailadres.")


def add_person(
    *,
    name: str,
    by: Person | None,
    email: str | None = None,
    phone: str = "",
    shares_contact: str = Person.Shares.NOBODY,
) -> Person:
    """Somebody new, who cannot log in until an invitation opens her account."""
    address = tidy_address(email)
    with act(by=by):
        if address and is_taken(address):
            raise AddressTaken
        person = Person(name=name.strip(), email=address, phone=phone.strip(), shares_contact=shares_contact)
        person.set_unusable_password()
        person.full_clean(exclude=["email"] if address is None else None)
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError as error:
            # Somebody else added this address since the look above.
            raise AddressTaken from error
    return person


def change_profile(
    *, person: Person, name: str, phone: str, shares_contact: str, by: Person | None
) -> Person:
    """Write how `person` is called, can be reached, and who may see that."""
    with act(by=by):
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        person.name, person.phone = name.strip(), phone.strip()
        person.shares_contact = shares_contact
        person.full_clean()
        person.save(update_fields=["name", "phone", "shares_contact"])
    return person


def choose_mail(*, person: Person, choice: str, by: Person | None) -> Person:
    """Write which mail `person` wants; what somebody must know always comes."""
    with act(by=by):
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        person.mail_choice = choice
        person.full_clean()
        person.save(update_fields=["mail_choice"])
    return person


def tidy_address(email: str | None) -> str | None:
    """The address as it is kept: lower case, so that it compares by itself; None where blank."""
    return (email or "").strip().lower() or None


def is_taken(address: str) -> bool:
    """Whether somebody has `address`, as her own or as one more that she confirmed."""
    return (
        Person.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address, verified=True).exists()
    )
