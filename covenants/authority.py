"""For whom somebody may sign: by a mandate that another checked and that holds today."""

from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Coalition, Membership
from covenants.models import CovenantVersion
from partners.models import Mandate, Organisation, Person
from portal.acts import Refused


class SigningRefused(Refused):
    """Somebody cannot sign (any more); `status` is the answer of the page."""

    status = HTTPStatus.CONFLICT


class NoMandate(SigningRefused):
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            "U hebt geen gecontroleerde tekenbevoegdheid voor deze organisatie. Vraag haar aan, of laat "
            "iemand anders van uw organisatie tekenen."
        )


class MandateGone(SigningRefused):
    def __init__(self, mandate: Mandate) -> None:
        if mandate.revoked_at:
            day = date_format(timezone.localtime(mandate.revoked_at), "j F Y")
            what = f"Uw tekenbevoegdheid is ingetrokken op {day}."
        elif mandate.valid_to and mandate.valid_to <= timezone.localdate():
            what = f"Uw tekenbevoegdheid is verlopen op {date_format(mandate.valid_to, 'j F Y')}."
        else:
            what = "Uw tekenbevoegdheid geldt niet meer."
        super().__init__(f"{what} Er is niets vastgelegd. Bel uw coördinator.")


class NotAMember(SigningRefused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(
            f"{organisation} is geen lid meer van deze coalitie en kan niet tekenen. Bel uw coördinator."
        )


def mandates_in(coalition: Coalition, person: Person, **known: Any) -> list[Any]:
    """The mandate of `person` for each member of `coalition`, with annotations of what is `known` of the
    organisation; the one that signs alone goes first."""
    members = coalition.memberships.members().values("organisation")
    mandates = (
        Mandate.objects.valid()
        .for_area(coalition.area)
        .filter(representative__person=person, representative__organisation__in=members)
        .select_related("representative__person", "representative__organisation__type", "checked_by")
        .annotate(**known)
        .order_by("representative__organisation__sort_key", "need", "valid_from", "pk")
    )
    first: dict[int, Mandate] = {}
    for mandate in mandates:
        first.setdefault(mandate.representative.organisation_id, mandate)
    return list(first.values())


def mandated_people(coalition: Coalition, organisations: object = None) -> list[Mandate]:
    """The mandates of everybody who may sign for a member of `coalition`, each person once for each
    organisation; only for `organisations` where they are given."""
    members = coalition.memberships.members()
    if organisations is not None:
        members = members.filter(organisation__in=organisations)
    mandates = (
        Mandate.objects.valid()
        .for_area(coalition.area)
        .filter(representative__organisation__in=members.values("organisation"))
        .select_related("representative__person", "representative__organisation")
        .order_by("representative__organisation_id", "representative__person_id", "need", "valid_from", "pk")
        .distinct("representative__organisation_id", "representative__person_id")
    )
    return list(mandates)


def lock_mandate(mandate: Mandate, version: CovenantVersion, by: Person) -> Mandate:
    """The mandate as it is now, held until the transaction ends; refuses one that holds no longer."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("representative__person", "representative__organisation")
        .get(pk=mandate.pk)
    )
    representative = mandate.representative
    if representative.person_id != by.pk:
        raise NoMandate
    coalition = version.covenant.coalition
    if not Mandate.objects.valid().for_area(coalition.area).filter(pk=mandate.pk).exists():
        raise MandateGone(mandate)
    organisation = representative.organisation
    if (
        not Membership.objects.members()
        .filter(coalition=version.covenant.coalition_id, organisation=organisation)
        .exists()
    ):
        raise NotAMember(organisation)
    return mandate
