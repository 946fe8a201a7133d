"""What an organisation signed, and that it gave notice, in the life of its membership."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Membership
from covenants.models import PartySignature, SignatureKind, Withdrawal
from covenants.successors import WentOnIn
from portal.hooks import LifeLine

NOTICE = "notice"
COLUMNS = ("on", "what", "until", "covenant", "slug", "number")


def life_of(membership: Membership, person: Any) -> list[LifeLine]:
    """Signatures and notices in this coalition, also of whoever went on in the organisation. One query."""
    signed = _of(PartySignature.objects, membership).annotate(
        on=F("signed_on"), what=F("kind"), until=F("signed_on")
    )
    left = (
        _of(Withdrawal.objects, membership)
        .filter(retracted_at__isnull=True)
        .annotate(on=F("given_on"), what=Value(NOTICE), until=F("effective_on"))
    )
    rows = signed.values_list(*COLUMNS).union(left.values_list(*COLUMNS), all=True)
    return [
        LifeLine(
            on=on,
            title="Convenant opgezegd" if what == NOTICE else SignatureKind(what).label.capitalize(),
            detail=f"{covenant}, partij tot {date_format(until, 'j F Y')}"
            if what == NOTICE
            else f"{covenant}, versie {number}",
            url=reverse("covenants:register", args=[membership.coalition.slug, slug]),
        )
        for on, what, until, covenant, slug, number in rows
    ]


def _of(rows: Any, membership: Membership) -> QuerySet:
    organisation = membership.organisation_id
    return (
        rows.filter(
            WentOnIn("party__organisation", Value(organisation), timezone.localdate()),
            version__covenant__coalition=membership.coalition_id,
        )
        .order_by()
        .annotate(
            covenant=F("version__covenant__title"),
            slug=F("version__covenant__slug"),
            number=F("version__number"),
        )
    )
