"""Who: places, organisations, people."""

from partners.models.areas import Area, AreaKind, AreaMember, AreaSuccession, SuccessionKind
from partners.models.boundaries import AreaShape, BoundaryFile
from partners.models.linking_roles import LinkingRole
from partners.models.mandates import Mandate, MandateKind, MandateStatus
from partners.models.merge_proposals import MergeProposal, MergeState
from partners.models.organisation_details import Location, OrganisationAlias, ServiceArea
from partners.models.organisation_links import LinkKind, OrganisationLink
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
    "AreaShape",
    "AreaSuccession",
    "BoundaryFile",
    "Domain",
    "Invitation",
    "LinkKind",
    "LinkingRole",
    "Location",
    "Mandate",
    "MandateKind",
    "MandateStatus",
    "MergeProposal",
    "MergeState",
    "Organisation",
    "OrganisationAlias",
    "OrganisationLink",
    "OrganisationType",
    "Person",
    "PlatformRole",
    "Representative",
    "ServiceArea",
    "SuccessionKind",
]
