"""For whom a party without legal personality signs: the members that it names itself."""

from covenants import authority
from covenants.models import Covenant, CovenantVersion, Party
from partners.models import LinkKind, Organisation, OrganisationLink, Person
from portal.acts import Refused, act

# Of these kinds no organisation is a legal person, so that it cannot be bound without its members.
WITHOUT_PERSONALITY = frozenset({"vsv"})
MAX_MEMBERS = 60


class Nameless(authority.SigningRefused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(
            f"{organisation} heeft geen rechtspersoonlijkheid. Noem eerst namens welke leden u tekent. Er is "
            "niets vastgelegd."
        )


class SignedAlready(Refused):
    def __init__(self) -> None:
        super().__init__("Deze organisatie heeft al getekend. De leden die toen genoemd zijn, blijven staan.")


class NobodyNamed(Refused):
    def __init__(self) -> None:
        super().__init__("Noem ten minste twee leden, elk op een eigen regel.")


def name_members(*, covenant: Covenant, organisation: Organisation, members: list[str], by: Person) -> Party:
    """Write down for whom the representative of `organisation` signs; fixed by its signature."""
    names = list(dict.fromkeys(name.strip() for name in members if name.strip()))
    with act(by=by):
        if len(names) < 2 or len(names) > MAX_MEMBERS:
            raise NobodyNamed
        Party.objects.get_or_create(covenant=covenant, organisation=organisation)
        party = Party.objects.select_for_update(of=("self",), no_key=True).get(
            covenant=covenant, organisation=organisation
        )
        if party.signatures.exists():
            raise SignedAlready
        party.named_members = "\n".join(names)
        party.full_clean()
        party.save(update_fields=["named_members"])
    return party


def needs_members(organisation: Organisation) -> bool:
    """Whether this organisation signs for members that it has to name."""
    return organisation.type.code in WITHOUT_PERSONALITY


def members_of(covenant: Covenant, organisation: Organisation) -> list[str]:
    """Whom it named."""
    party = Party.objects.filter(covenant=covenant, organisation=organisation).first()
    return party.named_members.splitlines() if party else []


def known_members(organisation: Organisation) -> list[str]:
    """Who belongs to it today by what the portal knows, as a start."""
    links = OrganisationLink.objects.current().filter(target=organisation, kind=LinkKind.MEMBER_OF_VSV)
    return list(links.order_by("source__sort_key").values_list("source__name", flat=True))


def refuse_nameless(version: CovenantVersion, organisation: Organisation) -> None:
    """No signature of a party without legal personality that names nobody."""
    if needs_members(organisation) and not members_of(version.covenant, organisation):
        raise Nameless(organisation)
