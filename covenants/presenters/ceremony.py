"""What the hall sees on the evening of the signing: a counter, and names as they come."""

from dataclasses import dataclass

from covenants.models import CovenantVersion, PartySignature, SigningInvitation


@dataclass(frozen=True, kw_only=True)
class Ceremony:
    """One version on the big screen."""

    version: CovenantVersion
    # The newest first.
    signatures: list[PartySignature]
    invited: int

    @property
    def count(self) -> int:
        """How many organisations signed this version."""
        return len(self.signatures)

    @property
    def total(self) -> int:
        """How many are expected in all; never less than there are."""
        return max(self.invited, self.count)

    @property
    def is_complete(self) -> bool:
        """Whether everybody who was asked has signed."""
        return bool(self.invited) and self.count >= self.invited


def ceremony(version: CovenantVersion) -> Ceremony:
    """Two queries, however many sign."""
    signatures = list(
        PartySignature.objects.filter(version=version)
        .only("legal_name", "completed_at", "signed_on", "version")
        .order_by("-completed_at", "-pk")
    )
    signed = PartySignature.objects.filter(version=version).values("organisation")
    waiting = (
        SigningInvitation.objects.filter(round__version=version, round__closed_at__isnull=True)
        .exclude(organisation__in=signed)
        .values("organisation")
        .distinct()
        .count()
    )
    return Ceremony(version=version, signatures=signatures, invited=len(signatures) + waiting)
