"""What the hall sees on the evening of the signing: a counter, and names as they come."""

from dataclasses import dataclass

from django.db.models import Count, Q

from covenants.models import CovenantVersion, PartySignature, SigningInvitation


@dataclass(frozen=True, kw_only=True)
class Ceremony:
    """One version on the big screen."""

    version: CovenantVersion
    # The newest first.
    signatures: list[PartySignature]
    # How many organisations have an invitation in the open round, and how many of those did not sign.
    invited: int
    waiting: int

    @property
    def count(self) -> int:
        """How many organisations signed this version."""
        return len(self.signatures)

    @property
    def asked(self) -> int:
        """How many signed or were asked to; the hall does not wait for members that nobody asked."""
        return self.count + self.waiting

    @property
    def is_complete(self) -> bool:
        """Whether everybody who was asked has signed, while the round is open."""
        return bool(self.invited) and not self.waiting


def ceremony(version: CovenantVersion) -> Ceremony:
    """Two queries, however many sign."""
    signatures = list(
        PartySignature.objects.filter(version=version)
        .only("legal_name", "completed_at", "signed_on", "version")
        .order_by("-completed_at", "-pk")
    )
    signed = PartySignature.objects.filter(version=version).values("organisation")
    asked = SigningInvitation.objects.filter(round__version=version, round__closed_at__isnull=True).aggregate(
        invited=Count("organisation", distinct=True),
        waiting=Count("organisation", distinct=True, filter=~Q(organisation__in=signed)),
    )
    return Ceremony(version=version, signatures=signatures, **asked)
