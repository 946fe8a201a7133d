"""What becomes of signatures when two organisations turn out to be one."""

from django.db.models.functions import Now

from covenants.models import Party, PartySignature, SigningInvitation
from partners.models import Organisation, Person


def merge(kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    """Evidence stays where it is: the register names `kept` as the one that went on, and it is bound.

    Links that nobody used are taken back, because whoever may sign for `kept` is asked anew.
    """
    SigningInvitation.objects.filter(organisation=gone, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=Now()
    )
    _take_members_over(kept, gone)
    signatures = (
        PartySignature.objects.filter(organisation=gone)
        .select_related("version__covenant")
        .order_by("version__covenant_id", "-stint", "-version__number")
        .distinct("version__covenant_id")
    )
    return [
        f"De handtekening van {one.legal_name} onder ‘{one.version.covenant}’ blijft in het register staan, "
        f"met {kept.name} als opvolger."
        for one in signatures
    ]


def _take_members_over(kept: Organisation, gone: Organisation) -> None:
    """For whom a party without legal personality signs, where the other row does not say it itself."""
    for party in Party.objects.filter(organisation=gone).exclude(named_members=""):
        mine, _ = Party.objects.get_or_create(covenant=party.covenant, organisation=kept)
        if not mine.named_members:
            mine.named_members = party.named_members
            mine.save(update_fields=["named_members"])
