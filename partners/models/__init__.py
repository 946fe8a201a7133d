"""Who: places, organisations, people."""

from partners.models.areas import Area, AreaKind, AreaMember, AreaSuccession, SuccessionKind
from partners.models.mandates import Mandate, MandateKind, MandateStatus
from partners.models.organisations import Domain, Organisation, OrganisationType
from partners.models.people import (
    Invitation,
    Person,
    PlatformRole,
    Representative,
)

__all__ = [
    "Area",
    "AreaKind",
    "AreaMember",
    "AreaSuccession",
    "Domain",
    "Invitation",
    "Mandate",
    "MandateKind",
    "MandateStatus",
    "Organisation",
    "OrganisationType",
    "Person",
    "PlatformRole",
    "Representative",
    "SuccessionKind",
]
